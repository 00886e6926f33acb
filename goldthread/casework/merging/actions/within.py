"""Ids of people inside JSON, which no foreign key knows of. Every JSON column was looked at (ADR 0059); these three need it:

- a note says of each goal and service whose plan it is of. That is told again from the plan itself, which has moved by then; so an
  undo needs no memory of it;
- a draft holds what was typed, and the fields of a group's note are named for its members;
- an open inquiry of a household says who each of its members is.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from goldthread.casework.merging.actions.moving import Mover
from goldthread.casework.record.models import Draft
from goldthread.foundation.lib.bulk import update_rows

SAID = ("goals", "monitoring")
"""Of a contact: a list of goals; answers, with a list of ``services``."""


def whose_plans(people: Collection[UUID]) -> None:
    """In the notes of *people*: whose each goal and service is. Four queries."""
    Contact, Goal, Service = (
        apps.get_model(name) for name in ("contacts.Contact", "plans.Goal", "plans.PlannedService")
    )
    present = apps.get_model("contacts.ContactPerson")._default_manager.filter(person__in=people).values("contact")
    notes = [one for one in Contact._default_manager.filter(pk__in=present) if any(_lines(one))]
    ids = {line["id"] for note in notes for line in _lines(note)}
    owners: dict[str, str] = {}
    for rows in (
        Goal._default_manager.filter(pk__in=ids).values_list("pk", "person"),
        Service._default_manager.filter(pk__in=ids).values_list("pk", "plan__person"),
    ):
        owners |= {str(pk): str(person) for pk, person in rows}
    known = {str(one) for one in people}
    changed = [note for note in notes if _told_again(note, owners, known)]
    if changed:
        update_rows(changed, SAID)


def _lines(note: Any) -> Iterator[dict[str, Any]]:
    """What *note* says of goals and services of a plan."""
    for line in [*note.goals, *note.monitoring.get("services", [])]:
        if "id" in line and "person" in line:
            yield line


def _told_again(note: Any, owners: dict[str, str], known: set[str]) -> bool:
    wrong = [
        one for one in _lines(note) if one["person"] in known and owners.get(one["id"], one["person"]) != one["person"]
    ]
    for line in wrong:
        line["person"] = owners[line["id"]]
    return bool(wrong)


def drafts_of(mover: Mover) -> None:
    """Drafts that name the one who is gone, in what was typed or in the names of fields, name the one who is kept."""
    for draft in Draft.objects.filter(Q(person=mover.kept.pk) | Q(person__isnull=True)).order_by("pk"):
        content = _renamed(draft.content, mover.gone.pk, mover.kept.pk)
        if content != draft.content:
            mover.change(draft, content=content)


def members_of(mover: Mover) -> None:
    """Open inquiries of households in which the one who is gone is a member name the one who is kept; where that one is among them
    already, it is asked again who the other is."""
    Inquiry = apps.get_model("intake.Inquiry")
    gone, kept = str(mover.gone.pk), str(mover.kept.pk)
    for row in Inquiry._default_manager.filter(state="open", said__icontains=gone).order_by("pk"):
        there = kept in row.said.values() or row.client_id == mover.kept.pk
        said = {name: kept if value == gone else value for name, value in row.said.items()}
        if there:
            said = {name: value for name, value in row.said.items() if value != gone}
        mover.change(row, said=said)


def _renamed(content: Any, gone: UUID, kept: UUID) -> Any:
    said = json.dumps(content)
    for one, other in _spellings(gone, kept):
        said = said.replace(one, other)
    return json.loads(said)


def _spellings(gone: UUID, kept: UUID) -> Iterable[tuple[str, str]]:
    return (str(gone), str(kept)), (gone.hex, kept.hex)
