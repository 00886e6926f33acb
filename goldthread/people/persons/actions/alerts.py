"""Alerts: what to know before a call or a visit, looked at again on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.actions.common import chosen, fits, only
from goldthread.people.persons.actions.labels import check_for_records
from goldthread.people.persons.actions.rows import add_row, edit_row, end_row, whole
from goldthread.people.persons.enums import AlertKind
from goldthread.people.persons.models import Alert, Person

FIELDS = ("kind", "short", "words", "review_on", "labels")


@transaction.atomic
def add_alert(*, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None) -> Alert:
    """Add an alert. Its review date is required and not in the past."""
    alert = Alert(**_read(only(values, FIELDS)))
    _check_review(alert.review_on, by)
    return add_row(person, alert, FIELDS, section="alerts", by=by, form_id=form_id)


@transaction.atomic
def edit_alert(*, row: Alert, version_seen: int, values: Mapping[str, Any], by: Actor) -> Alert:
    """Change an alert, or put off its review to another day (not in the past)."""
    given = only(values, FIELDS)
    clean = _read(whole(row, given, FIELDS))
    if clean["review_on"] != row.review_on:
        _check_review(clean["review_on"], by)
    return edit_row(row, {field: clean[field] for field in given}, version_seen, "alerts", by)


@transaction.atomic
def end_alert(*, row: Alert, ends_on: date, by: Actor, reason: str = "") -> Alert:
    """It no longer holds. A *reason* is required: the next worker relies on it."""
    if not tidy(reason):
        raise DomainError(_("Say why it no longer holds."), "reason")
    if ends_on > by.today:
        raise DomainError(_("An alert ends today or earlier. Until then, keep it."), "ends_on")
    return end_row(row, ends_on, "alerts", by, {"end_reason": tidy(reason)[:200]})


def _read(values: dict[str, Any]) -> dict[str, Any]:
    clean = {field: value.strip() if isinstance(value, str) else value for field, value in values.items()}
    chosen(clean.get("kind", ""), AlertKind, "kind")
    if not clean.get("short"):
        raise DomainError(_("Say in a few words what it is."), "short")
    if not clean.get("review_on"):
        raise DomainError(_("Say when to look at it again."), "review_on")
    check_for_records(int(clean.get("labels") or 0))
    fits(Alert, clean)
    return clean


def _check_review(day: date, by: Actor) -> None:
    if day < by.today:
        raise DomainError(_("The day to look at it again is in the past."), "review_on")
