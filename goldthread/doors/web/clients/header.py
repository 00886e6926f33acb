"""The sticky header of a client's pages: who they are, what to mind, which programs serve them, who works with them. Eight queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import next_of
from goldthread.doors.web.clients.minding import Minded, minded
from goldthread.doors.web.clients.tabs import Tabs, tabs_of
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.labels import names_of
from goldthread.foundation.programs.enums import Mode, Seen
from goldthread.people.facts.enums import FactKind
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind, Interpreter
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person
from goldthread.people.persons.rules import age_words, language_name

RED_ALERTS = {AlertKind.SAFETY, AlertKind.COURT_ORDER}
ALERT_ICONS = {
    AlertKind.ALLERGY: "pill",
    AlertKind.SAFETY: "shield",
    AlertKind.DOG: "dog",
    AlertKind.COURT_ORDER: "scale",
    AlertKind.HEALTH: "clinic",
    AlertKind.OTHER: "alert",
}


_NOT_OVER = Q(ends_on__isnull=True) | Q(ends_on__gte=Given("today"))
OPEN_ALERTS = Compiled(
    lambda: Alert.objects.filter(person=Given("client"), ended_on__isnull=True).order_by("-kind", "pk")
)
ADDRESSES = Compiled(lambda: Address.objects.filter(_NOT_OVER, person=Given("client")).order_by("pk"))
POINTS = Compiled(
    lambda: ContactPoint.objects.filter(_NOT_OVER, AnyOf(F("person"), Given("persons"))).order_by("-first_choice", "pk")
)
MEETING = (Mode.IN_PERSON.value, Mode.VIDEO.value)
LOOKED_THROUGH = 30
"""Latest meetings in which the client is looked for; some were with the family or a teacher alone."""
MEETINGS: Compiled[tuple[datetime, list[str] | None, UUID | None, int]] = Compiled(
    lambda: (
        Entry.objects.filter(person=Given("client"), kind=EntryKind.CONTACT, voided=False, facts__mode__in=MEETING)
        .order_by("-happened_at", "-id")
        .values_list("happened_at", "facts__seen", "episode", "labels")[:LOOKED_THROUGH]
    )
)


@dataclass(frozen=True, slots=True)
class Flag:
    """A thing to mind, beside the name: colour, icon and word."""

    tone: str
    icon: str
    words: str


@dataclass(slots=True)
class Header:
    """What every tab of a client shows on top; the Brief reads its lists too."""

    client: Person
    line: str
    alerts: list[Alert]
    contact_points: list[ContactPoint]
    addresses: list[Address]
    assignments: list[Assignment]
    cleared: int
    flags: list[Flag] = field(default_factory=list)
    tabs: Tabs = field(default_factory=lambda: Tabs([], []))
    programs: list[Episode] = field(default_factory=list)
    """Those that the viewer may know of; each with ``rests``."""
    last_seen: datetime | None = None
    minded: list[Minded] = field(default_factory=list)
    """Allergies and medicines that the viewer may read."""
    coming: Appointment | None = None
    """The next appointment."""
    may_edit: bool = False
    may_note: bool = False
    may_report: bool = False

    @property
    def workers(self) -> list[Assignment]:
        """Each worker once, by the first of their assignments: in two programs, or after a merge, one has several."""
        found: dict[UUID, Assignment] = {}
        for row in self.assignments:
            found.setdefault(row.staff_id, row)
        return list(found.values())

    @property
    def allergies(self) -> list[Minded]:
        """Those that can kill first."""
        return [one for one in self.minded if one.kind == FactKind.ALLERGY]

    @property
    def medicines(self) -> list[Minded]:
        return [one for one in self.minded if one.kind == FactKind.MEDICINE]


def header_of(viewer: Viewer, client: Person, tab: str, others: Iterable[Person] = ()) -> Header:
    """The header for *viewer*, with rows under labels they are not cleared for left out.

    The phones of *others* come with the same query, as their ``open_phones``.
    """
    cleared = gate.cleared_labels(viewer, client)
    today = viewer.today
    known = gate.sight(viewer, client, Act.READ_EPISODE)
    points = _points(client, others, cleared, today)
    header = Header(
        client=client,
        line=" · ".join(filter(None, about_line(client, today))),
        alerts=[alert for alert in OPEN_ALERTS.ask(client=client.pk) if seen(alert, cleared)],
        contact_points=points,
        addresses=[one for one in ADDRESSES.ask(client=client.pk, today=today) if seen(one, cleared)],
        assignments=[one for one in gate.assignments_with(viewer, client) if known.sees(one)],
        cleared=cleared,
        may_edit=gate.may_on(viewer, Act.EDIT, client),
        may_note=gate.may_on(viewer, Act.WRITE_CONTACT, client),
        may_report=gate.may_on(viewer, Act.MAKE_REPORT, client),
    )
    header.programs = [one for one in open_episodes(client, today) if known.sees_episode(one.pk, one.labels)]
    header.last_seen = last_seen(viewer, client)
    header.coming = coming(viewer, client)
    header.minded = minded(viewer, client)
    header.flags = list(flags_of(header))
    header.tabs = tabs_of(viewer, client, tab)
    return header


def last_seen(viewer: Viewer, client: Person) -> datetime | None:
    """When somebody last met the client, in person or by video, as far as this viewer may read. One query."""
    may_read = gate.sight(viewer, client)
    for at, seen, episode, labels in MEETINGS.ask(client=client.pk):
        if may_read.sees_episode(episode, labels) and (seen is None or Seen.CLIENT in seen):
            return at
    return None


def coming(viewer: Viewer, client: Person) -> Appointment | None:
    """The client's next appointment, as far as this viewer may read. One query."""
    may_read = gate.sight(viewer, client)
    return next((one for one in next_of(client, viewer.at) if may_read.sees(one)), None)


