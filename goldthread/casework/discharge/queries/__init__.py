"""Reading for the way out. What may be seen is a condition that the gate gives."""
