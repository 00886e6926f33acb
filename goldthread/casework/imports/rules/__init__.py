"""What a table holds and what a cell means. Pure."""
