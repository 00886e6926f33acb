"""What is done with evidence and tasks."""
