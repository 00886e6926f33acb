"""Sensitivity labels are set here and nowhere else."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import ALL_LABELS, NOTES_ONLY
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.models import Person


@transaction.atomic
def set_labels(*, person: Person, version_seen: int, labels: int, by: Actor) -> Person:
    """Label the whole record with *labels* (bits of Label).

    DomainError: a label that is for notes alone. Raises EditConflict; ValueError for unknown bits.
    """
    if labels & ~int(ALL_LABELS):
        raise ValueError("unknown labels")
    check_for_records(labels)
    edit = Edit(person.pk, by, "labels")
    mine = edit.check_conflicts(edit.person, {"labels": int(labels)}, version_seen, row=None)
    edit.apply(edit.person, mine)
    edit.done("labelled")
    return edit.person


def check_for_records(labels: int) -> None:
    """DomainError when *labels* hold one that is for notes alone: nobody could see what it is put on."""
    if labels & NOTES_ONLY:
        raise DomainError(
            _("“Psychotherapy notes” is a label for notes. On a record it would hide the record from everybody."),
            "labels",
        )
