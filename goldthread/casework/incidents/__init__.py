"""Mandated reports: what was suspected, the call, the written report, the receipt, and their clocks.

May import the rooms below it in casework (tasks, record, episodes), people and the foundation.
"""
