"""Whatever can say something sensitive about a client has labels of its own, or hangs whole on a row that has."""

import pytest
from django.apps import apps
from django.db.models import CharField, ForeignKey, JSONField, Model, OneToOneField, TextField

from goldthread.people.persons.models import Person

pytestmark = pytest.mark.both
COVERED_BY_THE_PERSON = {
    "persons.PersonName": "shown and found under the person's own labels",
    "persons.NamePosting": "keys of the search; what is found passes the gate, labels and all",
    "episodes.EpisodeMember": "read on the card of its episode, which has labels",
    "access.BreakGlass": "read by reviewers only",
    "imports.Finding": "reasons and signs of rows of a file, read by who brings it; gone when it has come in",
    "access.Block": "read by whoever sets blocks only",
}
"""Models about a client that need no column of their own, and why."""


def about_a_client() -> list[type[Model]]:
    """Models with a foreign key to a person and room for words."""
    found = []
    for model in apps.get_models():
        fields = model._meta.get_fields()
        if not model.__module__.startswith("goldthread."):
            continue
        points = any(isinstance(f, (ForeignKey, OneToOneField)) and f.related_model is Person for f in fields)
        if points and any(isinstance(f, (CharField, TextField, JSONField)) for f in fields):
            found.append(model)
    return found


def test_every_model_about_a_client_has_labels_or_a_reason() -> None:
    without = [
        model._meta.label
        for model in about_a_client()
        if "labels" not in {field.name for field in model._meta.get_fields()}
        and model._meta.label not in COVERED_BY_THE_PERSON
    ]
    assert without == []
