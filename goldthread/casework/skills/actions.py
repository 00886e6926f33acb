"""Writing down at which level somebody was seen."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.record.actions import void_entries, write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.skills.enums import Level
from goldthread.casework.skills.models import SkillStep
from goldthread.casework.skills.rules import SKILLS
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.models import Person

LONGEST = 300


@transaction.atomic
def record_step(
    *,
    person: Person,
    skill: str,
    level: int,
    on: date,
    evidence: str,
    by: Actor,
    episode: Episode | None = None,
    source_kind: str = "",
    source_id: UUID | None = None,
    labels: int = 0,
    form_id: UUID | None = None,
    told: bool = True,
) -> SkillStep:
    """*person* was seen at *level* of *skill* on the day *on*; *evidence* says what was seen. The same *form_id* makes one.

    *told*: on the timeline by itself. What an assessment says of many skills is told there once, by the assessment.

    DomainError: a skill or level that is not in the list, a day ahead, or nothing that was seen.
    """
    if told:  # by itself: what an assessment says is written while that is locked
        _lock(person)
    if made := made_before(SkillStep, form_id, person_id=person.pk):
        return made
    if by.staff is None:
        raise ValueError("What was seen is written down by people.")
    _check(skill, level, on, by)
    step = SkillStep.objects.create(
        id=form_id or new_id(),
        person=person,
        episode=episode,
        staff_id=by.staff,
        skill=skill,
        level=level,
        on=on,
        evidence=_seen(evidence),
        source_kind=source_kind,
        source_id=source_id,
        recorded_at=by.at,
        labels=labels_for(episode, labels) if episode else labels,
    )
    if told:
        _tell(step, by)
    record(by=by, action="skills.seen", kind="skill", object_id=step.pk, client=person.pk)
    return step


def _lock(person: Person) -> None:
    """One after the other for each person: of two presses at once the second finds what the first wrote."""
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk").first()


def _tell(step: SkillStep, by: Actor) -> None:
    write_entry(
        kind=EntryKind.SKILL,
        person=step.person,
        episode=step.episode,
        happened_at=by.at,
        labels=step.labels,
        source_kind="skill",
        source_id=step.pk,
        text=step.evidence,
        facts={"skill": step.skill, "level": step.level, "on": step.on.isoformat()},
        by=by,
    )


@transaction.atomic
def void_step(*, step: SkillStep, by: Actor) -> SkillStep:
    """It was written down by mistake: it is drawn no more, and stays in the timeline, struck through."""
    found = SkillStep.objects.select_for_update().get(pk=step.pk)
    if found.voided:
        return found
    found.voided = True
    found.save(update_fields=["voided"])
    void_entries(source_kind="skill", source_id=found.pk, by=by)
    record(by=by, action="skills.taken_back", kind="skill", object_id=found.pk, client=found.person_id)
    return found


def _check(skill: str, level: int, on: date, by: Actor) -> None:
    if skill not in SKILLS:
        raise DomainError(_("Choose one from the list."), "skill")
    if level not in Level.values:
        raise DomainError(_("Choose one from the list."), "level")
    if on > by.today:
        raise DomainError(_("This day has not come yet."), "on")


def _seen(text: str) -> str:
    clean = tidy(text)
    if not clean:
        raise DomainError(_("Say what you saw."), "evidence")
    if len(clean) > LONGEST:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST}, "evidence")
    return clean
