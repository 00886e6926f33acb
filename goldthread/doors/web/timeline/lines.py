"""Entries of the ledger as lines of the timeline: icon, words, marks, and where to read on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.casework.contacts.enums import MODES, PLACES, ContactState, Satisfied
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.queries import Told
from goldthread.doors.web.day.words import KIND_WORDS
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Mode, Place
from goldthread.foundation.ui.addresses import address

ICONS: dict[str, str] = {
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
    EntryKind.GOODBYE: "heart",
    EntryKind.ASSESSED: "check",
    EntryKind.NEED: "flag",
    EntryKind.PLAN: "doc",
    EntryKind.PROGRESS: "right",
    EntryKind.SKILL: "person",
    EntryKind.INQUIRY: "phone",
    EntryKind.WAITING: "hour",
    EntryKind.REFERRED: "out",
    EntryKind.DOCUMENT: "doc",
    EntryKind.AFTERCARE: "phone",
    EntryKind.PACKAGE: "out",
}
BY_MODE = {Mode.PHONE: "phone", Mode.VIDEO: "eye", Mode.TEXT: "chat", Mode.EMAIL: "mail", Mode.LETTER: "mail"}
CONTACTS = (EntryKind.CONTACT, EntryKind.ATTEMPT)
KINDS: dict[str, StrOrPromise] = {
    **{kind.value: words for kind, words in KIND_WORDS.items()},
    **dict(EntryKind.choices),
}
"""What the ledger's own kinds are called, and those of what was done elsewhere."""
PAGES = {
    "assessment": "assessments:read",
    "contact": "contacts:read",
    "discharge": "discharge:read",
    "document": "documents:one",
}
"""Sources that have a page of their own, by their kind."""
CONCERNS = {
    "raised": gettext_lazy("Open"),
    "asked": gettext_lazy("Somebody was asked"),
    "resolved": gettext_lazy("Resolved: are they satisfied?"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag on a line."""

    tone: str
    icon: str
    words: StrOrPromise


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as it is shown."""

    entry: Told
    at: datetime
    """When, in the zone in force."""
    icon: str
    title: StrOrPromise
    about: str
    url: str
    marks: list[Mark] = field(default_factory=list)
    next_on: date | None = None


def line_of(entry: Told, client: UUID) -> Line:
    """One entry in the reader's words and zone."""
    facts = entry.facts
    next_on = facts.get("next_on")
    return Line(
        entry=entry,
        at=entry.happened_at.astimezone(timezone.get_current_timezone()),
        icon=_icon(entry),
        title=_title(entry),
        about=" · ".join(filter(None, [_length(facts), entry.actor or facts.get("author", "")])),
        url=_url(entry, client),
        marks=list(_marks(entry)),
        next_on=date.fromisoformat(next_on) if next_on else None,
    )


def _icon(entry: Told) -> str:
    if entry.kind == EntryKind.CONTACT:
        if entry.facts.get("place") == Place.RESIDENCE:
            return "home"
        return BY_MODE.get(entry.facts.get("mode", ""), "note")
    return ICONS.get(entry.kind, "note")


def _title(entry: Told) -> StrOrPromise:
    """The program's word for a contact, else its way; of anything else the kind, and what it is called."""
    facts, contact = entry.facts, entry.kind in CONTACTS
    if entry.title:
        return spoken(entry.title) if contact else f"{KINDS[entry.kind]}: {spoken(entry.title)}"
    if entry.kind == EntryKind.CONTACT and facts.get("place"):
        return PLACES[Place(facts["place"])]
    if contact and facts.get("mode"):
        return MODES[Mode(facts["mode"])]
    return KINDS[entry.kind]


def _length(facts: dict[str, object]) -> str:
    return _("%(n)s min") % {"n": facts["minutes"]} if facts.get("minutes") else ""


def _url(entry: Told, client: UUID) -> str:
    if entry.source_kind in PAGES:
        return address(PAGES[entry.source_kind], client, entry.source_id)
    if entry.kind == EntryKind.ADDENDUM and entry.facts.get("of"):
        return address("contacts:read", client, UUID(entry.facts["of"]))
    if entry.kind == EntryKind.CONCERN:
        return address("contacts:concern", client, entry.source_id)
    return ""


def _marks(entry: Told) -> Iterable[Mark]:
    facts = entry.facts
    yield from _origin(entry)
    if entry.kind == EntryKind.ATTEMPT:
        yield Mark("", "phone-off", _("Tried, not reached"))
    if facts.get("group"):
        yield Mark("", "people", _("Group"))
    if facts.get("late"):
        yield Mark("amber", "hour", _("Written late"))
    if facts.get("safety"):
        yield Mark("red", "shield", _("Safety concern"))
    if entry.kind in CONTACTS:
        yield from _signature(facts.get("state", ""))
    if entry.kind == EntryKind.CONCERN:
        yield from _concern(facts)


def _origin(entry: Told) -> Iterable[Mark]:
    """Does it still hold, and did it come from a file?"""
    if entry.voided:
        yield Mark("red", "x", _("Voided"))
    if entry.facts.get("file"):
        yield Mark("", "doc", _("From %(file)s") % {"file": entry.facts["file"]})


def _signature(state: str) -> Iterable[Mark]:
    if state == ContactState.WAITING:
        yield Mark("amber", "hour", _("Waiting for the co-signature"))
    elif state == ContactState.RETURNED:
        yield Mark("amber", "undo", _("Returned with a comment"))


def _concern(facts: dict[str, str]) -> Iterable[Mark]:
    state = facts.get("state", "")
    if facts.get("grievance"):
        yield Mark("red", "scale", _("Grievance"))
    if state in CONCERNS:
        yield Mark("amber", "flag", CONCERNS[state])
    elif facts.get("satisfied"):
        yield Mark(
            "pine", "check", _("Satisfied: %(answer)s") % {"answer": Satisfied(facts["satisfied"]).label.lower()}
        )
