"""What can be said about mandated reports without asking the database."""
