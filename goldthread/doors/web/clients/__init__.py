"""Screens of clients: the list, the record with its tabs, creating and editing. Composes what the rooms below offer."""
