"""A supervisor, a worker, and what is counted of them."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.models import Draft
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.tasks.making import by_on, enrolled
from tests.doors.web.clients.people import TODAY, client_of
from tests.factories import StaffFactory

RULES = """
template: small
title: Small
caseload: {flag: 2, source: judgement}
requirements:
  - {key: plan, title: Plan, due: 30 days, accepts: plan_signed, source: judgement}
"""


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def worker_of(supervisor: Staff, name: str) -> Staff:
    made: Staff = StaffFactory(role=Role.CASE_MANAGER, team=supervisor.memberships.get().team, name=name)
    return made


def served(worker: Staff, *names: str) -> list[Person]:
    team = worker.memberships.get().team
    return [client_of(worker, team, given=name, family="Served") for name in names]


def enrolled_with(worker: Staff, offered: Program, person: Person, since: date = TODAY) -> Episode:
    """*person* in a program, with *worker*; no task is worked out."""
    episode = enrolled(offered, since, person)
    Assignment.objects.create(
        client=person,
        staff=worker,
        team=worker.memberships.get().team,
        episode=episode,
        labels=episode.labels,
        kind=AssignmentKind.PRIMARY,
        starts_on=since,
        given_at=timezone.now(),
    )
    return episode


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def contact(worker: Staff, client: Person, days_ago: int, *, signed_after: int = 0, **more: Any) -> Contact:
    """A contact with its note, signed some days later, and its line on the timeline."""
    day = ago(days_ago)
    signed = noon(min(day + timedelta(days=signed_after), TODAY)) if signed_after or days_ago else timezone.now()
    begun = min(noon(day), timezone.now() - timedelta(hours=1)) if not days_ago else noon(day)
    made = Contact.objects.create(
        person=client,
        staff=worker,
        mode="phone",
        happened_on=day,
        started_at=begun,
        ended_at=begun + timedelta(minutes=20),
        minutes=20,
        signed_at=signed,
        **more,
    )
    write_entry(
        kind="attempt" if made.attempted else "contact",
        person=client,
        episode=None,
        happened_at=begun,
        labels=made.labels,
        source_kind="contact",
        source_id=made.pk,
        by=by_on(TODAY, staff=worker.pk),
    )
    return made


def draft(worker: Staff, client: Person, days_ago: int) -> Draft:
    at = noon(ago(days_ago))
    return Draft.objects.create(
        id=new_id(), kind="contact", staff=worker, person=client, started_at=at, saved_at=at, content={"words": "x"}
    )


def row_of(page: Client, name: str, query: str = "") -> str:
    """The row of the worker, as it was sent."""
    body = page.get(f"/team/{query}").content.decode()
    return next(part for part in body.split("<tr") if f">{name}</a>" in part).split("</tr>")[0]


def cells(page: Client, name: str) -> list[str]:
    """What the row says, cell by cell: load, clients, contacts, overdue, missed, not reached, to co-sign, signed."""
    found = re.findall(r"<td[^>]*>(.*?)</td>", row_of(page, name), re.S)[:8]
    return [said(re.sub(r"<title>.*?</title>", "", cell, flags=re.S)) for cell in found]


def said(html: str) -> str:
    """The words of a piece of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())
