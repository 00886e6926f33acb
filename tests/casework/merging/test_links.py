"""Nothing that hangs on a person is forgotten: whoever adds a link says what becomes of it when two records are made one."""

import pytest
from django.apps import apps
from django.db import models

from goldthread.casework.merging.actions.rows import BY_ID, links
from goldthread.casework.merging.rules import the_links

pytestmark = pytest.mark.both
AS_LOGGED = ("audit.Event.client", "persons.LikenessChange.person")
"""What is logged stays as it was logged; and whoever was changed is who is looked at again."""


def test_every_link_to_a_person_has_a_rule() -> None:
    found = {f"{link.label}.{link.field}" for link in links()}
    assert found - the_links().keys() == set(), "say in casework/merging/links.csv what becomes of it"
    assert the_links().keys() - found == set(), "links.csv speaks of links that are no more"


def test_every_rule_is_one_that_there_is() -> None:
    assert {rule.rule for rule in the_links().values()} == {"move", "stays", "index"}
    assert {rule.clash for rule in the_links().values()} == {"", "drop", "stay", "close", "former", "second", "refuse"}


def test_every_unique_constraint_on_a_link_says_how_a_clash_is_settled() -> None:
    for link in links():
        bound = any(
            isinstance(constraint, models.UniqueConstraint) and link.field in constraint.fields
            for constraint in link.model._meta.constraints
        )
        if bound and link.rule.rule == "move":
            assert link.rule.clash, f"{link.label}.{link.field}"


def test_every_other_column_that_is_named_for_a_person_was_looked_at() -> None:
    """A column of ids that is no foreign key and holds people belongs in BY_ID."""
    unknown = []
    for model in apps.get_models():
        if not model.__module__.startswith("goldthread."):
            continue
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            said = any(word in field.name for word in ("person", "client", "patient", "relative", "twin"))
            if isinstance(field, models.UUIDField) and said and name not in (*BY_ID, *AS_LOGGED):
                unknown.append(name)
    assert unknown == []
