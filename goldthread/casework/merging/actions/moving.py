"""Moves every row that hangs on one person to another, and settles what both cannot have at once."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, UniqueConstraint

from goldthread.casework.merging.actions.rows import Link, links, plain, prints_of, read, values_of
from goldthread.casework.merging.models import Merge, Move, MoveKind
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Address, ContactPoint, Person, PersonName, Relationship

NAME_PARTS = ("given", "middle", "family", "suffix")
PLACE_PARTS = ("kind", "line1", "line2", "city", "postal_code", "ends_on")
SAFE = ("safe_to_call", "safe_to_text", "safe_to_leave_message")


class Mover:
    """One merge at work. ``moves`` are kept (not saved) as they happen."""

    def __init__(self, merge: Merge, kept: Person, gone: Person, by: Actor) -> None:
        self.merge, self.kept, self.gone, self.by = merge, kept, gone, by
        self.moves: list[Move] = []

    def everything(self) -> None:
        """Move all that moves."""
        for link in links():
            if link.rule.rule == "move":
                self._link(link)

    def change(self, row: models.Model, **values: Any) -> None:
        """Set *values* on a row, and remember what it said."""
        old = {name: plain(getattr(row, name)) for name in values}
        new = {name: plain(value) for name, value in values.items()}
        if old == new:
            return
        type(row)._default_manager.filter(pk=row.pk).update(**values)
        self._keep(MoveKind.CHANGED, row, "", old, new)

    def save(self) -> None:
        """Keep the moves, each with the print of its row as it is now."""
        rows: dict[str, set[str]] = {}
        for move in self.moves:
            rows.setdefault(move.model, set()).add(move.row)
        for label, keys in rows.items():
            model = next(link.model for link in links() if link.label == label) if label != "persons.Person" else Person
            prints = prints_of(model, keys)
            for move in self.moves:
                if move.model == label:
                    move.print = prints.get(move.row, "")
        Move.objects.bulk_create(self.moves, batch_size=1000)

    def _link(self, link: Link) -> None:
        left = {row.pk for row in self._same(link)}
        changed: dict[Any, tuple[dict[str, Any], dict[str, Any]]] = {}
        for row in clashing(link, self.gone, self.kept):
            if row.pk in left:
                continue
            values = self._settled(link, row)
            if values is None:
                left.add(row.pk)
                continue
            changed[row.pk] = {name: plain(getattr(row, name)) for name in values}, values
            type(row)._default_manager.filter(pk=row.pk).update(**values)
        for pk in left:
            self._keep_row(MoveKind.STAYED if link.rule.clash != "drop" else MoveKind.DROPPED, link, pk)
        moving = link.of(self.gone.pk).exclude(pk__in=left)
        if link.model is Relationship:
            moving = moving.exclude(person=self.kept.pk).exclude(other=self.kept.pk)
        for pk, labels in moving.values_list("pk", _labels(link.model)):
            old, values = changed.get(pk, ({}, {}))
            new = {name: plain(value) for name, value in values.items()}
            self.moves.append(self._move(MoveKind.MOVED, link.label, pk, link.field, old, new, labels or 0))
        target: Any = self.kept.pk
        moving.update(**{link.field: target})

    def _same(self, link: Link) -> Iterable[models.Model]:
        """Rows of *gone* that say what a row of *kept* says: they stay where they are."""
        if link.model is PersonName:
            return self._alike(link, NAME_PARTS)
        if link.model is Address:
            return self._alike(link, PLACE_PARTS)
        if link.model is not ContactPoint:
            return []
        there = {
            (point.kind == "email", point.key): point for point in ContactPoint.objects.filter(person=self.kept.pk)
        }
        found = []
        for point in link.of(self.gone.pk):
            twin = there.get((point.kind == "email", point.key))
            if twin and (twin.ends_on is None or point.ends_on is not None):
                self._more_careful(twin, point)
                found.append(point)
        return found

    def _alike(self, link: Link, parts: Iterable[str]) -> list[models.Model]:
        there = {tuple(str(getattr(row, part)).casefold() for part in parts) for row in link.of(self.kept.pk)}
        return [row for row in link.of(self.gone.pk) if tuple(str(getattr(row, p)).casefold() for p in parts) in there]

    def _more_careful(self, point: ContactPoint, other: ContactPoint) -> None:
        """What is unsafe by one record is unsafe."""
        labels = point.labels | other.labels
        safe: dict[str, Any] = {name: getattr(point, name) and getattr(other, name) for name in SAFE}
        self.change(point, **safe, labels=labels, note=(point.note or other.note))

    def _settled(self, link: Link, row: Any) -> dict[str, Any] | None:
        """What *row* must say to hang on *kept*; None: it does not move."""
        today = self.by.today
        if link.rule.clash == "close":
            return {"ends_on": max(today, row.starts_on) if row.starts_on else today}
        if link.rule.clash == "former":
            return {"kind": "former"}
        return {"first_choice": False} if link.rule.clash == "second" else None

    def _keep_row(self, kind: str, link: Link, pk: Any) -> None:
        row = link.model._default_manager.get(pk=pk)
        self._keep(kind, row, link.field, values_of(row) if kind == MoveKind.DROPPED else {}, {})
        if kind == MoveKind.DROPPED:
            row.delete()

    def _keep(self, kind: str, row: models.Model, field: str, old: dict[str, Any], new: dict[str, Any]) -> None:
        self.moves.append(self._move(kind, row._meta.label, row.pk, field, old, new, getattr(row, "labels", 0)))

    def _move(self, kind: str, model: str, pk: Any, field: str, old: Any, new: Any, labels: int) -> Move:
        merge = self.merge
        return Move(merge=merge, kind=kind, model=model, row=str(pk), field=field, old=old, new=new, labels=labels)


def clashing(link: Link, gone: Person, kept: Person) -> list[Any]:
    """The rows of *gone* that may not hang on *kept* as they are: a unique constraint is in the way. One query each."""
    found: dict[Any, Any] = {}
    for constraint in link.model._meta.constraints:
        if not isinstance(constraint, UniqueConstraint) or link.field not in constraint.fields:
            continue
        others = [name for name in constraint.fields if name != link.field]
        rows = link.of(gone.pk).filter(constraint.condition or Q())
        same = {name: OuterRef(name) for name in others}
        there = link.of(kept.pk).filter(constraint.condition or Q()).filter(**same)
        found |= {row.pk: row for row in rows.filter(Exists(there))}
    if link.model is Relationship:
        return [row for row in found.values() if {row.person_id, row.other_id} != {gone.pk, kept.pk}]
    return list(found.values())


def _labels(model: type[models.Model]) -> Any:
    """The column of labels; a zero where there is none."""
    named = any(field.name == "labels" for field in model._meta.concrete_fields)
    return models.F("labels") if named else models.Value(0)


def put_back(move: Move, model: type[models.Model], to: Any) -> None:
    """Row and fields of *move* as they were."""
    values = {name: read(model, name, value) for name, value in move.old.items()}
    if move.kind == MoveKind.DROPPED:
        model(**values).save(force_insert=True)
        return
    if move.field and move.kind == MoveKind.MOVED:
        values[move.field] = to
    rows: QuerySet[Any] = model._default_manager.filter(pk=move.row)
    rows.update(**values)
