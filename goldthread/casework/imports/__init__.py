"""Bringing what an agency already has: clients (later their episodes and past contacts) from a table that somebody kept.

A file is read, its columns are matched with what Goldthread knows, every row is looked at, and then all of it comes in or
nothing. May import the rooms below it; nothing of casework imports this.
"""
