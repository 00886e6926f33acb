"""One client with a canary in every field, and workers who stand to them in one relation each."""

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone
from PIL import Image

from goldthread.access.models import Block, BreakGlass
from goldthread.casework.caseload.models import Cover
from goldthread.casework.contacts.actions.concerns import raise_concern
from goldthread.casework.contacts.models import Contact, ContactPerson
from goldthread.casework.documents.models import Document
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.needs.models import Need
from goldthread.casework.record.actions import write_entry
from goldthread.casework.schedule.models import Appointment, AppointmentWorker
from goldthread.casework.skills.models import SkillStep
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import keep_document, keep_image
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.actions.identifiers import make_identifier
from goldthread.people.persons.actions.index import names_of, reindex, shown_as
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind, NameKind
from goldthread.people.persons.models import (
    Address,
    Alert,
    Change,
    ContactPoint,
    Household,
    HouseholdMember,
    Identifier,
    Person,
    PersonName,
    Relationship,
)
from tests.access.doors_of_their_own import bind, block, glass, staff_with
from tests.access.from_a_file import a_file, a_file_that_came, brought_along
from tests.access.left import left_before
from tests.access.planned import assessed, instrument, planned
from tests.clock import agency_today
from tests.factories import (
    LONG_AGO,
    AgencyFactory,
    AssignmentFactory,
    PersonFactory,
    StaffFactory,
    TeamFactory,
)

RELATIONS = ("none", "caseload", "cover", "team", "supervisor_of", "site", "glass")
CANARIES = {
    "name": "Qanaryfamily",
    "preferred": "Qanarypreferred",
    "phone": "555-0177-31",
    "street": "17 Qanarystreet",
    "note": "qanarynote",
    "safe": "99 Qanarysafe",
    "alert": "Qanaryalert",
    "number": "7310177",
    "former": "Qanaryformer",
    "whole": "QN-5512-8046",
    "kin": "Qanarykin",
    "kinnote": "qanarybond",
    "home": "Qanaryhousehold",
    "change": "qanarychange",
    "dvalert": "Hiddenqanaryalert",
    "dvphone": "555-0177-99",
    "dvkin": "Hiddenqanarykin",
    "dvchange": "hiddenqanarychange",
    "narrative": "qanarynarrative",
    "dvnarrative": "hiddenqanarynarrative",
    "answer": "qanaryanswer",
    "dvanswer": "hiddenqanaryanswer",
    "report": "qanarysuspicion",
    "place": "qanaryplace",
    "dvplace": "hiddenqanaryplace",
    "todo": "Qanarytask",
    "dvtodo": "Hiddenqanarytask",
    "concern": "qanaryconcern",
    "wish": "qanarywish",
    "fact": "qanaryfact",
    "dvfact": "hiddenqanaryfact",
    "need": "qanaryneed",
    "dvneed": "hiddenqanaryneed",
    "skill": "qanaryskill",
    "dvskill": "hiddenqanaryskill",
    "document": "qanarydocument",
    "dvdocument": "hiddenqanarydocument",
    "brought": "qanarybrought",
    "after": "qanaryafter",
    "sent": "qanarysent",
    "dvbrought": "hiddenqanarybrought",
}
UNDER_LABEL = {
    "safe",
    "dvalert",
    "dvphone",
    "dvkin",
    "dvchange",
    "dvnarrative",
    "dvtodo",
    "dvbrought",
    "dvplace",
    "dvfact",
    "dvneed",
    "dvskill",
    "dvdocument",
}
"""Those that stand in rows labelled domestic violence."""
BACKEND = "goldthread.doors.web.account.backend.StaffBackend"


@dataclass
class World:
    """The client, whoever works with them, what hangs on them."""

    client: Person
    worker: Staff
    team: Team
    block: Block
    glass: BreakGlass
    now: datetime
    rows: dict[str, Any]

    def staff(self, role: Role, relation: str) -> Staff:
        """A member of staff with *role* who stands to the client in *relation* and in no other.

        Also ``blocked`` (one of their caseload), and several at once: ``cover+site``.
        """
        staff = staff_with(role)
        bind(self, staff, role, relation)
        return staff


