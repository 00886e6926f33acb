"""The names of a person. A changed legal name keeps the old one as a former name."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import plain, tidy
from goldthread.people.persons.actions.common import Edit, already_made, chosen, fits, only
from goldthread.people.persons.actions.index import names_of, reindex, shown_as
from goldthread.people.persons.enums import NameKind
from goldthread.people.persons.models import Person, PersonName

FIELDS = ("kind", "given", "middle", "family", "suffix", "until")
PARTS = ("given", "middle", "family", "suffix")
ONE_OF = frozenset({NameKind.LEGAL, NameKind.PREFERRED})


@transaction.atomic
def add_name(*, person: Person, values: Mapping[str, Any], by: Actor, form_id: UUID | None = None) -> PersonName:
    """Add a name. A new legal or preferred name takes the place of the present one, which stays as a former name
    (``values["until"]`` says until when). The same *form_id* twice adds one name."""
    clean = read_name(only(values, FIELDS))
    edit = Edit(person.pk, by, "names")
    if made := already_made(PersonName, form_id, person):
        return made
    if clean["kind"] in ONE_OF:
        _retire(edit, clean["kind"], clean.pop("until", None))
    name = PersonName(id=form_id or new_id(), person=edit.person, **clean)
    name.save(force_insert=True)
    edit.added(name, FIELDS, row=name.pk)
    _settle(edit, "name_added", name)
    return name


@transaction.atomic
def edit_name(*, row: PersonName, version_seen: int, values: Mapping[str, Any], by: Actor) -> PersonName:
    """Correct a name. Changing the words of a legal name keeps the old ones as a former name; a misspelling put right is
    a change too: delete the former name afterwards if nobody ever went by it."""
    edit = Edit(row.person_id, by, "names")
    name = PersonName.objects.get(pk=row.pk, person=edit.person)
    given = only(values, FIELDS)
    clean = read_name({field: getattr(name, field) for field in FIELDS} | given)
    clean = edit.check_conflicts(name, {field: clean[field] for field in given}, version_seen, row=name.pk)
    former = _as_former(name, clean)
    if clean.get("kind", name.kind) in ONE_OF:
        _check_free(edit, clean.get("kind", name.kind), name)
        clean["until"] = None
    if not edit.apply(name, clean, row=name.pk):
        return name
    name.version += 1
    name.save()
    if former:
        former.save(force_insert=True)
        edit.added(former, FIELDS, row=former.pk)
    _settle(edit, "renamed", name)
    return name


@transaction.atomic
def remove_name(*, row: PersonName, by: Actor) -> None:
    """Take away a name that was entered by mistake. The last name of a person stays: a DomainError says so."""
    edit = Edit(row.person_id, by, "names")
    name = PersonName.objects.filter(pk=row.pk).first()
    if name is None:
        return
    if len(names_of(edit.person.pk)) == 1:
        raise DomainError(_("A person needs a name: add another one first."))
    for field in FIELDS:
        edit.note(field, getattr(name, field) or None, None, row=name.pk)
    name.delete()
    _settle(edit, "name_removed", name)


def read_name(values: dict[str, Any]) -> dict[str, Any]:
    """*values* tidied and checked. Raises DomainError for a name without a letter in any script."""
    clean = {field: tidy(value) if isinstance(value, str) else value for field, value in values.items()}
    chosen(clean.get("kind", ""), NameKind, "kind")
    if not plain(clean.get("given") or "") and not plain(clean.get("family") or ""):
        raise DomainError(_("Write a first name or a last name."), "given")
    fits(PersonName, clean)
    return clean


def _settle(edit: Edit, action: str, name: PersonName) -> None:
    """Names changed: bring the shown name and the search index in step, and finish."""
    before = (edit.person.sort_key, edit.person.search_text)
    shown_as(edit.person, names_of(edit.person.pk))
    edit.done(action, kind="name", object_id=name.pk)
    if (edit.person.sort_key, edit.person.search_text) != before:
        reindex(edit.person)


def _retire(edit: Edit, kind: str, until: Any) -> None:
    """The present name of *kind* becomes a former name."""
    name = PersonName.objects.filter(person=edit.person, kind=kind).first()
    if name is None:
        return
    edit.apply(name, {"kind": NameKind.FORMER, "until": until}, row=name.pk)
    name.version += 1
    name.save()


def _as_former(name: PersonName, clean: Mapping[str, Any]) -> PersonName | None:
    """The former name that a legal name leaves behind when its words change."""
    changed = any(clean.get(field, getattr(name, field)) != getattr(name, field) for field in PARTS)
    if name.kind != NameKind.LEGAL or not changed:
        return None
    words = {field: getattr(name, field) for field in PARTS}
    return PersonName(person=name.person, kind=NameKind.FORMER, until=clean.get("until"), **words)


def _check_free(edit: Edit, kind: str, name: PersonName) -> None:
    if PersonName.objects.filter(person=edit.person, kind=kind).exclude(pk=name.pk).exists():
        raise DomainError(_("There is such a name already: edit that one, or add this as a new name."), "kind")
