"""The document of a plan: its shape, edits, checks, differences, and what of it is put to work. Pure."""