def make_world() -> World:
    """Today, by the real clock: the pages read it."""
    AgencyFactory()
    now = timezone.now()
    person = PersonFactory(given="Dana", family=CANARIES["name"], client_number=int(CANARIES["number"]))
    PersonName.objects.create(
        person=person, kind=NameKind.PREFERRED, given=CANARIES["preferred"], family=CANARIES["name"]
    )
    team = TeamFactory()
    worker = StaffFactory(team=team)
    rows = _rows(person, now)
    _found_by_name_and_with_photo(person, now)
    rows |= {"work": AssignmentFactory(client=person, staff=worker, team=team)}
    rows |= _in_a_program(person, worker, team, now)
    by = Actor(at=now, today=agency_today(), staff=worker.pk)
    record(by=by, action="client.read", kind="person", object_id=person.pk, client=person.pk)
    rows |= {"signed": _signed(person, worker, now, "narrative")}
    rows |= left_before(person, worker, rows["episode"].program, now, CANARIES["after"], CANARIES["sent"])
    rows |= {"program": rows["episode"].program, "report": _reported(person, now)}
    rows |= {"todo": _to_do(person, worker, "todo", by)}
    _to_do(person, worker, "dvtodo", by, labels=Label.DOMESTIC_VIOLENCE)
    _signed(person, worker, now, "dvnarrative", labels=Label.DOMESTIC_VIOLENCE)
    waiting = _signed(person, worker, now, "narrative")
    Contact.objects.filter(pk=waiting.pk).update(state="waiting")
    rows |= {
        "concern": raise_concern(
            person=person, episode=None, about=CANARIES["concern"], what="Late", raised_on=by.today, by=by
        )
    }
    rows |= {"visit": _appointment(person, worker, now, "place")}
    rows |= {"run": a_file(by)}
    run = a_file_that_came(by)
    brought_along(run, person, 2, CANARIES["brought"])
    brought_along(run, person, 3, CANARIES["dvbrought"], labels=Label.DOMESTIC_VIOLENCE)
    asked = instrument(now)
    rows |= {"version": asked, "assessed": assessed(person, worker, asked, now, CANARIES["answer"])}
    rows |= {"asking": assessed(person, worker, asked, now, CANARIES["answer"], signed=False)}
    assessed(person, worker, asked, now, CANARIES["dvanswer"], labels=Label.DOMESTIC_VIOLENCE)
    rows |= planned(rows["episode"], person, worker, now, CANARIES["wish"])
    _appointment(person, worker, now, "dvplace", labels=Label.DOMESTIC_VIOLENCE)
    rows |= {"circle": _circle(person, worker, now)}
    rows |= _known(person, worker, now, "")
    _known(person, worker, now, "dv", labels=Label.DOMESTIC_VIOLENCE)
    blocked = block(person, StaffFactory(), now)
    return World(person, worker, team, blocked, glass(person, StaffFactory(), now), now, rows)


def _appointment(person: Person, staff: Staff, now: datetime, canary: str, labels: int = 0) -> Appointment:
    """A visit that has begun."""
    begun, over = now - timedelta(hours=3), now - timedelta(hours=2)
    row = Appointment.objects.create(
        client=person,
        kind="visit",
        place=CANARIES[canary],
        starts_at=begun,
        ends_at=over,
        zone="America/New_York",
        labels=labels,
        made_at=now,
        changed_at=now,
    )
    AppointmentWorker.objects.create(appointment=row, staff=staff, starts_at=begun)
    return row


def _circle(person: Person, staff: Staff, now: datetime) -> Appointment:
    """A group that has begun: the client, and somebody with whom nobody here works; its id is that of the client's row."""
    row, other = (_appointment(one, staff, now, "place") for one in (person, PersonFactory()))
    Appointment.objects.filter(pk__in=[row.pk, other.pk]).update(group=row.pk)
    return row


