"""Entries of the ledger as lines of the timeline: icon, words, marks, and where to read on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.contacts.enums import MODES, PLACES, ContactState, Satisfied
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.doors.web.day.words import KIND_WORDS
from goldthread.foundation.programs.enums import EventKind, Mode, Place

ICONS = {
    EntryKind.CONTACT: "note",
    EntryKind.ATTEMPT: "phone-off",
    EntryKind.ADDENDUM: "plus",
    EntryKind.CONCERN: "flag",
    EntryKind.APPOINTMENT: "cal",
    EntryKind.TASK: "check",
    EntryKind.ELSEWHERE: "doc",
    EntryKind.REPORT: "shield",
    EntryKind.ENROLLED: "plus",
    EntryKind.ASSIGNED: "swap",
    EntryKind.COVERED: "swap",
    EntryKind.PAUSED: "hour",
    EntryKind.RESUMED: "right",
    EntryKind.DISCHARGED: "out",
    EntryKind.ASSESSED: "check",
    EntryKind.NEED: "flag",
    EntryKind.PLAN: "doc",
    EntryKind.PROGRESS: "right",
    EntryKind.SKILL: "person",
}
BY_MODE = {Mode.PHONE: "phone", Mode.VIDEO: "eye", Mode.TEXT: "chat", Mode.EMAIL: "mail", Mode.LETTER: "mail"}
PAGES = {"contact": "contacts:read"}
"""Sources that have a page of their own, by their kind."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag on a line."""

    tone: str
    icon: str
    words: StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    entry: Entry
    day: date
    icon: str
    title: StrOrPromise
    about: str
    url: str
    marks: list[Mark] = field(default_factory=list)
    next_on: date | None = None


def months(entries: Iterable[Entry], client: UUID) -> list[tuple[str, list[Line]]]:
    """The lines, month by month, as they came."""
    lines = [line_of(entry, client) for entry in entries]
    return [(name, list(part)) for name, part in groupby(lines, key=lambda line: date_format(line.day, "F Y"))]


def line_of(entry: Entry, client: UUID) -> Line:
    """One entry in the reader's words and zone."""
    facts = entry.facts
    next_on = facts.get("next_on")
    return Line(
        entry=entry,
        day=entry.happened_at.astimezone(timezone.get_current_timezone()).date(),
        icon=_icon(entry),
        title=_title(entry),
        about=" · ".join(filter(None, [_length(facts), entry.actor.name if entry.actor else ""])),
        url=_url(entry, client),
        marks=list(_marks(entry)),
        next_on=date.fromisoformat(next_on) if next_on else None,
    )


def _icon(entry: Entry) -> str:
    if entry.kind == EntryKind.CONTACT:
        if entry.facts.get("place") == Place.RESIDENCE:
            return "home"
        return BY_MODE.get(entry.facts.get("mode", ""), "note")
    return ICONS.get(EntryKind(entry.kind), "note") if entry.kind in EntryKind.values else "note"


def _title(entry: Entry) -> StrOrPromise:
    """The program's word for a contact, else its way; of anything else the kind, and what it is called."""
    facts, kind = entry.facts, _kind(entry.kind)
    if entry.title:
        return entry.title if entry.kind in (EntryKind.CONTACT, EntryKind.ATTEMPT) else f"{kind}: {entry.title}"
    if entry.kind == EntryKind.CONTACT and facts.get("place"):
        return PLACES[Place(facts["place"])]
    if entry.kind in (EntryKind.CONTACT, EntryKind.ATTEMPT) and facts.get("mode"):
        return MODES[Mode(facts["mode"])]
    return kind


def _kind(kind: str) -> StrOrPromise:
    """What the ledger's own kinds are called, and those of what was done elsewhere."""
    return EntryKind(kind).label if kind in EntryKind.values else KIND_WORDS[EventKind(kind)]


def _length(facts: dict[str, object]) -> str:
    return _("%(n)s min") % {"n": facts["minutes"]} if facts.get("minutes") else ""


def _url(entry: Entry, client: UUID) -> str:
    if entry.source_kind in PAGES:
        return reverse(PAGES[entry.source_kind], args=[client, entry.source_id])
    if entry.kind == EntryKind.ADDENDUM and entry.facts.get("of"):
        return reverse("contacts:read", args=[client, entry.facts["of"]])
    if entry.kind == EntryKind.CONCERN:
        return reverse("contacts:concern", args=[client, entry.source_id])
    return ""


def _marks(entry: Entry) -> Iterable[Mark]:
    facts = entry.facts
    if entry.voided:
        yield Mark("red", "x", _("Voided"))
    if entry.kind == EntryKind.ATTEMPT:
        yield Mark("", "phone-off", _("Tried, not reached"))
    if facts.get("group"):
        yield Mark("", "people", _("Group"))
    if facts.get("late"):
        yield Mark("amber", "hour", _("Written late"))
    if facts.get("safety"):
        yield Mark("red", "shield", _("Safety concern"))
    if entry.kind in (EntryKind.CONTACT, EntryKind.ATTEMPT):
        yield from _signature(facts.get("state", ""))
    if entry.kind == EntryKind.CONCERN:
        yield from _concern(facts)


def _signature(state: str) -> Iterable[Mark]:
    if state == ContactState.WAITING:
        yield Mark("amber", "hour", _("Waiting for the co-signature"))
    elif state == ContactState.RETURNED:
        yield Mark("amber", "undo", _("Returned with a comment"))


def _concern(facts: dict[str, str]) -> Iterable[Mark]:
    words = {"raised": _("Open"), "asked": _("Somebody was asked"), "resolved": _("Resolved: are they satisfied?")}
    state = facts.get("state", "")
    if facts.get("grievance"):
        yield Mark("red", "scale", _("Grievance"))
    if state in words:
        yield Mark("amber", "flag", words[state])
    elif facts.get("satisfied"):
        yield Mark(
            "pine", "check", _("Satisfied: %(answer)s") % {"answer": Satisfied(facts["satisfied"]).label.lower()}
        )