def _points(client: Person, others: Iterable[Person], cleared: int, today: date) -> list[ContactPoint]:
    """The client's phones and addresses; those of *others* are hung on them."""
    theirs: dict[UUID, list[ContactPoint]] = {}
    for one in others:
        one.open_phones = theirs.setdefault(one.pk, [])  # type: ignore[attr-defined]  # for the template
    mine = []
    for point in POINTS.ask(persons=[client.pk, *theirs], today=today):
        if not seen(point, cleared):
            continue
        if point.person_id == client.pk:
            mine.append(point)
        if point.person_id in theirs:
            theirs[point.person_id].append(point)
    return mine


def seen(row: Any, cleared: int) -> bool:
    """Is every label on *row* among those cleared?"""
    return not row.labels & ~cleared


def about_line(client: Person, today: date) -> list[str]:
    """Pronouns, age, language, interpreter: as much as is known."""
    words = [client.pronouns, age_words(client, today), language_name(client.language)]
    if client.interpreter == Interpreter.MEDICAL:
        words.append(_("interpreter for medical and legal talk"))
    elif client.interpreter == Interpreter.ALWAYS:
        words.append(_("interpreter always"))
    return words


def flags_of(header: Header) -> list[Flag]:
    """What can kill first, then alerts, then how not to reach them, then labels."""
    flags = [Flag("red", "pill", _("Allergy: %(to)s") % {"to": one.value["to"]}) for one in header.minded if one.deadly]
    flags += [
        Flag("red" if alert.kind in RED_ALERTS else "amber", ALERT_ICONS[AlertKind(alert.kind)], alert.short)
        for alert in header.alerts
    ]
    if any(address.kind == AddressKind.SAFE for address in header.addresses):
        flags.insert(0, Flag("red", "eyeoff", _("Private address")))
    flags.extend(_reach_flags(header.contact_points))
    flags.extend(Flag("", "lock", str(name)) for name in names_of(header.client.labels))
    if header.client.deceased:
        flags.insert(0, Flag("", "info", _("Has died")))
    return flags


def _reach_flags(points: list[ContactPoint]) -> list[Flag]:
    phones = [point for point in points if point.kind != ContactKind.EMAIL]
    if not phones or any(point.safe_to_call for point in phones):
        return []
    if any(point.safe_to_text for point in phones):
        return [Flag("red", "chat", _("Text only"))]
    return [Flag("red", "phone-off", _("No safe phone"))]
