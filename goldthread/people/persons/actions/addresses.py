"""Where somebody lives and gets mail, by dates. A new address of a kind ends the one before it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.actions.common import Edit, chosen, fits, only
from goldthread.people.persons.actions.rows import add_row, edit_row, end_row, whole
from goldthread.people.persons.enums import AddressKind
from goldthread.people.persons.models import Address, Person
from goldthread.people.persons.rules import read_zip

FIELDS = ("kind", "line1", "line2", "city", "region", "postal_code", "directions", "starts_on", "ends_on", "labels")


@transaction.atomic
def add_address(*, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None) -> Address:
    """Add an address. The open one of the same kind ends the day before (today, when no start is given).

    A safe address is labelled: domestic violence, unless another label was chosen.
    """
    address = Address(**_read(only(values, FIELDS)))

    def move(edit: Edit, new: Address) -> None:
        _close_open(edit, new, by.today)

    return add_row(person, address, FIELDS, section="addresses", by=by, form_id=form_id, before=move)


@transaction.atomic
def edit_address(*, row: Address, version_seen: int, values: Mapping[str, Any], by: Actor) -> Address:
    """Correct an address. For a move, add the new one."""
    given = only(values, FIELDS)
    clean = _read(whole(row, given, FIELDS))
    mine = {field: clean[field] for field in {*given, "labels"}}
    return edit_row(row, mine, version_seen, "addresses", by, _check_only_open)


@transaction.atomic
def end_address(*, row: Address, ends_on: date, by: Actor, reason: str = "") -> Address:
    """They live or get mail there until *ends_on*."""
    return end_row(row, ends_on, "addresses", by, {"directions": tidy(reason)[:300]})


def _read(values: dict[str, Any]) -> dict[str, Any]:
    clean = {field: tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    chosen(clean.get("kind", ""), AddressKind, "kind")
    if not any(clean.get(field) for field in ("line1", "city", "postal_code", "directions")):
        raise DomainError(_("Write a street, a city or how to find it."), "line1")
    clean["postal_code"] = read_zip(clean.get("postal_code") or "")
    if clean["kind"] == AddressKind.SAFE and not clean.get("labels"):
        clean["labels"] = int(Label.DOMESTIC_VIOLENCE)
    fits(Address, clean)
    return clean


def _close_open(edit: Edit, new: Address, today: date) -> None:
    if new.ends_on is not None:
        return
    for old in Address.objects.filter(person=edit.person, kind=new.kind, ends_on__isnull=True):
        last_day = (new.starts_on or today) - timedelta(days=1)
        edit.apply(old, {"ends_on": max(last_day, old.starts_on) if old.starts_on else last_day}, row=old.pk)
        old.version += 1
        old.save()


def _check_only_open(edit: Edit, address: Address) -> None:
    others = Address.objects.filter(person=edit.person, kind=address.kind, ends_on__isnull=True).exclude(pk=address.pk)
    if address.ends_on is None and others.exists():
        raise DomainError(_("There is another address of this kind: end that one first."), "ends_on")
