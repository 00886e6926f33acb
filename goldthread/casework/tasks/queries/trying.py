"""Trying rules on an invented client, by the agency's own calendar."""

from collections.abc import Iterable
from datetime import date

from goldthread.casework.tasks.queries.histories import calendar_now
from goldthread.casework.tasks.rules.engine import Standing, work_out
from goldthread.casework.tasks.rules.history import Event, History, Moment, in_order
from goldthread.casework.tasks.rules.versions import Rules


def try_rules(
    *,
    rules: Rules,
    enrolled: date,
    on: date,
    today: date,
    referred: date | None = None,
    birth_date: date | None = None,
    events: Iterable[Event] = (),
) -> list[Standing]:
    """Where every rule would stand on the day *on* for somebody enrolled on *enrolled* to whom *events* happened. Two queries."""
    zone, calendar = calendar_now(min(enrolled, today), max(on, today))
    history = History(
        enrolled=Moment(enrolled),
        referred=referred,
        birth_date=birth_date,
        events=in_order(events, zone),
        calendar=calendar,
        zone=zone,
    )
    return work_out(history, rules, on)
