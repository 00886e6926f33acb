"""An invented client written as YAML, for trying rules out. docs/trying-rules.md describes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from goldthread.casework.tasks.rules.history import History, Member, Moment, Rest, in_order
from goldthread.casework.tasks.rules.scenario_events import YEARS, Told, check_year, day_of, read_event
from goldthread.casework.tasks.rules.versions import Rules
from goldthread.foundation.agency.rules import Calendar, holidays_known, public_holidays
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
    told: tuple[Told, ...] = ()

    def told_by(self, asked: Asked) -> History:
        """The history as it was written down on the day, or at the instant, of *asked*."""
        unknown = {event.id for one in self.told if not one.is_known_on(asked.on) for event in one.events}
        unknown |= {event.id for event in self.history.events if asked.at and event.at and event.at > asked.at}
        if not unknown:
            return self.history
        return replace(self.history, events=tuple(one for one in self.history.events if one.id not in unknown))


def read_scenario(text: str, file: str, shipped: Mapping[str, Template], today: date) -> Scenario:
    """The scenario written as YAML in *text*. TemplateError with every mistake: file, line, what. No ``ask``: *today*."""
    found = read_yaml(text, file)
    notes = Notes(file, found.lines)
    notes.problems += found.problems
    fields = notes.fields(found.value, (), KEYS, ("program", "enrolled"))
    rules = _rules(fields, shipped)
    zone = _zone(fields)
    asked = tuple(_asked(item, path, notes, zone) for item, path in notes.items(fields.values.get("ask"), ("ask",)))
    if len(asked) > MOST_ASKED:
        fields.wrong("ask", _("Ask about at most %(most)s days.") % {"most": MOST_ASKED})
    asked = asked or (Asked(today.isoformat(), today),)
    history, told = _history(fields, zone, _by_plan(rules), max(one.on for one in asked))
    if notes.problems:
        raise TemplateError(sorted(notes.problems, key=lambda problem: problem.line))
    return Scenario(history, rules, asked, told)


def _rules(fields: Fields, shipped: Mapping[str, Template]) -> Rules:
    first = _template(fields.notes, fields.values.get("program"), ("program",), shipped)
    versions = [(date.min, first)] if first else []
    for value, path in fields.notes.items(fields.values.get("changes"), ("changes",)):
        change = fields.notes.fields(value, path, ("from", "program"), ("from", "program"))
        since, template = (
            day_of(change, "from"),
            _template(fields.notes, change.values.get("program"), change.at("program"), shipped),
        )
        if since and template:
            versions.append((since, template))
    return sorted(versions, key=lambda version: version[0])


def _by_plan(rules: Rules) -> dict[str, bool]:
    """The key of every rule, and whether it goes by the plan in any version."""
    found: dict[str, bool] = {}
    for requirement in (one for _since, template in rules for one in template.requirements):
        planned = requirement.interval is not None and requirement.interval.from_plan
        found[requirement.key] = planned or found.get(requirement.key, False)
    return found


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
    if value is not None:
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


def _history(fields: Fields, zone: ZoneInfo, rules: Mapping[str, bool], last: date) -> tuple[History, tuple[Told, ...]]:
    notes = fields.notes
    members = tuple(
        _member(item, path, notes) for item, path in notes.items(fields.values.get("members"), ("members",))
    )
    names = [str(member.id) for member in members]
    told = tuple(
        read_event(notes, item, path, number, names, zone, rules)
        for number, (item, path) in enumerate(notes.items(fields.values.get("events"), ("events",)))
    )
    enrolled = _moment(fields, "enrolled", zone)
    discharged = day_of(fields, "discharged") or _discharged(told)
    _check(fields, enrolled.on, discharged)
    history = History(
        enrolled=enrolled,
        referred=day_of(fields, "referred"),
        discharged=discharged,
        birth_date=day_of(fields, "birth_date"),
        events=in_order((event for one in told for event in one.events), zone),
        pauses=tuple(_pause(item, path, notes) for item, path in notes.items(fields.values.get("pauses"), ("pauses",))),
        members=tuple(member if member.starts_on != date.min else _from(member, enrolled.on) for member in members),
        calendar=_calendar(fields, enrolled.on, last),
        zone=zone,
    )
    return history, told


def _discharged(told: Iterable[Told]) -> date | None:
    """The day of the first discharge that was not taken back."""
    kept = (event for one in told if one.voided is None for event in one.events)
    return min((event.on for event in kept if event.kind == EventKind.DISCHARGED), default=None)


def _check(fields: Fields, enrolled: date, discharged: date | None) -> None:
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
    return Moment(day_of(fields, name) or date.min)


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
    first, last = day_of(fields, "from"), day_of(fields, "to")
    _check_order(fields, first, last)
    return Member(fields.text("name"), first or date.min, last, day_of(fields, "birth_date"))


def _from(member: Member, day: date) -> Member:
    return Member(member.id, day, member.ends_on, member.birth_date)


def _pause(value: Any, path: Path, notes: Notes) -> Rest:
    fields = notes.fields(value, path, ("from", "to", "reason"), ("from",))
    first, last = day_of(fields, "from"), day_of(fields, "to")
    _check_order(fields, first, last)
    return Rest(first or date.min, last or date.max)


def _check_order(fields: Fields, first: date | None, last: date | None) -> None:
    if first and last and last < first:
        fields.wrong("to", _("The last day cannot be before the first day."))


def _calendar(fields: Fields, start: date, last: date) -> Calendar:
    """Weekends, the days named, and the public holidays of a country when one is named."""
    closed = [
        _day(item, path, fields.notes)
        for item, path in fields.notes.items(fields.values.get("holidays"), ("holidays",))
    ]
    country, region = str(fields.values.get("country") or ""), str(fields.values.get("region") or "")
    _check_place(fields, country, region)
    years = range(max(start.year - 1, 1990), min(max(start.year, last.year, 1990), YEARS[-1]) + 12)
    return Calendar(public_holidays(country, region, years) if country else {}, frozenset(day for day in closed if day))


def _check_place(fields: Fields, country: str, region: str) -> None:
    if region and not country:
        fields.wrong("region", _("“%(name)s” is missing.") % {"name": "country"})
    if not country or holidays_known(country, region):
        return
    what = _("No public holidays are known of “%(place)s”. Write a country as US, a region as MA.")
    place = f"{country} {region}".strip()
    fields.wrong("region" if holidays_known(country) else "country", what % {"place": place})


def _day(value: Any, path: Path, notes: Notes) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        notes.wrong(path, _("“%(value)s” is no date. Write it as 2026-03-31.") % {"value": value})
        return None
