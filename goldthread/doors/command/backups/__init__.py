"""Backup and restore of an installation: its database, its kept files, its keys.

A backup is a folder: ``manifest.json`` (written last: without it the backup is not complete), ``database/``, ``files/``
and ``keys.json``. On SQLite the database is one file, made with SQLite's online backup. On PostgreSQL it is rows: a
file a table, read in one snapshot of all agencies. Roles, grants and tables are not copied: set-up makes them, so a
backup loads under any role names, any version of PostgreSQL, and without its programs.
"""
