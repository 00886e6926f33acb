"""People who ask for help and who wait for it, made at size: for measuring. Laid over an agency that ``size`` has made.

Six more programs with criteria; five thousand who wait for one of them (each third a client); inquiries: three hundred open ones,
however large the agency is, and of those that are done one for every fourth client.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.access.stock import take_stock
from goldthread.casework.intake.enums import InquiryState, PlaceState
from goldthread.casework.intake.models import AskedProgram, Inquiry, Offer, Place
from goldthread.casework.intake.rules.said import name_of, words_to_find
from goldthread.doors.demo.agency import WAITED_FOR, email_of
from goldthread.doors.demo.bulk import write_rows
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

OTHERS = ("child-welfare", "early-intervention", "geriatric-mltss", "idd-hcbs", "hospital-discharge")
WAITING, OPEN_NOW = 5_000, 300
BATCH = 2_000
SEED = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """Short name of the program that is waited for, and how many rows were written."""

    program: str
    waiting: int
    inquiries: int


def ask_many(
    today: date, at: datetime, names: Callable[[int], tuple[str, str, date]], *, waiting: int = WAITING
) -> Asked:
    """Make them. *names*: first and last name and birth of the i-th."""
    by = Actor(at=at, today=today)
    with transaction.atomic():
        programs = [_program(key, by) for key in (WAITED_FOR, *OTHERS)]
    clients = list(
        Person.objects.filter(client_number__isnull=False).order_by("client_number").values_list("pk", flat=True)
    )
    making = _Making(today, at, programs, clients, names)
    many = waiting + OPEN_NOW + len(clients) // 4
    for start in range(0, many, BATCH):
        with transaction.atomic():
            for n in range(start, min(start + BATCH, many)):
                making.one(n, waits=n < waiting, is_open=waiting <= n < waiting + OPEN_NOW)
            making.write()
    take_stock()
    return Asked(WAITED_FOR, waiting, many)


def _program(key: str, by: Actor) -> Program:
    there = Program.objects.filter(key=key).first()
    template = shipped()[key]
    return there or open_program(
        key=key,
        name=template.title,
        template=template,
        template_key=key,
        team=None,
        opened_on=by.today - timedelta(days=1500),
        by=by,
    )


class _Making:
    """Draws one after another, and writes what waits."""

    def __init__(
        self,
        today: date,
        at: datetime,
        programs: list[Program],
        clients: list[UUID],
        names: Callable[[int], tuple[str, str, date]],
    ) -> None:
        self.today, self.at, self.programs, self.clients, self.names = today, at, programs, clients, names
        self.chance = Random(SEED)  # noqa: S311  chance, not secrets
        self.groups = in_force(rules_of([programs[0].pk])[programs[0].pk], today).comes_first
        self.owner = Staff.objects.get(user__email=email_of(Role.INTAKE, 0))
        self.rows: dict[type[Any], list[Any]] = {model: [] for model in (Inquiry, AskedProgram, Place, Offer)}

    def one(self, n: int, *, waits: bool, is_open: bool) -> None:
        """The n-th who asks."""
        given, family, born = self.names(n)
        program = self.programs[0] if waits else self.chance.choice(self.programs)
        urgency = self.chance.choice(("routine",) * 9 + ("urgent",))
        said: dict[str, Any] = {
            "given": given,
            "family": family,
            "birth_date": born.isoformat(),
            "phone": f"215 555 {n % 10_000:04d}",
            "wanted": "Help with housing and with the papers for benefits",
            "urgency": urgency,
            "program": [program.key],
        }
        ago = (
            self.chance.randrange(900)
            if waits
            else self.chance.randrange(12)
            if is_open
            else self.chance.randrange(1500)
        )
        came = self.at - timedelta(days=ago)
        inquiry = Inquiry(
            state=InquiryState.OPEN if is_open else InquiryState.DONE,
            urgency=urgency,
            display_name=name_of(said),
            search_text=words_to_find(said),
            language=self.chance.choice(("en", "en", "en", "es")),
            said=said,
            client_id=self.clients[n % len(self.clients)] if self.clients and not is_open and n % 3 == 0 else None,
            owner=self.owner if n % 4 else None,
            due_on=came.date() + timedelta(days=self.chance.randrange(1, 15)),
            received_at=came,
            received_on=came.date(),
            finished_at=None if is_open else came + timedelta(days=1),
        )
        self.rows[Inquiry].append(inquiry)
        self.rows[AskedProgram].append(AskedProgram(inquiry=inquiry, program=program))
        if waits:
            self._waits(inquiry, program)

    def _waits(self, inquiry: Inquiry, program: Program) -> None:
        rank = min(self.chance.randrange(3 * (len(self.groups) + 1)), len(self.groups))
        state = self.chance.choice((PlaceState.WAITING,) * 60 + (PlaceState.OFFERED, PlaceState.ACCEPTED))
        place = Place(
            inquiry=inquiry,
            program=program,
            state=state,
            rank=rank,
            group=self.groups[rank].key if rank < len(self.groups) else "",
            since=inquiry.received_on,
            contact_on=self.today + timedelta(days=self.chance.randrange(-3, 30)),
            owner=self.owner,
            labels=program.labels,
            made_at=inquiry.received_at,
        )
        self.rows[Place].append(place)
        if state == PlaceState.OFFERED:
            on = self.today - timedelta(days=self.chance.randrange(4))
            offer = Offer(
                place=place, made_on=on, answer_by=on + timedelta(days=3), labels=place.labels, made_at=self.at
            )
            self.rows[Offer].append(offer)

    def write(self) -> None:
        """All that waits."""
        for model, rows in self.rows.items():
            write_rows(model, rows)
            rows.clear()
