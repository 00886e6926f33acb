"""Phones and emails, with what is safe to do with each."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.foundation.lib import phones
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.actions.common import chosen, fits, only
from goldthread.people.persons.actions.rows import add_row, edit_row, end_row, whole
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.models import ContactPoint, Person

FIELDS = (
    "kind",
    "value",
    "safe_to_call",
    "safe_to_text",
    "safe_to_leave_message",
    "note",
    "first_choice",
    "starts_on",
    "ends_on",
    "labels",
)


@transaction.atomic
def add_contact_point(
    *, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None
) -> ContactPoint:
    """Add a phone or an email. *first_choice* takes that mark from the others."""
    point = ContactPoint(**_read(only(values, FIELDS)))
    return add_row(person, point, FIELDS, section="reach", by=by, form_id=form_id, before=_only_first)


def first_contact_point(*, person: Person, values: Mapping[str, Any], by: Actor) -> ContactPoint:
    """The first phone or email of a *person* who is made in this same transaction: there is no other to look for."""
    point = ContactPoint(**_read(only(values, FIELDS)))
    return add_row(person, point, FIELDS, section="reach", by=by, form_id=None, made_now=True)


@transaction.atomic
def edit_contact_point(*, row: ContactPoint, version_seen: int, values: Mapping[str, Any], by: Actor) -> ContactPoint:
    """Change a phone or an email."""
    clean = _read(whole(row, only(values, FIELDS), FIELDS))
    return edit_row(row, {**{f: clean[f] for f in values}, "key": clean["key"]}, version_seen, "reach", by, _only_first)


@transaction.atomic
def end_contact_point(*, row: ContactPoint, ends_on: Any, by: Actor, reason: str = "") -> ContactPoint:
    """It works until *ends_on*. *reason* is kept as the note when there is none."""
    return end_row(row, ends_on, "reach", by, {"note": tidy(reason)[:200]})


def _read(values: dict[str, Any]) -> dict[str, Any]:
    clean = {field: tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    chosen(clean.get("kind", ""), ContactKind, "kind")
    if clean["kind"] == ContactKind.EMAIL:
        clean["value"] = phones.read_email(clean.get("value", ""))
        clean["key"] = phones.email_key(clean["value"])
    else:
        clean["value"] = phones.read_phone(clean.get("value", ""))
        clean["key"] = phones.phone_key(clean["value"])
    fits(ContactPoint, clean)
    return clean


def _only_first(edit: Any, point: ContactPoint) -> None:
    """One first choice at a time."""
    if not point.first_choice or point.ends_on is not None:
        return
    for other in ContactPoint.objects.filter(person=edit.person, first_choice=True, ends_on__isnull=True).exclude(
        pk=point.pk
    ):
        edit.apply(other, {"first_choice": False}, row=other.pk)
        other.version += 1
        other.save()
