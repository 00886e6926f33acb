"""Persons: names, ways to reach them, numbers, alerts, family; history of every field; finding them. Imports the foundation."""
