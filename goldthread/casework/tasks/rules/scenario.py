"""An invented client written as YAML, for trying rules out. docs/trying-rules.md describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from goldthread.casework.tasks.rules.history import History, Member, Moment, Rest, in_order
from goldthread.casework.tasks.rules.scenario_events import YEARS, check_year, read_event
from goldthread.casework.tasks.rules.versions import Rules
from goldthread.foundation.agency.rules import Calendar, public_holidays
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.fields import Fields, Notes, unknown
from goldthread.foundation.programs.rules.nodes import read_yaml
from goldthread.foundation.programs.rules.problems import Path, TemplateError
from goldthread.foundation.programs.rules.reading import from_content
from goldthread.foundation.programs.rules.template import Template

KEYS = (
    "program",
    "changes",
    "enrolled",
    "referred",
    "discharged",
    "birth_date",
    "members",
    "pauses",
    "holidays",
    "country",
    "region",
    "time_zone",
    "events",
    "ask",
)
ZONE = "America/New_York"
MOST_ASKED = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """A day to ask about; with its instant where the scenario gives an hour. ``text`` is what it said."""

    text: str
    on: date
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """An invented history, the rules it is under, and the days asked about."""

    history: History
    rules: Rules
    asked: tuple[Asked, ...]


def read_scenario(text: str, file: str, shipped: Mapping[str, Template], today: date) -> Scenario:
    """The scenario written as YAML in *text*. TemplateError with every mistake: file, line, what. No ``ask``: *today*."""
    found = read_yaml(text, file)
    notes = Notes(file, found.lines)
    notes.problems += found.problems
    fields = notes.fields(found.value, (), KEYS, ("program", "enrolled"))
    rules = _rules(fields, shipped)
    zone = _zone(fields)
    history = _history(fields, zone)
    asked = tuple(_asked(item, path, notes, zone) for item, path in notes.items(fields.values.get("ask"), ("ask",)))
    if len(asked) > MOST_ASKED:
        fields.wrong("ask", _("Ask about at most %(most)s days.") % {"most": MOST_ASKED})
    if notes.problems:
        raise TemplateError(sorted(notes.problems, key=lambda problem: problem.line))
    return Scenario(history, rules, asked or (Asked(today.isoformat(), today),))


def _rules(fields: Fields, shipped: Mapping[str, Template]) -> Rules:
    first = _template(fields.notes, fields.values.get("program"), ("program",), shipped)
    versions = [(date.min, first)] if first else []
    for value, path in fields.notes.items(fields.values.get("changes"), ("changes",)):
        change = fields.notes.fields(value, path, ("from", "program"), ("from", "program"))
        since, template = (
            change.day("from"),
            _template(fields.notes, change.values.get("program"), change.at("program"), shipped),
        )
        if since and template:
            versions.append((since, template))
    return sorted(versions, key=lambda version: version[0])


def _template(notes: Notes, value: Any, path: Path, shipped: Mapping[str, Template]) -> Template | None:
    """A shipped template by its key, or one written here. Its lines are those of the scenario."""
    if isinstance(value, dict):
        inside = {place[len(path) :]: line for place, line in notes.lines.items() if place[: len(path)] == path}
        try:
            return from_content(_complete(value), notes.file, inside)
        except TemplateError as error:
            notes.problems += error.problems
            return None
    if isinstance(value, str) and value in shipped:
        return shipped[value]
    if value is not None or path in notes.lines:
        notes.wrong(path, unknown(str(value), shipped, _("There is no program “%(word)s”.")))
    return None


def _complete(value: dict[str, Any]) -> dict[str, Any]:
    """A program invented for a try needs no name, and its rules no titles and sources."""
    rules = value.get("requirements")
    if isinstance(rules, list):
        rules = [
            {"title": rule.get("key", ""), "source": "judgement"} | rule if isinstance(rule, dict) else rule
            for rule in rules
        ]
    return {"template": "tried", "title": "Tried"} | value | ({"requirements": rules} if rules is not None else {})


def _zone(fields: Fields) -> ZoneInfo:
    name = str(fields.values.get("time_zone") or ZONE)
    if name not in available_timezones():
        fields.wrong("time_zone", _("“%(name)s” is no time zone. Write it as America/Chicago.") % {"name": name})
        name = ZONE
    return ZoneInfo(name)


def _history(fields: Fields, zone: ZoneInfo) -> History:
    notes = fields.notes
    members = tuple(
        _member(item, path, notes) for item, path in notes.items(fields.values.get("members"), ("members",))
    )
    names = [str(member.id) for member in members]
    read = [
        event
        for number, (item, path) in enumerate(notes.items(fields.values.get("events"), ("events",)))
        for event in read_event(notes, item, path, number, names, zone)
    ]
    events = in_order(read, zone)
    enrolled = _moment(fields, "enrolled", zone)
    discharged = fields.day("discharged") or next((one.on for one in events if one.kind == EventKind.DISCHARGED), None)
    _check(fields, enrolled.on, discharged)
    return History(
        enrolled=enrolled,
        referred=fields.day("referred"),
        discharged=discharged,
        birth_date=fields.day("birth_date"),
        events=events,
        pauses=tuple(_pause(item, path, notes) for item, path in notes.items(fields.values.get("pauses"), ("pauses",))),
        members=tuple(member if member.starts_on != date.min else _from(member, enrolled.on) for member in members),
        calendar=_calendar(fields, enrolled.on),
        zone=zone,
    )


def _check(fields: Fields, enrolled: date, discharged: date | None) -> None:
    if enrolled != date.min:
        check_year(fields.notes, enrolled, ("enrolled",))
    if discharged and enrolled != date.min and discharged < enrolled:
        fields.wrong("discharged", _("The discharge cannot be before the enrollment."))


def _moment(fields: Fields, name: str, zone: ZoneInfo) -> Moment:
    """A day, or a day with an hour."""
    value = fields.values.get(name)
    if isinstance(value, str) and len(value) > 10:
        at = read_instant(value, zone)
        check_year(fields.notes, at.date() if at else None, (name,))
        if at and at.year in YEARS:
            return Moment(at.astimezone(zone).date(), at)
    return Moment(fields.day(name) or date.min)


def read_instant(text: str, zone: ZoneInfo) -> datetime | None:
    """The instant written as *text*; without an offset it is the wall clock of *zone*. None: it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=zone)


