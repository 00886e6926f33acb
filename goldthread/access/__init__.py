"""The gate: who may do what, to whom. Policy (two CSV files), scopes, broken glass, blocks.

Views, exports and jobs ask here before they act; actions assume they were asked. May import casework, people and foundation.
"""
