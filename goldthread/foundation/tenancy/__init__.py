"""Agencies on PostgreSQL: a schema each, entered under a role that can touch nothing else.

What it is for: the database backend that takes on role and search path together, the roles and grants, the set-up of an
installation from an administrator's address, and the middleware that leads a host name to its agency.
May import: ``foundation.lib`` and ``foundation.ui``. On SQLite none of it is used, except ``setup.migrate_all``.
"""
