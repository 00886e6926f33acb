"""Independence: the ladder of skills as it was seen, and where somebody has lived."""
