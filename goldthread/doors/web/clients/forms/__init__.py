"""The forms of a client's record: one for each section or row. Field names are those of the models."""
