"""Relationships, each kept from both sides and changed on both at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons import rules
from goldthread.people.persons.actions.common import Edit, already_made, chosen, fits, only
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.enums import NameKind, RelationshipKind
from goldthread.people.persons.models import Person, Relationship

FIELDS = ("other", "kind", "emergency_contact", "note", "starts_on", "ends_on", "labels")
EDITABLE = ("kind", "emergency_contact", "note", "starts_on", "ends_on", "labels")
SHARED = ("note", "starts_on", "ends_on", "labels")
"""Said once, true of both sides. Who is called in whose emergency is not."""


@transaction.atomic
def add_relationship(
    *, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None
) -> Relationship:
    """*values["other"]* (Person) is *values["kind"]* to *person*. Adds both sides; the same *form_id* twice adds one pair."""
    clean = _read(only(values, FIELDS))
    other: Person = clean.pop("other")
    if other.pk == person.pk:
        raise DomainError(_("Nobody is related to themselves: choose somebody else."), "other")
    mine, theirs = _both(person, other, by)
    if made := already_made(Relationship, form_id, person):
        return made
    _check_new(person, other, clean)
    pair = new_id()
    row = Relationship(id=form_id or new_id(), pair=pair, person=mine.person, other=theirs.person, **clean)
    back = _mirror(row)
    for edit, side in ((mine, row), (theirs, back)):
        side.save(force_insert=True)
        edit.added(side, FIELDS, row=side.pk)
        edit.done("related", kind="relationship", object_id=side.pk)
    return row


@transaction.atomic
def add_relative(
    *,
    person: Person,
    name: Mapping[str, Any],
    values: Mapping[str, Any],
    by: Actor,
    contact: Mapping[str, Any] | None = None,
    form_id: UUID | None = None,
) -> Relationship:
    """As add_relationship, to somebody not known yet, with their *name* (given, family) and perhaps a phone."""
    if made := already_made(Relationship, form_id, person):
        return made
    names = [{"kind": NameKind.LEGAL, **name}]
    other = create_person(by=by, names_given=names, contact=contact, labels=person.labels)
    return add_relationship(person=person, values={**values, "other": other}, by=by, form_id=form_id)


@transaction.atomic
def edit_relationship(*, row: Relationship, version_seen: int, values: Mapping[str, Any], by: Actor) -> Relationship:
    """Change a relationship; the other side changes with it, but for who is called in an emergency."""
    mine, theirs = _both(row.person, row.other, by)
    side = Relationship.objects.get(pk=row.pk)
    back = Relationship.objects.exclude(pk=row.pk).get(pair=row.pair)
    given = only(values, EDITABLE)
    clean = _read({field: getattr(side, field) for field in FIELDS} | given)
    changed = mine.check_conflicts(side, {field: clean[field] for field in given}, version_seen, row=side.pk)
    mirrored = {field: changed[field] for field in SHARED if field in changed}
    if "kind" in changed:
        mirrored["kind"] = rules.OTHER_SIDE[RelationshipKind(changed["kind"])]
    for edit, target, fields in ((mine, side, changed), (theirs, back, mirrored)):
        if edit.apply(target, fields, row=target.pk):
            target.version += 1
            target.save()
            edit.done("relationship_changed", kind="relationship", object_id=target.pk)
    return side


@transaction.atomic
def end_relationship(*, row: Relationship, ends_on: date, by: Actor, reason: str = "") -> Relationship:
    """It held until *ends_on*, on both sides. Nobody is called in an emergency by a relationship that is over."""
    mine, theirs = _both(row.person, row.other, by)
    for side in Relationship.objects.filter(pair=row.pair):
        edit = mine if side.person_id == row.person_id else theirs
        rules.check_dates(side.starts_on, ends_on)
        note = {"note": tidy(reason)[:200]} if reason and not side.note else {}
        if edit.apply(side, {"ends_on": ends_on, **note}, row=side.pk):
            side.version += 1
            side.save()
            edit.done("relationship_ended", kind="relationship", object_id=side.pk)
    return Relationship.objects.get(pk=row.pk)


def _read(values: dict[str, Any]) -> dict[str, Any]:
    clean: dict[str, Any] = {field: tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    chosen(clean.get("kind", ""), RelationshipKind, "kind")
    if not clean.get("other"):
        raise DomainError(_("Say who it is."), "other")
    rules.check_dates(clean.get("starts_on"), clean.get("ends_on"))
    fits(Relationship, {field: value for field, value in clean.items() if field != "other"})
    return clean


def _check_new(person: Person, other: Person, clean: Mapping[str, Any]) -> None:
    same = Relationship.objects.filter(person=person, other=other, kind=clean["kind"], ends_on__isnull=True)
    if clean.get("ends_on") is None and same.exists():
        raise DomainError(_("This relationship is on the record already."), "kind")


def _mirror(row: Relationship) -> Relationship:
    kind = rules.OTHER_SIDE[RelationshipKind(row.kind)]
    shared = {field: getattr(row, field) for field in SHARED}
    return Relationship(pair=row.pair, person=row.other, other=row.person, kind=kind, **shared)


def _both(person: Person, other: Person, by: Actor) -> tuple[Edit, Edit]:
    """Lock both sides, always in the same order, so that two people relating the same pair do not wait for each other."""
    edits = {pk: Edit(pk, by, "family") for pk in sorted((person.pk, other.pk))}
    return edits[person.pk], edits[other.pk]
