"""Screens about access itself: who saw a client, what a worker saw, broken glass, blocks."""
