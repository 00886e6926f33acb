"""Sensitivity labels are set here and nowhere else."""

from django.db import transaction

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.models import Person


@transaction.atomic
def set_labels(*, person: Person, version_seen: int, labels: int, by: Actor) -> Person:
    """Label the whole record with *labels* (bits of Label). Raises EditConflict; ValueError for unknown bits."""
    if labels & ~int(ALL_LABELS):
        raise ValueError("unknown labels")
    edit = Edit(person.pk, by, "labels")
    mine = edit.check_conflicts(edit.person, {"labels": int(labels)}, version_seen, row=None)
    edit.apply(edit.person, mine)
    edit.done("labelled")
    return edit.person
