"""The rules of the way out. Pure."""
