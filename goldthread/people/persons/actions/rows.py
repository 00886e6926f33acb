"""Adding, editing and ending a row that hangs on a person: the same for phones, addresses, alerts and identifiers."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons import rules
from goldthread.people.persons.actions.common import Edit, already_made
from goldthread.people.persons.models import Address, Alert, ContactPoint, Identifier, Person

Row = TypeVar("Row", Address, Alert, ContactPoint, Identifier)
Before = Callable[[Edit, Any], None]


def nothing(edit: Edit, row: Any) -> None:
    """No other row is touched."""


def whole(row: Any, values: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """*values* completed with what the row has now."""
    return {field: getattr(row, field) for field in fields} | dict(values)


def add_row(
    person: Person,
    row: Row,
    fields: Iterable[str],
    *,
    section: str,
    by: Actor,
    form_id: UUID | None,
    before: Before = nothing,
    made_now: bool = False,
) -> Row:
    """Insert *row* for *person*. *before* makes room for it. The same *form_id* twice adds one.

    *made_now*: the person, too, is made by this transaction.
    """
    edit = Edit(person if made_now else person.pk, by, section)
    if made := already_made(type(row), form_id, person):
        return made
    row.person = edit.person
    row.id = form_id or row.id
    _check(row)
    before(edit, row)
    row.save(force_insert=True)
    edit.added(row, fields, row=row.pk)
    edit.done(f"{section}_added", kind=row._meta.model_name or "", object_id=row.pk, keyed=made_now)
    return row


def edit_row(
    row: Row, values: Mapping[str, Any], version_seen: int, section: str, by: Actor, before: Before = nothing
) -> Row:
    """Change *row*; EditConflict when somebody else changed the same field since the person's *version_seen*."""
    edit = Edit(row.person_id, by, section)
    fresh = type(row)._default_manager.get(pk=row.pk, person=edit.person)
    mine = edit.check_conflicts(fresh, _shown(values), version_seen, row=fresh.pk)
    if not edit.apply(fresh, mine, row=fresh.pk):
        return fresh
    for hidden in set(values) - set(_shown(values)):
        setattr(fresh, hidden, values[hidden])
    _check(fresh)
    before(edit, fresh)
    fresh.version += 1
    fresh.save()
    edit.done(f"{section}_changed", kind=fresh._meta.model_name or "", object_id=fresh.pk)
    return fresh


def end_row(row: Row, ends_on: date, section: str, by: Actor, more: Mapping[str, Any]) -> Row:
    """The row holds until *ends_on*, that day included."""
    edit = Edit(row.person_id, by, section)
    fresh = type(row)._default_manager.get(pk=row.pk, person=edit.person)
    more = {field: value for field, value in more.items() if value and not getattr(fresh, field)}
    ending = {"ended_on": ends_on} if isinstance(fresh, Alert) else {"ends_on": ends_on}
    if edit.apply(fresh, {**ending, **more}, row=fresh.pk):
        _check(fresh)
        fresh.version += 1
        fresh.save()
        edit.done(f"{section}_ended", kind=fresh._meta.model_name or "", object_id=fresh.pk)
    return fresh


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without the keys that are only searched by."""
    return {field: value for field, value in values.items() if field != "key"}


def _check(row: Any) -> None:
    rules.check_dates(getattr(row, "starts_on", None), getattr(row, "ends_on", None))
