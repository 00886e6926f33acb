"""Skills on the way to independence: done for, done with, coached, on their own. May import tasks, record and below."""
