"""The events of a scenario."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from goldthread.casework.tasks.rules.history import Event
from goldthread.foundation.programs.enums import (
    Activity,
    Acuity,
    EventKind,
    Mode,
    Place,
    Reason,
    Seen,
)
from goldthread.foundation.programs.rules.fields import NAME, Fields, Notes, unknown
from goldthread.foundation.programs.rules.problems import Path

KEYS = (
    "on",
    "at",
    "kind",
    "mode",
    "place",
    "minutes",
    "activities",
    "seen",
    "name",
    "attempted",
    "level",
    "requirement",
    "reason",
    "every",
    "until",
    "who",
    "entered",
    "voided",
)


WRITTEN = frozenset({Mode.TEXT, Mode.EMAIL, Mode.LETTER})
"""Nobody is seen or heard."""
YEARS = range(1900, 2201)
"""The calendar in which rules are tried."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event (of a household, one for each member), since when it is written down, and from when it is taken back."""

    events: tuple[Event, ...]
    entered: date | None = None
    voided: date | None = None

    def is_known_on(self, day: date) -> bool:
        """Does it stand in the record at the end of *day*?"""
        return (self.entered is None or self.entered <= day) and (self.voided is None or day < self.voided)


def check_year(notes: Notes, day: date | None, path: Path) -> None:
    """Note a *day* in a year in which nobody tries rules."""
    if day is not None and day.year not in YEARS:
        values = {"day": day.isoformat(), "first": YEARS[0], "last": YEARS[-1]}
        notes.wrong(path, _("“%(day)s” is beyond the calendar: write a year from %(first)s to %(last)s.") % values)


def day_of(fields: Fields, name: str) -> date | None:
    """The day *name*, within the calendar; None when there is none."""
    day = fields.day(name)
    check_year(fields.notes, day, fields.at(name))
    return day


def read_event(
    notes: Notes,
    value: Any,
    path: Path,
    number: int,
    members: list[str],
    zone: ZoneInfo,
    rules: Mapping[str, bool],
) -> Told:
    """One event; of a household, one for each member whom it was about (``who``; nobody named: everybody).

    *rules*: the key of each rule, and whether it goes by the plan. Empty: they could not be read.
    """
    fields = notes.fields(value, path, KEYS, ("kind",))
    on, at = _when(fields, zone)
    kind = fields.word("kind", EventKind, EventKind.CONTACT)
    attempted = fields.flag("attempted")
    mode = fields.word("mode", Mode, Mode.IN_PERSON) if fields.has("mode") else None
    event = Event(
        id=number,
        kind=kind,
        on=on,
        at=at,
        name=fields.key("name", NAME),
        mode=str(mode or ""),
        place=str(fields.word("place", Place, Place.OFFICE)) if fields.has("place") else "",
        minutes=fields.number("minutes", 0, 0, 1440),
        activities=frozenset(str(one) for one in fields.words("activities", Activity)),
        seen=_seen(fields, kind, mode, attempted=attempted),
        attempted=attempted,
        requirement=fields.key("requirement"),
        reason=str(fields.word("reason", Reason, Reason.OTHER)) if fields.has("reason") else "",
        until=day_of(fields, "until"),
        level=fields.word("level", Acuity, Acuity.MEDIUM) if fields.has("level") else None,
        every=fields.span("every"),
    )
    _check(fields, event)
    _check_rule(fields, event, rules)
    told = Told(tuple(_for_each(event, fields, members)), day_of(fields, "entered"), day_of(fields, "voided"))
    _check_order(fields, on, told)
    return told


def _when(fields: Fields, zone: ZoneInfo) -> tuple[date, datetime | None]:
    """``on: 2026-03-02``, with ``at: 14:30`` for the hour; or ``at: 2026-03-02T14:30`` alone."""
    on = day_of(fields, "on")
    if not fields.has("at"):
        if not fields.has("on"):
            fields.wrong("kind", _("Say when it was: “on” is missing."))
        return on or date.min, None
    text = str(fields.values["at"])
    try:
        at = datetime.fromisoformat(f"{on.isoformat()}T{text}" if on and len(text) <= 8 else text)
    except ValueError:
        fields.wrong("at", _("“%(value)s” is no time. Write it as 2026-03-31T14:30.") % {"value": text})
        return on or date.min, None
    at = at if at.tzinfo else at.replace(tzinfo=zone)
    check_year(fields.notes, at.date(), fields.at("at"))
    local = at.astimezone(zone).date() if at.year in YEARS else at.date()
    if on and local != on:
        fields.wrong("at", _("“at” is on another day than “on”."))
    return local, at


def _seen(fields: Fields, kind: EventKind, mode: Mode | None, *, attempted: bool) -> frozenset[str]:
    """Who was there. A contact that does not say was with the client, unless it was only attempted, or written."""
    if fields.has("seen"):
        return frozenset(str(one) for one in fields.words("seen", Seen))
    if kind != EventKind.CONTACT or attempted or mode in WRITTEN:
        return frozenset()
    return frozenset({str(Seen.CLIENT)})


def _check(fields: Fields, event: Event) -> None:
    if event.kind == EventKind.ENROLLED:
        fields.wrong("kind", _("The enrollment stands above, as “enrolled”."))
    if event.kind == EventKind.ACUITY and event.level is None:
        fields.wrong("kind", _("An event “acuity” needs its “level”: high, medium or low."))
    if event.kind == EventKind.INTERVAL and (event.every is None or not event.requirement):
        fields.wrong("kind", _("An event “interval” needs “requirement” and “every”."))
    if event.kind == EventKind.EXCEPTION and not event.reason:
        fields.wrong("kind", _("An event “exception” needs its “reason”."))
    if event.until and event.until < event.on:
        fields.wrong("until", _("The last day cannot be before the first day."))


def _check_rule(fields: Fields, event: Event, rules: Mapping[str, bool]) -> None:
    if event.every and event.every.count == 0:
        fields.wrong("every", _("How often cannot be zero."))
    if not event.requirement or not rules:
        return
    if event.requirement not in rules:
        fields.wrong("requirement", unknown(event.requirement, rules, _("The program has no rule “%(word)s”.")))
    elif event.kind == EventKind.INTERVAL and not rules[event.requirement]:
        what = _("“%(rule)s” does not go by the plan: its “every” has no “from_plan”.")
        fields.wrong("requirement", what % {"rule": event.requirement})


def _check_order(fields: Fields, on: date, told: Told) -> None:
    what = _("“%(name)s” is too early: it had not happened, or was not written down.")
    if told.entered and told.entered < on:
        fields.wrong("entered", what % {"name": "entered"})
    if told.voided and told.voided < (told.entered or on):
        fields.wrong("voided", what % {"name": "voided"})


def _for_each(event: Event, fields: Fields, members: list[str]) -> list[Event]:
    who = [(str(name), path) for name, path in fields.notes.items(fields.values.get("who"), fields.at("who"))]
    for name, path in who:
        if name not in members:
            fields.notes.wrong(path, unknown(name, members, _("“%(word)s” is not among the members.")))
    if not who:
        return [event]
    return [
        replace(event, id=f"{event.id}.{place}", person=name, source=event.id)
        for place, (name, _path) in enumerate(who)
    ]
