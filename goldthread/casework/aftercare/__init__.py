"""After a discharge: the contacts that were planned, who reaches the client for them, and coming back within the program's window.

May import the rooms below it in casework (plans, needs, assessments, skills, caseload, documents, tasks, record, episodes), people
and the foundation.
"""
