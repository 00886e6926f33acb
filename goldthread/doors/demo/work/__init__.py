"""The demo's two years of work: programs, enrolments, notes, assessments and plans, and what is due today."""
