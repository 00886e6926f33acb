"""Contacts with their signed notes; concerns."""

from goldthread.casework.contacts.models.concern import Concern
from goldthread.casework.contacts.models.contact import (
    Addendum,
    ChecklistAnswers,
    Contact,
    ContactActivity,
    ContactPerson,
)

__all__ = ["Addendum", "ChecklistAnswers", "Concern", "Contact", "ContactActivity", "ContactPerson"]