def _signed(person: Person, staff: Staff, now: datetime, canary: str, labels: int = 0) -> Contact:
    """A signed note and its entry."""
    contact = Contact.objects.create(
        person=person,
        staff=staff,
        mode="phone",
        happened_on=agency_today(),
        started_at=now - timedelta(hours=2),
        ended_at=now - timedelta(hours=1),
        minutes=60,
        narrative=CANARIES[canary],
        signed_at=now,
        labels=labels,
    )
    ContactPerson.objects.create(contact=contact, person=person, role="client", client=True, labels=labels)
    write_entry(
        kind="contact",
        person=person,
        episode=None,
        happened_at=contact.started_at,
        labels=labels,
        source_kind="contact",
        source_id=contact.pk,
        text=contact.narrative,
        by=Actor(at=now, today=agency_today(), staff=staff.pk),
    )
    return contact


def _known(person: Person, staff: Staff, now: datetime, which: str, labels: int = 0) -> dict[str, Any]:
    """A fact, a need, a skill that was seen, and a document."""
    said = {"said_by": "client", "said_on": agency_today(), "recorded_at": now}
    raised = {"raised_on": agency_today(), "raised_by": staff, "raised_at": now, "domain": "housing"}
    seen = {"skill": "money", "level": 2, "on": agency_today(), "recorded_at": now, "staff": staff}
    legal = {"status": "custody", "who": CANARIES[f"{which}fact"]}
    return {
        "fact": Fact.objects.create(person=person, kind="legal", value=legal, labels=labels, **said),
        "need": Need.objects.create(person=person, words=CANARIES[f"{which}need"], labels=labels, **raised),
        "skill": SkillStep.objects.create(person=person, evidence=CANARIES[f"{which}skill"], labels=labels, **seen),
        "document": _document(person, staff, now, CANARIES[f"{which}document"], labels),
    }


def _document(person: Person, staff: Staff, now: datetime, words: str, labels: int) -> Document:
    by = Actor(at=now, today=agency_today(), staff=staff.pk)
    document = Document.objects.create(person=person, kind="identification", title=words, labels=labels)
    kept = keep_document(clean=Clean(words.encode(), "text/plain; charset=utf-8"), by=by)
    document.versions.create(number=1, file=kept, expires_on=agency_today(), added_at=now, added_by=staff)
    return document


def _to_do(person: Person, owner: Staff, canary: str, by: Actor, labels: int = 0) -> Task:
    return make_task(title=CANARIES[canary], client=person, owner=owner, due_on=by.today, labels=labels, by=by)


def _reported(person: Person, now: datetime) -> MandatedReport:
    """A mandated report of a worker who has no other bond to the client."""
    return MandatedReport.objects.create(
        client=person,
        population="elder",
        state="NY",
        seen=CANARIES["report"],
        suspected_at=now,
        reporter=StaffFactory(),
        oral_due_at=now,
        written_due_at=now + timedelta(hours=24),
        internal_due_at=now + timedelta(hours=24),
        made_at=now,
    )


