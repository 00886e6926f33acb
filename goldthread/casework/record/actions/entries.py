"""Entries of the ledger. A room's action calls these in its own transaction; the audit event is that action's."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.record.rules import searchable
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import insert_or_correct
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.lib.writes import Writes
from goldthread.people.persons.models import Person


class Happened(TypedDict):
    """What an entry says. *labels*: what episodes.rules.labels_for says. *facts*: what the line shows beside; values that JSON knows."""

    kind: str
    person: Person
    episode: Episode | None
    happened_at: datetime
    labels: int
    source_kind: str
    source_id: UUID
    title: NotRequired[str]
    text: NotRequired[str]
    domains: NotRequired[Iterable[str]]
    facts: NotRequired[dict[str, Any] | None]
    by: Actor


def entry_of(**said: Unpack[Happened]) -> Entry:
    """That it happened, not written yet: for who has made the source in this very transaction, and inserts it."""
    by, title, text = said["by"], said.get("title", ""), said.get("text", "")
    return Entry(
        kind=said["kind"],
        person=said["person"],
        episode=said["episode"],
        actor_id=by.staff,
        happened_at=said["happened_at"],
        written_at=by.at,
        labels=said["labels"],
        source_kind=said["source_kind"],
        source_id=said["source_id"],
        title=title[:200],
        text=text,
        words=searchable(title, text),
        domains=list(said.get("domains", ())),
        facts=said.get("facts") or {},
    )


def write_entry(**said: Unpack[Happened]) -> Entry:
    """Write that *kind* happened to *person*, as ``entry_of`` says it. Writing the same (source, kind, person) again corrects the entry
    that is there."""
    entry = entry_of(**said)
    insert_or_correct(entry, same=SAME, keep=KEEP)
    return entry


SAME = ("source_kind", "source_id", "kind", "person")
KEEP = ("id", "actor", "written_at", "served")


def correct_entries(entries: Iterable[Entry], writes: Writes) -> None:
    """As ``write_entry``, of many that ``entry_of`` made, each of another source: with *writes*."""
    writes.insert_or_correct(entries, same=SAME, keep=KEEP)


def void_entries(*, source_kind: str, source_id: UUID, by: Actor) -> int:
    """Mark the entries of a source as voided: they stay readable, struck through. Returns how many."""
    return void_entries_of(source_kind=source_kind, sources=[source_id], by=by)


def void_entries_of(*, source_kind: str, sources: Collection[UUID], by: Actor) -> int:
    """The same of many *sources* (ids) of one kind."""
    return Entry.objects.filter(AnyOf(F("source_id"), sources), source_kind=source_kind).update(voided=True)


def hide_entries(*, source_kind: str, source_id: UUID, by: Actor) -> int:
    """Take the entries of a source out of the timeline, because a newer version of it has entries of its own."""
    return Entry.objects.filter(source_kind=source_kind, source_id=source_id).update(voided=True, hidden=True)


@transaction.atomic
def mark_entries(*, source_kind: str, source_id: UUID, facts: dict[str, Any], by: Actor) -> int:
    """Lay *facts* over those of a source's entries (co-signed, an addendum more …). Returns how many entries."""
    rows = list(Entry.objects.select_for_update().filter(source_kind=source_kind, source_id=source_id).order_by("pk"))
    for row in rows:
        row.facts = row.facts | facts
    Entry.objects.bulk_update(rows, ["facts"])
    return len(rows)
