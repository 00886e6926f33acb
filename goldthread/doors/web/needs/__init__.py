"""A client's needs in the order that they chose; raised, changed, closed, opened again."""
