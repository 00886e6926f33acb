"""Intake: an inquiry from the first call to who is now in good hands, or to a good answer.

May import the rooms below it in casework (eligibility, caseload, tasks, record, episodes), people and the foundation. What comes of an
inquiry is an ``Outcome``: enrolled, on the waitlist, referred elsewhere, closed. Waitlist and hand-offs write theirs through
``actions.outcomes.decide``.
"""
