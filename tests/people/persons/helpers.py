"""People made by the room's own actions."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.db.models import QuerySet

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.models import Change, Person


class Clients:
    """The shape of a reach that is every client."""

    def left_open(self) -> QuerySet[Person]:
        return Person.objects.filter(client_number__isnull=False)


CLIENTS = Clients()


@dataclass
class Reach:
    small: bool
    shape: Clients = CLIENTS
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def persons(self) -> QuerySet[Person]:
        return self.shape.left_open()


def everybody(small: bool) -> Reach:
    return Reach(small)


def a_client(by: Actor, given: str = "Dana", family: str = "Whitfield", **more: Any) -> Person:
    names = [{"kind": "legal", "given": given, "family": family}, *more.pop("names", [])]
    return create_person(by=by, names_given=names, client=True, **more)


def refused(field: str | None, call: Any, **arguments: Any) -> None:
    """*call* is refused with a message at *field*, and changes nothing."""
    before = Change.objects.count()
    with pytest.raises(DomainError) as caught, transaction.atomic():
        call(**arguments)
    assert caught.value.field == field
    assert Change.objects.count() == before
