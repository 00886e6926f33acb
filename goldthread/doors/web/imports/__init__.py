"""Bringing clients from a file: choose it, match its columns, look at what is wrong, bring all of it in or nothing."""
