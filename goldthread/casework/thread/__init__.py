"""The golden thread: need, goal, service, contact, outcome as one line, and where it breaks. May import contacts and below."""