def _asked(value: Any, path: Path, notes: Notes, zone: ZoneInfo) -> Asked:
    text = str(value)
    at = read_instant(text, zone) if len(text) > 10 else None
    day = at.date() if at else _day(value, path, notes)
    check_year(notes, day, path)
    if at and not notes.problems:
        return Asked(text, at.astimezone(zone).date(), at)
    return Asked(text, day or date.min)


def _member(value: Any, path: Path, notes: Notes) -> Member:
    if isinstance(value, str):
        return Member(value, date.min)
    fields = notes.fields(value, path, ("name", "birth_date", "from", "to"), ("name",))
    return Member(fields.text("name"), fields.day("from") or date.min, fields.day("to"), fields.day("birth_date"))


def _from(member: Member, day: date) -> Member:
    return Member(member.id, day, member.ends_on, member.birth_date)


def _pause(value: Any, path: Path, notes: Notes) -> Rest:
    fields = notes.fields(value, path, ("from", "to", "reason"), ("from",))
    first, last = fields.day("from"), fields.day("to")
    if first and last and last < first:
        fields.wrong("to", _("The last day cannot be before the first day."))
    return Rest(first or date.min, last or date.max)


def _calendar(fields: Fields, start: date) -> Calendar:
    """Weekends, the days named, and the public holidays of a country when one is named."""
    closed = [
        _day(item, path, fields.notes)
        for item, path in fields.notes.items(fields.values.get("holidays"), ("holidays",))
    ]
    country, region = str(fields.values.get("country") or ""), str(fields.values.get("region") or "")
    years = range(max(start.year - 1, 1990), max(start.year, 1990) + 12)
    return Calendar(public_holidays(country, region, years) if country else {}, frozenset(day for day in closed if day))


def _day(value: Any, path: Path, notes: Notes) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        notes.wrong(path, _("“%(value)s” is no date. Write it as 2026-03-31.") % {"value": value})
        return None
