"""A signed note in the reader's words, for its page and for print."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.enums import ACTIVITIES, MODES, PLACES, ROLES, Barrier, Furnished, Went
from goldthread.casework.contacts.models import Addendum, ChecklistAnswers, Contact, ContactPerson
from goldthread.casework.contacts.rules.checklists import NO, NOT_SEEN, YES, checklists
from goldthread.casework.contacts.rules.toward import of_person
from goldthread.casework.plans.toward import thread_rows
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Activity, Mode, Place, Seen
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person

ANSWERED = {YES: _("Yes"), NO: _("No"), NOT_SEEN: _("Not seen")}


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal that the contact served. *url*: its row of the thread, where it is one of the plan."""

    words: str
    went: StrOrPromise
    note: str = ""
    values: list[tuple[str, str]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What the page shows of a contact on one client's page: the parts of others who were served are left out."""

    contact: Contact
    title: str
    way: StrOrPromise
    people: list[str]
    more_clients: int
    own_part: str
    activities: list[tuple[StrOrPromise, int]]
    goals: list[GoalLine]
    barriers: list[StrOrPromise]
    monitoring: dict[str, StrOrPromise]
    services: list[str]
    checklists: list[dict[str, Any]]
    addenda: list[Addendum]

    @classmethod
    def of(cls, viewer: Viewer, client: Person, contact: Contact) -> "Note":
        """The note *contact* as it stands on the page of *client*. Six queries."""
        rows = list(contact.people.select_related("person").order_by("-client", "pk"))
        people, more = _people(viewer, client, rows)
        own = next((row.own_part for row in rows if row.client and row.person_id == client.pk), "")
        minutes = {row.activity: row.minutes for row in contact.activities.all()}
        return cls(
            contact=contact,
            title=title_of(contact),
            way=way_of(contact.mode, contact.place),
            people=people,
            more_clients=more,
            own_part=own,
            activities=[(ACTIVITIES[one], minutes[one.value]) for one in Activity if one.value in minutes],
            goals=_goals(contact, client),
            barriers=[Barrier(word).label for word in contact.barriers],
            monitoring=_monitoring(contact.monitoring),
            services=[one["words"] for one in of_person(contact.monitoring.get("services", []), client.pk)],
            checklists=[_checklist(one) for one in contact.checklists.all()],
            addenda=list(contact.addenda.filter(person=client).select_related("staff").order_by("at", "pk")),
        )


def title_of(contact: Contact) -> str:
    """The program's word for this kind of contact, else the way."""
    if contact.kind and contact.episode:
        template = template_on(contact.episode.program, contact.happened_on)
        for kind in template.contact_kinds:
            if kind.key == contact.kind:
                return spoken(kind.title)
    return str(way_of(contact.mode, contact.place))


def way_of(mode: str, place: str) -> StrOrPromise:
    """How and where in a word: the place of a visit, else the way."""
    return PLACES[Place(place)] if place else MODES[Mode(mode)]


def others_of(viewer: Viewer, contact: Contact) -> list[str]:
    """Who was there besides the clients, by name, as far as this viewer may name them."""
    rows = [row for row in contact.people.all() if not row.client and row.present]
    hidden = gate.unnamable(viewer, [row.person for row in rows if row.person])
    return [_name(row) for row in rows if row.person_id not in hidden]


def _people(viewer: Viewer, client: Person, rows: list[ContactPerson]) -> tuple[list[str], int]:
    """Who was there, by name; other clients only when the viewer may find them, else as a number."""
    others = [row.person_id for row in rows if row.client and row.person_id and row.person_id != client.pk]
    findable = (
        set(gate.clients(viewer, Act.FIND).filter(pk__in=others).values_list("pk", flat=True)) if others else set()
    )
    hidden = gate.unnamable(viewer, [row.person for row in rows if row.person and not row.client])
    names, more = [], 0
    for row in rows:
        if not row.present:
            continue
        if row.client and row.person_id != client.pk and row.person_id not in findable:
            more += 1
        elif row.person_id not in hidden:
            names.append(_name(row))
    return names, more


def _name(row: ContactPerson) -> str:
    name = row.person.display_name if row.person else row.name
    if row.client or row.role == Seen.OTHER:
        return name
    return f"{name} ({str(ROLES[Seen(row.role)]).lower()})"


def _goals(contact: Contact, client: Person) -> list[GoalLine]:
    """Those that may be told on the page of *client*, in the order of the plan. One query where there are any of a plan."""
    kept = of_person(contact.goals, client.pk)
    rows = thread_rows([UUID(goal["id"]) for goal in kept if "id" in goal])
    thread = f"{reverse('clients:brief', args=[client.pk])}thread/"
    return [
        GoalLine(
            words=goal["words"],
            went=Went(goal["went"]).label,
            note=goal.get("note", ""),
            values=[(one["words"], one["value"]) for one in goal.get("values", [])],
            steps=[step["words"] for step in goal.get("steps", [])],
            url=f"{thread}#{rows.get(goal['id'], '')}" if "id" in goal else "",
        )
        for goal in kept
    ]


def _monitoring(said: dict[str, Any]) -> dict[str, StrOrPromise]:
    labels = dict(Furnished.choices)
    told = {name: value for name, value in said.items() if isinstance(value, str)}
    return {name: value if name == "note" else labels.get(value, value) for name, value in told.items()}


def _checklist(row: ChecklistAnswers) -> dict[str, Any]:
    found = checklists().get(row.checklist)
    items = []
    for key, said in row.answers.items():
        item = found.item(key) if found else None
        shown = {"answer": ANSWERED.get(said["answer"], ""), "note": said["note"], "bad": said["answer"] == NO}
        items.append({"words": str(item.words) if item else key, **shown})
    return {"title": str(found.title) if found else row.checklist, "items": items}
