"""Eligibility: is a program for somebody, criterion by criterion, with the reason and what is not known yet.

May import episodes, people and the foundation. It keeps no rows: a program's rules say who it is for, facts say what is known.
"""
