"""Appointments of clients and workers, attendance, rides. May import tasks, caseload and below."""
