"""People made by the room's own actions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.models import Person


@dataclass
class Reach:
    persons: QuerySet[Person]
    small: bool


def everybody(small: bool) -> Reach:
    return Reach(Person.objects.filter(client_number__isnull=False), small)


def a_client(by: Actor, given: str = "Dana", family: str = "Whitfield", **more: Any) -> Person:
    names = [{"kind": "legal", "given": given, "family": family}, *more.pop("names", [])]
    return create_person(by=by, names_given=names, client=True, **more)
