"""What people may do with a task, and what stands in the way. Pure."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.tasks.rules.spans import add_months
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Reason, Unit
from goldthread.foundation.programs.rules.spans import read_span

TRIES = 3
"""So many logged tries before somebody was *not found*."""
REPEATED = (Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS)


def check_reason(reason: str) -> Reason:
    """*reason* as one of the reasons that exist. DomainError when it is none."""
    try:
        return Reason(reason)
    except ValueError as error:
        raise DomainError(_("Say why it could not be done."), "reason") from error


def check_tries(reason: Reason, tries: int) -> None:
    """DomainError when somebody was *not found* though nobody tried often enough."""
    if reason == Reason.NOT_FOUND and tries < TRIES:
        message = _("“Not found” needs three tries that are logged: there are %(tries)d. Log each try as a contact.")
        raise DomainError(message % {"tries": tries}, "reason")


def check_snooze(until: date, today: date, grace_until: date | None, due_on: date | None, *, of_a_rule: bool) -> None:
    """DomainError when a task cannot be put off until *until*: a rule's task only within its grace."""
    if until <= today:
        raise DomainError(_("Choose a day after today."), "until")
    if not of_a_rule:
        return
    last = grace_until or due_on
    if last is None or until > last:
        if last is None or last <= today:
            raise DomainError(_("This cannot be put off any longer."), "until")
        raise DomainError(_("This can be put off until %(day)s at most.") % {"day": last.isoformat()}, "until")


def next_due(due_on: date, repeat: dict[str, Any]) -> date | None:
    """When a recurring task is due again after *due_on*: ``{"every": "2 weeks", "until": "2026-12-31"}``. None: no more."""
    span = read_span(repeat["every"])
    first = date.fromisoformat(repeat["first"]) if "first" in repeat else due_on
    number = 1
    while (day := _times(first, span.count * number, span.unit)) <= due_on:
        number += 1
    until = repeat.get("until")
    return day if not until or day <= date.fromisoformat(until) else None


def check_repeat(repeat: dict[str, Any] | None) -> dict[str, Any]:
    """*repeat* if it can be read. DomainError when not."""
    if not repeat:
        return {}
    try:
        span = read_span(str(repeat["every"]))
    except (KeyError, ValueError) as error:
        raise DomainError(_("Say how often: for example every 2 weeks."), "repeat") from error
    if span.unit not in REPEATED or span.count < 1 or span.before:
        raise DomainError(_("A task repeats after days, weeks, months or years."), "repeat")
    return dict(repeat)


def _times(first: date, count: int, unit: Unit) -> date:
    """So many units after *first*; months keep the day of the first one, clamped."""
    if unit == Unit.DAYS:
        return first + timedelta(days=count)
    if unit == Unit.WEEKS:
        return first + timedelta(weeks=count)
    return add_months(first, count * 12 if unit == Unit.YEARS else count)
