"""Evidence arrives, is corrected, or taken back; what hangs on it is worked out again in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.recompute import (
    has_reckoning,
    lock,
    make_right,
    read_reckonings,
    recompute_locked,
)
from goldthread.casework.tasks.models import Evidence
from goldthread.casework.tasks.queries.around import Around
from goldthread.casework.tasks.queries.histories import WHOSE, event_of, histories_in
from goldthread.casework.tasks.rules.history import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_rows, update_rows
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.writes import Writes
from goldthread.foundation.programs.enums import EventKind
from goldthread.people.persons.models import Person

Key = tuple[str, UUID, UUID]
SAID = (
    "happened_on",
    "happened_at",
    "name",
    "mode",
    "place",
    "minutes",
    "activities",
    "seen",
    "attempted",
    "details",
    "labels",
    "voided",
)
"""What a correction can change."""


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """One thing that happened, as the rules see it. In a household: one for each member whom it was about.

    *happened_on* is the agency's local date. *details*: of a change of the clock ``requirement``, ``reason``, ``level``,
    ``every`` ("2 weeks"), ``until`` (a date as 2026-03-31). A contact with the client has ``client`` among *seen*.
    """

    kind: EventKind
    episode: Episode
    person: Person
    happened_on: date
    happened_at: datetime | None = None
    name: str = ""
    mode: str = ""
    place: str = ""
    minutes: int = 0
    activities: Sequence[str] = ()
    seen: Sequence[str] = ()
    attempted: bool = False
    details: dict[str, Any] = field(default_factory=dict)
    labels: int = 0


def record_evidence(*, source_kind: str, source_id: UUID, items: Sequence[NewEvidence], by: Actor) -> None:
    """Keep *items* as all that the source (its kind and id) is evidence of. Recording it again corrects what was there.

    The requirements that it touches, and only they, are worked out again. The same twice changes nothing. Two at once, of
    the same episode, come one after the other.
    """
    with transaction.atomic(savepoint=False):
        before = _OF_SOURCE.ask(kind=source_kind, id=source_id)
        locked = lock({row.episode_id for row in before} | {item.episode.pk for item in items})
        there = {_key(row): row for row in before}
        events: dict[UUID, list[Event]] = {}
        made, changed = [], []
        for item in items:
            row = there.pop((str(item.kind), item.episode.pk, item.person.pk), None)
            if row is None:
                row = _new(item, source_kind, source_id, by)
                made.append(row)
            elif _says(row) == _said(item):
                continue
            else:
                _note(events, row)
                _correct(row, item, by)
                changed.append(row)
            _note(events, row)
        for row in there.values():
            if not row.voided:
                _note(events, row)
                row.voided = True
                changed.append(row)
        _keep(made, changed)
        recompute_locked(locked, by=by, touched=events)


def record_first_evidence(
    *,
    source_kind: str,
    source_id: UUID,
    items: Sequence[NewEvidence],
    locked: Episode,
    around: Around,
    reread: bool,
    writes: Writes,
    by: Actor,
) -> None:
    """As record_evidence, of a source that was made in this very transaction: nothing of it can be there yet. *items* are all of
    one episode, *locked* by the caller, who has read what lies *around* it since, its reckoning included (*reread*: it may
    have been worked out since then). Written with what *writes* holds; what is left there was not, because nothing is asked."""
    made = [_new(item, source_kind, source_id, by) for item in items]
    if not made:
        return
    events: dict[UUID, list[Event]] = {}
    for row in made:
        _note(events, row)
    writes.insert(made)
    if reread:
        read_reckonings([locked])
    else:
        has_reckoning(locked, around.reckoning_of(locked.pk))
    new = [_values(row) for row in made]
    make_right(histories_in(around, [locked], by.today, around.rules(), new), events, by, writes)


def void_evidence(*, source_kind: str, source_id: UUID, by: Actor) -> None:
    """The source is taken back: it is evidence of nothing any more, and what hung on it is worked out again."""
    record_evidence(source_kind=source_kind, source_id=source_id, items=(), by=by)


_OF_SOURCE = Compiled(lambda: Evidence.objects.filter(source_kind=Given("kind"), source_id=Given("id")))


def _key(row: Evidence) -> Key:
    return row.kind, row.episode_id, row.person_id


def _new(item: NewEvidence, source_kind: str, source_id: UUID, by: Actor) -> Evidence:
    row = Evidence(
        id=new_id(),
        kind=str(item.kind),
        episode_id=item.episode.pk,
        person_id=item.person.pk,
        source_kind=source_kind,
        source_id=source_id,
    )
    _correct(row, item, by)
    return row


def _said(item: NewEvidence) -> dict[str, Any]:
    return {
        "happened_on": item.happened_on,
        "happened_at": item.happened_at,
        "name": item.name,
        "mode": str(item.mode),
        "place": str(item.place),
        "minutes": item.minutes,
        "activities": [str(one) for one in item.activities],
        "seen": [str(one) for one in item.seen],
        "attempted": item.attempted,
        "details": dict(item.details),
        "labels": int(item.labels) | int(item.episode.labels),
        "voided": False,
    }


def _says(row: Evidence) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAID}


def _correct(row: Evidence, item: NewEvidence, by: Actor) -> None:
    for name, value in _said(item).items():
        setattr(row, name, value)
    row.recorded_by, row.recorded_at = by.staff, by.at


def _note(events: dict[UUID, list[Event]], row: Evidence) -> None:
    """Remember what the row says, as it was or as it is now: whatever looks at it is worked out again."""
    events.setdefault(row.episode_id, []).append(event_of(_values(row)))


def _values(row: Evidence) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in WHOSE)


def _keep(made: list[Evidence], changed: list[Evidence]) -> None:
    if made:
        insert_rows(made)
    if changed:
        update_rows(changed, (*SAID, "recorded_by", "recorded_at"))