def _rows(person: Person, now: datetime) -> dict[str, Any]:
    """What hangs on the client, open and under a label; by the names that urls.csv uses."""
    hidden = Label.DOMESTIC_VIOLENCE
    PersonName.objects.create(person=person, kind=NameKind.FORMER, given="Dana", family=CANARIES["former"])
    reach = {"key": "137710555", "note": CANARIES["note"], "first_choice": True}
    ContactPoint.objects.create(
        person=person, kind=ContactKind.MOBILE, value=CANARIES["dvphone"], key="997710555", labels=hidden
    )
    Alert.objects.create(
        person=person, kind=AlertKind.SAFETY, short=CANARIES["dvalert"], review_on=date(2030, 1, 1), labels=hidden
    )
    kin = PersonFactory(given="Ari", family=CANARIES["kin"], client_number=None)
    dvkin = PersonFactory(given="Bo", family=CANARIES["dvkin"], client_number=None, labels=hidden)
    _tie(person, dvkin, labels=hidden)
    home = Household.objects.create(name=CANARIES["home"])
    HouseholdMember.objects.create(household=home, person=dvkin)
    for old, labels in ((CANARIES["change"], 0), (CANARIES["dvchange"], hidden)):
        Change.objects.create(
            person=person, section="addresses", field="line1", old=old, new="-", at=now, version=1, labels=labels
        )
    return {
        "called": person.names.get(kind=NameKind.PREFERRED),
        "phone": ContactPoint.objects.create(person=person, kind=ContactKind.MOBILE, value=CANARIES["phone"], **reach),
        "home": Address.objects.create(person=person, kind=AddressKind.CURRENT, line1=CANARIES["street"]),
        "safe": Address.objects.create(person=person, kind=AddressKind.SAFE, line1=CANARIES["safe"], labels=hidden),
        "alert": Alert.objects.create(
            person=person, kind=AlertKind.DOG, short=CANARIES["alert"], review_on=date(2030, 1, 1)
        ),
        "number": _identifier(person),
        "kinname": kin.names.get(),
        "kin": _tie(person, kin, note=CANARIES["kinnote"]),
        "place": HouseholdMember.objects.create(household=home, person=person, is_head=True),
    }


def _in_a_program(person: Person, worker: Staff, team: Team, now: datetime) -> dict[str, Any]:
    """An episode without labels, handed over to the worker by another; and days away of the worker."""
    program = open_program(
        key="housing",
        name="Housing help",
        template=shipped()["mental-health-tcm"],
        template_key="mental-health-tcm",
        team=None,
        opened_on=LONG_AGO,
        by=Actor(at=now, today=agency_today()),
    )
    episode = Episode.objects.create(program=program, person=person, enrolled_on=LONG_AGO, enrolled_at=now)
    EpisodeMember.objects.create(episode=episode, person=person, starts_on=LONG_AGO)
    given = AssignmentFactory(client=person, staff=StaffFactory(), team=team, episode=episode, ends_on=LONG_AGO)
    taken = AssignmentFactory(client=person, staff=worker, team=team, episode=episode, follows=given)
    days = {"starts_on": agency_today(), "ends_on": agency_today() + timedelta(days=2), "made_at": now}
    cover = Cover.objects.create(absent=worker, colleague=StaffFactory(), **days)
    home = Household.objects.create(name="Home")
    together = Episode.objects.create(program=program, household=home, enrolled_on=LONG_AGO, enrolled_at=now)
    for one in (person, PersonFactory()):
        EpisodeMember.objects.create(episode=together, person=one, starts_on=LONG_AGO)
    return {"episode": episode, "together": together, "taken": taken, "cover": cover}


def _found_by_name_and_with_photo(person: Person, now: datetime) -> None:
    shown_as(person, names_of(person.pk))
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    person.photo = keep_image(data=picture.getvalue(), by=Actor(at=now, today=agency_today()))
    person.save()
    reindex(person)


def _identifier(person: Person) -> Identifier:
    row = make_identifier({"kind": "medicaid", "person": person}, CANARIES["whole"])
    row.save(force_insert=True)
    return row


def _tie(person: Person, other: Person, note: str = "", labels: int = 0) -> Relationship:
    """Both sides, as the room keeps them."""
    pair = new_id()
    shared = {"pair": pair, "kind": "sibling", "note": note, "labels": labels}
    Relationship.objects.create(person=other, other=person, **shared)
    return Relationship.objects.create(person=person, other=other, **shared)


def browser(staff: Staff | None) -> Client:
    """A browser in which *staff* has just signed in (None: nobody)."""
    client = Client(raise_request_exception=True)
    if staff:
        client.force_login(staff.user, backend=BACKEND)
        session = client.session
        session["signed_in_at"] = session["seen_at"] = timezone.now().timestamp()
        session.save()
    return client
