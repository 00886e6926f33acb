"""Documents of a client: what the kept bytes mean, their versions, until when they hold. May import tasks, record and below."""
