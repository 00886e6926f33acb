"""``goldthread import``: files of clients on the command line."""
