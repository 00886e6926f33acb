"""Rows as a merge keeps them: their values as JSON, and a print by which it is seen later whether somebody changed them."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from goldthread.casework.merging.rules import Rule, the_links
from goldthread.people.persons.models import Person

BATCH = 500
BY_ID = ("workforce.Notice.about_person",)
"""Columns that hold a person's id without being a foreign key."""


@dataclass(frozen=True, slots=True)
class Link:
    """A column that points to a person, and what becomes of it."""

    model: type[models.Model]
    field: str
    rule: Rule

    @property
    def label(self) -> str:
        """``contacts.Contact``."""
        return self.model._meta.label

    def of(self, person: UUID) -> "models.QuerySet[Any]":
        """The rows that point to *person*."""
        return self.model._default_manager.filter(**{self.field: person})


def links() -> Iterator[Link]:
    """Every link to a person in the house. A new one moves along until somebody says otherwise in links.csv (a test asks)."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            if (isinstance(field, models.ForeignKey) and field.related_model is Person) or name in BY_ID:
                yield Link(model, field.name, the_links().get(name, Rule(name, "move", "")))


def prints_of(model: type[models.Model], rows: Collection[str]) -> dict[str, str]:
    """A print of each row of *model* by its key."""
    fields = [field.attname for field in model._meta.concrete_fields]
    found: dict[str, str] = {}
    for part in _parts(list(rows)):
        for values in model._default_manager.filter(pk__in=part).values_list("pk", *fields):
            words = json.dumps([plain(value) for value in values[1:]], sort_keys=True, default=str)
            found[str(values[0])] = sha256(words.encode()).hexdigest()
    return found


def values_of(row: models.Model) -> dict[str, Any]:
    """Every column of *row* as JSON."""
    return {field.attname: plain(field.value_from_object(row)) for field in row._meta.concrete_fields}


def read(model: type[models.Model], name: str, value: Any) -> Any:
    """A value that ``plain`` made, as the column *name* holds it."""
    field: Any = next(field for field in model._meta.concrete_fields if name in (field.name, field.attname))
    if value is None or isinstance(field, models.JSONField):
        return value
    return (field.target_field if isinstance(field, models.ForeignKey) else field).to_python(value)


def plain(value: Any) -> Any:
    """*value* as JSON holds it."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return value


def _parts(rows: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
