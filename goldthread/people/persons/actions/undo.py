"""Undoing that a row was ended: for phones, addresses, alerts, household places and relationships alike.

What the row said before stands in its history, so nothing is guessed and nothing has to be carried by the page.
It is possible until the row is changed again.
"""

from typing import TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.models import (
    Address,
    Alert,
    Change,
    ContactPoint,
    HouseholdMember,
    Relationship,
)

Row = TypeVar("Row", Address, Alert, ContactPoint, HouseholdMember, Relationship)
ENDS = ("ends_on", "ended_on")
SECTIONS = {
    Address: "addresses",
    Alert: "alerts",
    ContactPoint: "reach",
    HouseholdMember: "family",
    Relationship: "family",
}


def reopen(*, row: Row, version: int, by: Actor) -> Row:
    """Take back the ending that made *row* its *version*: the row says again what it said before.

    Of a relationship both sides. DomainError: the row was changed since, or something has taken its place.
    """
    try:
        with transaction.atomic():
            return _reopen(row, version, by)
    except IntegrityError as error:
        raise DomainError(_("Something else has taken its place since. Change it by hand.")) from error


def _reopen(row: Row, version: int, by: Actor) -> Row:
    sides = _sides(row)
    persons = sorted({side.person_id for side in sides})
    edits = {
        pk: Edit(pk, by, SECTIONS[type(row)]) for pk in persons
    }  # one order, whoever asks: no two wait for each other
    for side in _sides(row):  # read again: what holds is what is there under the lock
        if side.pk == row.pk and side.version != version:
            raise _too_late()
        edit = edits[side.person_id]
        edit.apply(side, _before(side), row=side.pk)
        side.version += 1
        side.save()
        edit.done(f"{_word(side)}_reopened", kind=side._meta.model_name or "", object_id=side.pk)
    return type(row)._default_manager.get(pk=row.pk)


def _sides(row: Row) -> list[Row]:
    """The row itself; of a relationship both its sides."""
    rows = type(row)._default_manager
    found = rows.filter(pair=row.pair) if isinstance(row, Relationship) else rows.filter(pk=row.pk)
    return list(found.order_by("pk"))


def _before(row: Row) -> dict[str, object]:
    """What the row said before its last change. DomainError when that change did not end it."""
    changes = Change.objects.filter(person=row.person_id, row=row.pk)
    last = changes.order_by("-version").values_list("version", flat=True)[:1]
    ended = list(changes.filter(version__in=list(last)))
    if not any(change.field in ENDS and change.old is None for change in ended):
        raise _too_late()
    return {change.field: _read(row, change) for change in ended}


def _read(row: Row, change: Change) -> object:
    """The value of history (JSON) as the field holds it."""
    field = row._meta.get_field(change.field)
    return field.to_python(change.old)  # type: ignore[union-attr]  # the fields of history are columns, not relations back


def _word(row: Row) -> str:
    """How events of the row begin: as those of its ending do."""
    words = {Relationship: "relationship", HouseholdMember: "household"}
    return words.get(type(row), SECTIONS[type(row)])


def _too_late() -> DomainError:
    return DomainError(_("This was changed since, so it cannot be undone. Look at it again and change it by hand."))
