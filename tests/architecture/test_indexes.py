"""What a row is found by is kept once: an index that another begins with costs each write and finds nothing more (ADR 0089)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import ForeignKey, Model, UniqueConstraint

from goldthread.casework.contacts.models import Contact
from goldthread.foundation.lib.doubled_index import DropOwnIndex


def _keys() -> Iterator[tuple[type[Model], Any]]:
    """Foreign keys that say no more than which row is meant: of one that is unique the index keeps it so."""
    for model in apps.get_models():
        if model.__module__.startswith("goldthread."):
            yield from (
                (model, key) for key in model._meta.local_fields if isinstance(key, ForeignKey) and not key.unique
            )


def _begun_with(model: type[Model]) -> set[str]:
    """Fields that an index over all rows begins with, in the order of the index."""
    indexes = [index.fields_orders[0][0] for index in model._meta.indexes if index.fields and not index.condition]
    unique = [one.fields[0] for one in model._meta.constraints if _over_all_rows(one)]
    return {*indexes, *unique}


def _over_all_rows(constraint: Any) -> bool:
    return isinstance(constraint, UniqueConstraint) and bool(constraint.fields) and not constraint.condition


def test_no_foreign_key_has_an_index_that_another_begins_with() -> None:
    doubled = [
        f"{model._meta.label}.{key.name}" for model, key in _keys() if key.db_index and key.name in _begun_with(model)
    ]
    assert doubled == [], 'these want "db_index=False", and DropOwnIndex in their migration'


def test_every_foreign_key_is_still_found_by_an_index() -> None:
    """But for those of a task: only open ones are looked for by who has or asked for them, and staff and teams are not deleted."""
    without = {
        f"{model._meta.label}.{key.name}"
        for model, key in _keys()
        if not key.db_index and key.name not in _begun_with(model)
    }
    assert without == {
        "tasks.Task.asked_by",
        "tasks.Task.owner",
        "tasks.Task.team",
    }


@pytest.mark.both
@pytest.mark.django_db
def test_the_tables_have_what_the_models_say() -> None:
    """An index of the key's own is one over its column alone that the model does not name."""
    left = []
    with connection.cursor() as cursor:
        for model, key in _keys():
            if key.db_index:
                continue
            named = {index.name for index in model._meta.indexes}
            kept = connection.introspection.get_constraints(cursor, model._meta.db_table)
            left += [
                name for name, one in kept.items() if one["columns"] == [key.column] and _own(one) and name not in named
            ]
    assert left == []


def _own(constraint: dict[str, Any]) -> bool:
    return bool(constraint["index"]) and not constraint["unique"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_step_can_be_taken_back_and_forth() -> None:
    before = MigrationLoader(connection).project_state([("contacts", "0004_concerns_tried_before")])
    after = before.clone()
    step = DropOwnIndex("Contact", "person", "staff")
    step.state_forwards("contacts", after)
    assert [after.models["contacts", "contact"].fields[name].db_index for name in ("person", "staff")] == [False, False]
    with connection.schema_editor() as editor:
        step.database_backwards("contacts", editor, after, before)
    assert _of_contacts(("person_id",)) == 1
    assert _of_contacts(("staff_id",)) == 1
    with connection.schema_editor() as editor:
        step.database_forwards("contacts", editor, before, after)
    assert _of_contacts(("person_id",)) == 0
    assert _of_contacts(("staff_id",)) == 0
    assert "contacts_by_person" in _names_of_contacts()


def _of_contacts(columns: tuple[str, ...]) -> int:
    return sum(tuple(one["columns"]) == columns and _own(one) for one in _constraints().values())


def _names_of_contacts() -> set[str]:
    return set(_constraints())


def _constraints() -> dict[str, Any]:
    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, Contact._meta.db_table)
