"""The way out: ready for discharge or not, the summary, what is still open settled one by one, and the end of the episode.

An episode ends through ``schedule.actions.discharge`` alone; this room prepares that, and does all of it in one transaction. May
import the rooms below it in casework (intake, incidents, thread, contacts, schedule, plans, needs, assessments, skills, caseload,
documents, tasks, record, episodes), people and the foundation.
"""
