"""From when the clock of a rule runs."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.casework.tasks.rules.accepting import accepted
from goldthread.casework.tasks.rules.history import DAY, History, Moment
from goldthread.casework.tasks.rules.obligation import Why, about
from goldthread.casework.tasks.rules.spans import add, add_months
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.template import Accepts, Trigger


@dataclass(frozen=True, slots=True)
class Start:
    """One time that the clock started. ``foreseen``: known beforehand, as a birthday is, so evidence may come earlier."""

    moment: Moment
    occurrence: str
    what: Why
    event: Hashable | None = None
    foreseen: bool = False
    repeats: bool = False
    """One of a row (each year): evidence counts for one of them only."""
    opens_on: date | None = None
    """The day on which it comes into sight."""


def starts(trigger: Trigger, history: History, until: date) -> list[Start]:
    """Every start of the clock, in order. *until*: how far a calendar that never ends is followed."""
    if trigger.age:
        return _at_age(trigger, history)
    if trigger.birthday:
        born = history.birth_date
        return list(_each_year(born.month, born.day, history, until, "birthday")) if born else []
    if trigger.month and trigger.day:
        return list(_each_year(trigger.month, trigger.day, history, until, "calendar"))
    if trigger.kind == EventKind.ENROLLED:
        return [_enrolled(history)]
    if trigger.kind == EventKind.DISCHARGED:
        return _discharged(history)
    if trigger.kind == EventKind.REFERRED and trigger.match is None:
        return [_referred(trigger, history)]
    return _by_events(trigger, history)


def _enrolled(history: History) -> Start:
    on = history.enrolled.on
    return Start(history.enrolled, "enrolled", {"kind": "enrolled", "on": on.isoformat()})


def _referred(trigger: Trigger, history: History) -> Start:
    """The referral, of which an episode has one. Nobody noted it: the enrolment is the last day on which it can have been."""
    noted = [start.moment for start in _by_events(trigger, history)]
    days = [*([Moment(history.referred)] if history.referred else []), *noted]
    if not days:
        return _enrolled(history)
    first = min(days, key=lambda moment: moment.on)
    return Start(first, "referred", {"kind": "referred", "on": first.on.isoformat()})


def _discharged(history: History) -> list[Start]:
    on = history.discharged
    if on is None:
        return []
    return [Start(Moment(on), "discharged", {"kind": "discharged", "on": on.isoformat()})]


def _by_events(trigger: Trigger, history: History) -> list[Start]:
    match = trigger.match or Accepts(trigger.kind or EventKind.ENROLLED)
    return [
        Start(event.moment, str(event.id), about(event), event.id)
        for event in history.events
        if event.kind == trigger.kind and not event.past and accepted(match, event)
    ]


def _at_age(trigger: Trigger, history: History) -> list[Start]:
    if history.birth_date is None or trigger.age is None:
        return []
    day = add(Moment(history.birth_date), trigger.age, history)
    what = {"kind": "age", "on": day.on.isoformat(), "age": [trigger.age.count, str(trigger.age.unit)]}
    return [Start(day, "age", what, foreseen=True)]


def _each_year(month: int, day: int, history: History, until: date, kind: str) -> Iterator[Start]:
    """The day of each year from the enrolment on; the next one comes into sight when the one before is over."""
    year = history.enrolled.on.year
    opens_on = history.enrolled.on
    while opens_on <= until:
        on = date(year, month, _last(year, month, day))
        if on >= history.enrolled.on:
            what = {"kind": kind, "on": on.isoformat()}
            yield Start(Moment(on), on.isoformat(), what, foreseen=True, repeats=True, opens_on=opens_on)
            opens_on = on + DAY
        year += 1


def _last(year: int, month: int, day: int) -> int:
    """*day*, or the month's last day where the month is shorter that year."""
    return min(day, (add_months(date(year, month, 1), 1) - DAY).day)
