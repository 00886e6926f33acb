"""What is true of a note without asking the database. Pure."""
