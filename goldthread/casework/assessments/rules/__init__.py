"""Definitions read, answers checked, logic and scores worked out. Pure: no database, no clock."""
