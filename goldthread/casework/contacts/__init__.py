"""Contacts and their signed progress notes, checklists, concerns. May import schedule, caseload, tasks, record and below."""
