"""Intake's screens: the one page of an inquiry, the list of them, and the public page of each program."""
