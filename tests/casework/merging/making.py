"""Two records with something in every room, and a picture of all that hangs on them."""

from datetime import date, time
from typing import Any

from django.db.models import Model

from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.merging.actions.merging import merge
from goldthread.casework.merging.actions.rows import links, values_of
from goldthread.casework.merging.models import Merge
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.addresses import add_address
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.actions.identifiers import add_identifier
from goldthread.people.persons.actions.names import add_name
from goldthread.people.persons.actions.reach import add_contact_point
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import ZONE, actor_of, episode_of, note
from tests.factories import AgencyFactory

MARIA = {"given": "Maria", "family": "Ortiz"}
BELL = {"given": "Maria", "family": "Bell"}
APART = frozenset({"version", "search_text", "sort_key"})


def client(by: Actor, name: dict[str, str], **values: Any) -> Person:
    made = create_person(by=by, names_given=[{"kind": "legal", **name}], values=values, client=True)
    return Person.objects.get(pk=made.pk)


def furnished(person: Person, staff: Staff, key: str = "mental-health-tcm") -> Episode:
    """Enrolled, seen, with a task, an address, a telephone and a number of their own."""
    by = actor_of(staff)
    if not Program.objects.filter(key=key).exists():
        template = shipped()["mental-health-tcm"]
        AgencyFactory()
        open_program(
            key=key, name=key, template=template, template_key=key, team=None, opened_on=date(2020, 1, 1), by=by
        )
    episode = episode_of(person, staff, key)
    hour = 7 + (person.client_number or 0) % 7
    signed(person, episode, by, start=time(hour), end=time(hour, 50))
    make_task(client=person, title="Ask for the birth certificate", owner=staff, due_on=date(2026, 12, 1), by=by)
    add_contact_point(person=person, values={"kind": "mobile", "value": "215 555 0142", "first_choice": True}, by=by)
    place = {"kind": "current", "line1": f"{len(person.display_name)} Larch Street", "starts_on": date(2026, 1, 5)}
    add_address(person=person, values=place, by=by)
    add_identifier(person=person, values={"kind": "mrn", "value": f"M{person.client_number}"}, by=by)
    add_name(person=person, values={"kind": "nickname", "given": "Mimi"}, by=by)
    return episode


def signed(person: Person, episode: Episode, by: Actor, **more: Any) -> Contact:
    """A note on *person* under *episode*, signed."""
    return sign(pk=new_id(), note=note(person, episode, **more), zone=ZONE, by=by)


def made_one(keep: Person, other: Person, by: Actor, **more: Any) -> Merge:
    keep, other = Person.objects.get(pk=keep.pk), Person.objects.get(pk=other.pk)
    said: dict[str, Any] = {"chosen": {}, "versions": (keep.version, other.version)} | more
    return merge(keep=keep, other=other, by=by, **said)


def picture(*persons: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row of every room that hangs on *persons*, and they themselves. Histories grow, so they are left out."""
    seen: dict[str, list[dict[str, Any]]] = {}
    for link in links():
        if link.label.startswith("merging.") or link.label in ("persons.Change", "persons.NamePosting"):
            continue
        for person in persons:
            seen[f"{link.label}.{link.field} {person.pk}"] = _rows(link.of(person.pk))
    for person in Person.objects.filter(pk__in=[one.pk for one in persons]):
        seen[str(person.pk)] = [_values(person)]
    return seen


def _rows(rows: Any) -> list[dict[str, Any]]:
    return sorted((_values(row) for row in rows), key=lambda row: str(sorted(row.items(), key=str)))


def _values(row: Model) -> dict[str, Any]:
    own = {"id"} if row._meta.label in ("persons.LikenessKey",) else set()
    return {name: value for name, value in values_of(row).items() if name not in APART | own}
