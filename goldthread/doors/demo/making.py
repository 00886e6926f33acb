"""Makes the demo agency in an empty database."""

from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from goldthread.casework.assessments.shipped import install_shipped
from goldthread.doors.demo import past_people, past_work
from goldthread.doors.demo.agency import COLLEAGUES, JONAH, RENEE
from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.known import Known
from goldthread.doors.demo.past import Past, relive
from goldthread.doors.demo.people import COMING, ENDED, SEED, cast
from goldthread.doors.demo.rows import Rows
from goldthread.doors.demo.sketch import Sketch
from goldthread.doors.demo.staffing import Office, open_office
from goldthread.doors.demo.threads.weaving import weave
from goldthread.doors.demo.work import asking, callers, lately, looking, papers
from goldthread.doors.demo.work.goodbyes import say_goodbye
from goldthread.doors.demo.work.leaving import leave
from goldthread.doors.demo.work.making import enrol, work
from goldthread.foundation.audit.actions import seal
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.enums import AddressKind
from goldthread.people.persons.models import ContactPoint, Person

FIRST_NUMBER = 1001
FEW = 10


def make_demo(today: date, at: datetime) -> None:
    """Make the agency, its staff and its people, as of *today* (the agency's date at the instant *at*).

    All dates are counted back from *today*. The same *today* makes the same agency, but for its keys. One transaction.
    """
    with transaction.atomic():
        office = open_office(today, at)
        install_shipped(by=Actor(at=at, today=today))
        people = _write_people(office, cast(today), today, at)
        past = Past(office, people, today, at)
        cares = enrol(past)
        taken = ContactPoint.objects.values_list("value", flat=True)
        maker = Maker(Random(SEED + 2), today, [*taken, *COMING])  # noqa: S311  chance, not secrets
        told = [
            *past_work.happenings(past),
            *past_people.happenings(past, maker),
            *lately.happenings(past),
            *looking.happenings(),
            *papers.happenings(),
            *asking.happenings(),
            *callers.happenings(),
        ]
        relive(past, told)
        work(past, cares)
        weave(past, cares)
        leave(past, cares)
        say_goodbye(past)
        seal(by=Actor(at=at, today=today))


def _write_people(office: Office, families: list[Known], today: date, at: datetime) -> dict[str, Person]:
    """Write everybody; the persons by the name they are shown under."""
    rng = Random(SEED + 1)  # noqa: S311  chance, not secrets
    rows = Rows(today, at, first_number=FIRST_NUMBER)
    named: dict[str, Person] = {}
    without_worker = 0
    for family in families:
        people = rows.kin(family.kin)
        named |= {person.display_name: person for person in people}
        clients = [person for person in people if person.client_number]
        for client, sketch, worker in zip(clients, family.kin.clients, family.workers, strict=True):
            if worker:
                if not family.by_hand and _ordinary(sketch):
                    office.carried[client.display_name] = worker
                _give(rows, office, client, worker, today)
                continue
            without_worker += 1
            if without_worker <= ENDED:
                _gave_once(rows, office, client, rng, today)
    rows.write()
    return named


def _ordinary(sketch: Sketch) -> bool:
    """Somebody living, with a phone, whose address is no secret."""
    return (
        bool(sketch.reach) and sketch.died_on is None and all(home.kind == AddressKind.CURRENT for home in sketch.homes)
    )


def _give(rows: Rows, office: Office, client: Person, worker: str, today: date) -> None:
    staff = office.staff[worker]
    if (
        worker == JONAH
        and not client.deceased
        and (client.client_since or today) < staff.started_on - timedelta(days=7)
    ):
        office.inherited.append(client.pk)
        staff = office.staff[RENEE]
    starts_on = max(client.client_since or today, staff.started_on)
    membership = staff.memberships.first()
    ended = client.died_on
    rows.assign(
        client,
        staff,
        membership.team if membership else None,
        starts_on=min(starts_on, ended) if ended else starts_on,
        ends_on=ended,
        ended_at=rows.at if ended else None,
        reason="Died." if ended else "",
    )


def _gave_once(rows: Rows, office: Office, client: Person, rng: Random, today: date) -> None:
    """An assignment that has ended: this client has left."""
    carriers = [office.staff[colleague.name] for colleague in COLLEAGUES if colleague.load > FEW]
    staff = rng.choice([one for one in carriers if (today - one.started_on).days > 500])
    starts_on = min(client.client_since or today, today - timedelta(days=60))
    ends_on = client.died_on or min(today - timedelta(days=5), starts_on + timedelta(days=rng.randrange(40, 400)))
    membership = staff.memberships.first()
    team = membership.team if membership else None
    rows.assign(
        client,
        staff,
        team,
        starts_on=min(starts_on, ends_on),
        ends_on=ends_on,
        ended_at=rows.at,
        reason=rng.choice(("Reached their goals.", "Moved away.", "Chose another agency.", "Did not wish to go on.")),
    )
