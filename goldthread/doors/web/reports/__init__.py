"""Mandated reports on screen: the guide, the report of whoever makes it, the list for who may read them, the paper."""
