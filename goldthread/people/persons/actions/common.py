"""What every action of this room shares: lock, compare with what the form showed, write, remember what changed."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import F
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict
from goldthread.people.persons.actions import keys
from goldthread.people.persons.models import Change, Person

Row = TypeVar("Row", bound=models.Model)


class Edit:
    """One action on one person's record. Make it inside the transaction; ``done`` writes history and the audit event."""

    def __init__(self, person: UUID | Person, by: Actor, section: str) -> None:
        """Lock the person (on SQLite the transaction itself is the lock). A whole *person* is one whom this transaction
        has just made: nobody else can have seen them, let alone changed them."""
        if isinstance(person, UUID):
            person = Person.objects.select_for_update().get(pk=person)
        self.person = person
        self.by = by
        self.section = section
        self.version = self.person.version + 1
        self._changes: list[Change] = []

    def note(self, field: str, old: Any, new: Any, *, row: UUID | None = None, labels: int = 0) -> None:
        """Remember that *field* went from *old* to *new*."""
        if old == new:
            return
        self._changes.append(
            Change(
                person=self.person,
                section=self.section,
                row=row,
                field=field,
                old=plain_value(old),
                new=plain_value(new),
                by=self.by.staff,
                by_name=self.by.name,
                at=self.by.at,
                version=self.version,
                labels=labels,
            )
        )

    def apply(self, target: models.Model, values: Mapping[str, Any], *, row: UUID | None = None) -> bool:
        """Set *values* on *target* (not saved), noting each that differs. Did any?"""
        labels = getattr(target, "labels", 0) if row else 0
        before = len(self._changes)
        for field, new in values.items():
            self.note(field, getattr(target, field), new, row=row, labels=labels)
            setattr(target, field, new)
        return len(self._changes) > before

    def check_conflicts(
        self, target: models.Model, values: Mapping[str, Any], seen: int, *, row: UUID | None
    ) -> dict[str, Any]:
        """The *values* that were really edited: those that differ from what the form showed at version *seen*.

        What somebody else has changed since, and this form left alone, keeps their value. Raises EditConflict when both
        changed the same field to different values.
        """
        theirs = self._changed_since(seen, row)
        mine: dict[str, Any] = {}
        conflicts: list[FieldConflict] = []
        for field, value in values.items():
            now = getattr(target, field)
            changes = theirs.get(field)
            if not changes or plain_value(value) == plain_value(now):
                mine[field] = value
            elif plain_value(value) != changes[0].old:
                last = changes[-1]
                conflicts.append(FieldConflict(field, value, now, last.by_name, last.at))
        if conflicts:
            raise EditConflict(_("Somebody else changed this while you were writing. Choose what is right."), conflicts)
        return mine

    def _changed_since(self, seen: int, row: UUID | None) -> dict[str, list[Change]]:
        if seen >= self.person.version:
            return {}
        found: dict[str, list[Change]] = {}
        for change in Change.objects.filter(
            person=self.person, version__gt=seen, section=self.section, row=row
        ).order_by("id"):
            found.setdefault(change.field, []).append(change)
        return found

    def done(
        self,
        action: str,
        *,
        kind: str = "person",
        object_id: UUID | None = None,
        saved: bool = False,
        keyed: bool = False,
    ) -> None:
        """Save the person with its new version, the changes, the keys of likeness and one audit event. Nothing when nothing
        changed.

        *saved*: the person was written with this version a moment ago; *keyed*: whoever makes them writes their keys.
        """
        if not self._changes:
            return
        self._hide_what_is_labelled()
        self.person.version = self.version
        if not saved:
            self.person.save()
        sections = {change.section for change in self._changes}
        if not keyed and keys.SECTIONS & sections:
            keys.rekey(self.person)
        elif keys.COMPARED & sections:
            keys.compare_again([self.person.pk])
        Change.objects.bulk_create(self._changes)
        record(
            by=self.by,
            action=f"persons.{action}",
            kind=kind,
            object_id=object_id or self.person.pk,
            client=self.person.pk,
            details={"fields": sorted({change.field for change in self._changes})},
        )

    def _hide_what_is_labelled(self) -> None:
        """A row labelled now was once kept without: history tells no more of it than the row itself does, and that a label
        was set or lifted only to who is cleared for it."""
        for change in [change for change in self._changes if change.field == "labels"]:
            bits = int(change.old or 0) | int(change.new or 0)
            for one in self._changes:
                if one.row == change.row and (one.row or one.field == "labels"):
                    one.labels |= bits
            if change.row:
                past = Change.objects.filter(person=self.person, row=change.row)
                past.update(labels=F("labels").bitor(bits))

    def added(self, target: models.Model, fields: Iterable[str], *, row: UUID) -> None:
        """Note every field of a new row that says something."""
        labels = getattr(target, "labels", 0)
        for field in fields:
            value = getattr(target, field)
            if value not in (None, "", [], False, 0) or field == "kind":
                self.note(field, None, value, row=row, labels=labels)


def plain_value(value: Any) -> Any:
    """*value* as history keeps it (JSON)."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, models.TextChoices) else value


def only(values: Mapping[str, Any], allowed: Iterable[str]) -> dict[str, Any]:
    """*values*, all of which must be among *allowed*. A ValueError is a mistake in our code, not of the person."""
    unknown = set(values) - set(allowed)
    if unknown:
        raise ValueError(f"not fields of this section: {sorted(unknown)}")
    return dict(values)


def already_made(model: type[Row], form_id: UUID | None, person: Person) -> Row | None:
    """The row of *person* that this form made before (a double click). Its id is the form's. DomainError: it is another's."""
    made = model._default_manager.filter(pk=form_id).first() if form_id else None
    if made is not None and getattr(made, "person_id", None) != person.pk:
        raise DomainError(_("This form was sent before for somebody else. Open a new one."))
    return made


def chosen(value: Any, choices: type[models.TextChoices], field: str, *, blank: bool = False) -> None:
    """Raises DomainError when *value* is not one of *choices*."""
    if value not in choices.values and not (blank and value == ""):
        raise DomainError(_("Choose one of the answers offered."), field)


def fits(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """Raises DomainError when a text is longer than its column."""
    for field, value in values.items():
        longest = getattr(model._meta.get_field(field), "max_length", None)
        if longest and isinstance(value, str) and len(value) > longest:
            raise DomainError(_("At most %(count)d characters fit here.") % {"count": longest}, field)
