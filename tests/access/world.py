"""One client with a canary in every field, and workers who stand to them in one relation each."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.test import Client
from django.utils import timezone

from goldthread.access.models import Block, BreakGlass
from goldthread.casework.caseload.models import AssignmentKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.people.persons.enums import AddressKind, AlertKind, ContactKind, NameKind
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person, PersonName
from tests.factories import (
    LONG_AGO,
    AgencyFactory,
    AssignmentFactory,
    PersonFactory,
    SiteFactory,
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
}
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

    def staff(self, role: Role, relation: str) -> Staff:
        """A member of staff with *role* who stands to the client in *relation* (or ``blocked``) and in no other."""
        staff: Staff = StaffFactory(role=None if role == Role.PROGRAM_MANAGER else role)
        if relation in ("team", "supervisor_of"):
            supervises = relation == "supervisor_of"
            TeamMembership.objects.create(staff=staff, team=self.team, supervises=supervises, starts_on=LONG_AGO)
        if role == Role.PROGRAM_MANAGER:
            site = self.team.site if relation == "site" else SiteFactory()
            RoleAssignment.objects.create(staff=staff, role=role, site=site, starts_on=LONG_AGO)
        if relation in ("caseload", "blocked"):
            AssignmentFactory(client=self.client, staff=staff, kind=AssignmentKind.SECONDARY)
        if relation == "cover":
            AssignmentFactory(client=self.client, staff=staff, kind=AssignmentKind.COVER)
        if relation == "glass":
            _glass(self.client, staff, self.now)
        if relation == "blocked":
            _block(self.client, staff, self.now)
        return staff


def make_world() -> World:
    """Today, by the real clock: the pages read it."""
    AgencyFactory()
    now = timezone.now()
    person = PersonFactory(given="Dana", family=CANARIES["name"], client_number=int(CANARIES["number"]))
    PersonName.objects.create(person=person, kind=NameKind.PREFERRED, given=CANARIES["preferred"])
    reach = {"key": "137710555", "note": CANARIES["note"], "first_choice": True}
    ContactPoint.objects.create(person=person, kind=ContactKind.MOBILE, value=CANARIES["phone"], **reach)
    Address.objects.create(person=person, kind=AddressKind.CURRENT, line1=CANARIES["street"])
    hidden = Label.DOMESTIC_VIOLENCE
    Address.objects.create(person=person, kind=AddressKind.SAFE, line1=CANARIES["safe"], labels=hidden)
    Alert.objects.create(person=person, kind=AlertKind.DOG, short=CANARIES["alert"], review_on=date(2030, 1, 1))
    team = TeamFactory()
    worker = StaffFactory(team=team)
    AssignmentFactory(client=person, staff=worker, team=team)
    by = Actor(at=now, today=now.date(), staff=worker.pk)
    record(by=by, action="client.read", kind="person", object_id=person.pk, client=person.pk)
    block = _block(person, StaffFactory(), now)
    return World(person, worker, team, block, _glass(person, StaffFactory(), now), now)


def browser(staff: Staff | None) -> Client:
    """A browser in which *staff* has just signed in (None: nobody)."""
    client = Client(raise_request_exception=True)
    if staff:
        client.force_login(staff.user, backend=BACKEND)
        session = client.session
        session["signed_in_at"] = session["seen_at"] = timezone.now().timestamp()
        session.save()
    return client


def _glass(person: Person, staff: Staff, now: datetime) -> BreakGlass:
    end = now + timedelta(hours=3)
    return BreakGlass.objects.create(
        staff=staff, client=person, reason="Called from a hospital", opened_at=now, ends_at=end
    )


def _block(person: Person, staff: Staff, now: datetime) -> Block:
    return Block.objects.create(person=person, staff=staff, reason="A relative", starts_on=LONG_AGO, set_at=now)
