"""Programs, episodes and evidence for tests of the engine."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.writing import to_content
from goldthread.people.persons.models import Household, Person
from tests.factories import PersonFactory

RULES = """
template: tried
title: Tried
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}, source: judgement,
     exceptions: [hospital, refused]}
  - {key: plan, title: Plan, due: 30 days, accepts: plan_signed, source: judgement, exceptions: [refused], grace: 5 days}
  - {key: call, title: Call, every: 2 weeks, accepts: contact, source: judgement, exceptions: [hospital, not_found]}
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


def by_on(today: date, **more: Any) -> Actor:
    """The system at 15:00 UTC of *today*."""
    return Actor(at=datetime.combine(today, time(15), UTC), today=today, **more)


def program(rules: str = RULES, opened_on: date = date(2020, 1, 1), **more: Any) -> Program:
    template = read_template(rules)
    key = f"p{new_id().hex[:12]}"
    made = Program.objects.create(
        key=key, name=key, unit=template.unit, opened_on=opened_on, labels=more.pop("labels", 0), **more
    )
    version(made, rules, opened_on)
    return made


def version(of: Program, rules: str, since: date) -> ProgramVersion:
    return ProgramVersion.objects.create(
        program=of,
        number=of.versions.count() + 1,
        in_force_from=since,
        content=to_content(read_template(rules)),
        made_at=datetime(2020, 1, 1, tzinfo=UTC),
    )


def enrolled(of: Program, on: date, person: Person | None = None, *, children: list[Person] | None = None) -> Episode:
    """An episode of a person, or of a household with *children*; nothing is worked out yet."""
    served = children or [person or PersonFactory()]
    episode = Episode.objects.create(
        program=of,
        person=None if children else served[0],
        household=Household.objects.create() if children else None,
        enrolled_on=on,
        labels=of.labels,
        enrolled_at=datetime.combine(on, time(15), UTC),
    )
    for one in served:
        EpisodeMember.objects.create(episode=episode, person=one, child=bool(children), starts_on=on)
    return episode


def start(episode: Episode, today: date) -> None:
    """The evidence that ``enrol`` writes, by which everything is worked out."""
    persons = [member.person for member in episode.members.all()]
    items = [item(episode, "enrolled", episode.enrolled_on, person=person) for person in persons]
    record_evidence(source_kind="episode", source_id=episode.pk, items=items, by=by_on(today))


def item(episode: Episode, kind: str, on: date, person: Person | None = None, **more: Any) -> NewEvidence:
    who = person or episode.person or episode.members.order_by("starts_on", "person_id")[0].person
    return NewEvidence(kind=EventKind(kind), episode=episode, person=who, happened_on=on, **more)


def happens(episode: Episode, kind: str, on: date, today: date, source: UUID | None = None, **more: Any) -> UUID:
    """Record one piece of evidence; returns the id of its source."""
    source_id = source or new_id()
    record_evidence(source_kind="test", source_id=source_id, items=[item(episode, kind, on, **more)], by=by_on(today))
    return source_id


def visit(episode: Episode, on: date, today: date, source: UUID | None = None, **more: Any) -> UUID:
    """A visit at home in which the client was seen."""
    told = {"mode": "in_person", "place": "residence", "seen": ["client"], "minutes": 45} | more
    return happens(episode, "contact", on, today, source, **told)


def tasks(episode: Episode, key: str) -> list[Task]:
    return list(Task.objects.filter(episode=episode, requirement=key).order_by("due_on", "occurrence"))


def task(episode: Episode, key: str, state: str = "open") -> Task:
    """The first task of requirement *key* in that state."""
    return next(one for one in tasks(episode, key) if one.state == state)
