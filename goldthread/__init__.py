"""Goldthread: the case management record in which nothing falls through."""

__version__ = "0.1.0"
