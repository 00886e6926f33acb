"""Reading the ladder. What may be seen is a condition that the gate gives."""

from uuid import UUID

from django.db.models import Q

from goldthread.casework.skills.models import SkillStep
from goldthread.casework.skills.rules import Rung, ladder
from goldthread.people.persons.models import Person


def ladder_of(person: Person | UUID, seen: Q) -> list[Rung]:
    """Where *person* stands with each skill, with all that was seen. One query."""
    steps = SkillStep.objects.filter(seen, person=person, voided=False).select_related("staff")
    return ladder(steps.order_by("on", "recorded_at", "pk"))
