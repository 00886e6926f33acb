"""My day, and what is done with a task: its page, a new one, what was done elsewhere."""
