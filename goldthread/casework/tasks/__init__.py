"""What must be done, by when and why: evidence, requirements worked out into tasks, and tasks made by people. May import record and below."""
