"""An inquiry is kept as it is typed, settled on somebody, and ends in an enrolment or an answer."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.outcomes import close, reopen
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.taking_in import take_in
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Inquiry, Outcome
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Person
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
SAID = {
    "given": ["Maria"],
    "family": ["Ortiz"],
    "birth_date": ["3/4/1991"],
    "phone": ["541 555 0142"],
    "caller": ["self"],
}
SAID |= {
    "income": ["1200"],
    "household": ["3"],
    "coverage": ["medicaid"],
    "state": ["OR"],
    "wanted": ["Somebody to talk to"],
}


@pytest.fixture
def by(actor: Actor) -> Actor:
    AgencyFactory()
    return replace(actor, staff=StaffFactory(role=Role.INTAKE).pk)


def a_program(by: Actor, template: str = "mental-health-tcm"):
    return open_program(
        key=template, name=template, template=shipped()[template], template_key=template, team=TeamFactory(),
        opened_on=date(2026, 1, 1), by=by,
    )  # fmt: skip


def an_inquiry(by: Actor, **more: list[str]) -> Inquiry:
    return keep(pk=uuid4(), given=SAID | more, by=by).inquiry


def test_the_first_save_makes_it_with_a_task_of_who_took_the_call(by: Actor):
    program = a_program(by)
    row = an_inquiry(by, program=[program.key], urgency=["urgent"])
    assert (row.display_name, row.due_on, row.owner_id, row.came) == (
        "Maria Ortiz",
        date(2026, 11, 20),
        by.staff,
        "phone",
    )
    task = Task.objects.get(source_id=row.pk)
    assert (task.title, task.owner_id, task.due_on, task.weight) == (
        "Answer an urgent inquiry",
        by.staff,
        row.due_on,
        0,
    )
    later = keep(pk=row.pk, given={"urgency": ["routine"]}, by=by, version_seen=1).inquiry
    task.refresh_from_db()
    assert (later.due_on, task.due_on, task.title) == (date(2026, 12, 4), date(2026, 12, 4), "Answer an inquiry")
    # Thanksgiving, the 26th, is no business day: ten after the 19th would be the 3rd
    assert [one.program for one in row.asked.all()] == [program]


def test_labels_of_the_programs_asked_for_come_and_go(by: Actor):
    program = a_program(by, "substance-use")
    row = an_inquiry(by, program=[program.key])
    assert row.labels == Label.SUBSTANCE_USE == Task.objects.get(source_id=row.pk).labels
    row = keep(pk=row.pk, given={"program": []}, by=by, version_seen=1).inquiry
    assert row.labels == 0
    assert row.asked.count() == 0


def test_an_urgent_one_is_told_once_to_intake(by: Actor):
    other = StaffFactory(role=Role.INTAKE)
    row = an_inquiry(by, urgency=["urgent"])
    keep(pk=row.pk, given={"urgency": ["crisis"]}, by=by, version_seen=1)
    assert [notice.to_id for notice in Notice.objects.filter(kind="inquiry_urgent")] == [other.pk]


def test_taken_in_as_a_new_client_all_at_once(by: Actor):
    program, worker = a_program(by), StaffFactory(role=Role.CASE_MANAGER)
    row = an_inquiry(by, program=[program.key])
    with pytest.raises(DomainError, match="who it is"):
        take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, staff=worker)
    row = settle(inquiry=row, client=None, by=by)
    once = take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, staff=worker)
    again = take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, staff=worker)
    client = Person.objects.get(client_number__isnull=False)
    assert once == again == Episode.objects.get()
    assert (client.display_name, client.birth_date) == ("Maria Ortiz", date(1991, 3, 4))
    assert Assignment.objects.get().staff == worker
    assert sorted(Fact.objects.values_list("kind", "said_by")) == [
        ("coverage", "client"),
        ("household_size", "client"),
        ("income", "client"),
    ]
    assert Entry.objects.get(kind="inquiry").text == "Somebody to talk to"
    row = Inquiry.objects.get()
    assert (row.state, row.client) == ("done", client)
    assert Task.objects.get(source_id=row.pk).state == "done"
    assert Outcome.objects.get().result == "enrolled"


def test_the_person_who_is_known_is_not_made_twice(by: Actor):
    known = PersonFactory(given="Maria", family="Ortiz")
    program = a_program(by)
    row = settle(inquiry=an_inquiry(by, program=[program.key]), client=known, by=by)
    episode = take_in(inquiry=row, program=program, by=by, enrolled_on=by.today)
    assert episode.person == known
    assert Person.objects.filter(client_number__isnull=False).count() == 1


def test_not_eligible_needs_a_reason(by: Actor):
    program = a_program(by)
    row = settle(inquiry=an_inquiry(by, program=[program.key]), client=None, by=by)
    with pytest.raises(DomainError, match="The criteria say no"):
        take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, judged={"verdict": "not"})
    assert not Person.objects.filter(client_number__isnull=False).exists()
    take_in(inquiry=row, program=program, by=by, enrolled_on=by.today, judged={"verdict": "not"}, override="Court")
    assert Outcome.objects.get().override == "Court"


def test_what_was_asked_of_two_programs_is_not_told_in_the_one_without_the_label(by: Actor):
    open_one, protected = a_program(by), a_program(by, "substance-use")
    row = settle(inquiry=an_inquiry(by, program=[open_one.key, protected.key]), client=None, by=by)
    take_in(inquiry=row, program=open_one, by=by, enrolled_on=by.today)
    entry = Entry.objects.get(kind="inquiry")
    assert (entry.labels, entry.text) == (0, "")
    assert Inquiry.objects.get().state == "open"  # the other program has no answer yet
    take_in(inquiry=row, program=protected, by=by, enrolled_on=by.today)
    assert sorted(Entry.objects.filter(kind="inquiry").values_list("labels", "text")) == [
        (0, ""),
        (Label.SUBSTANCE_USE, "Somebody to talk to"),
    ]
    assert Inquiry.objects.get().state == "done"


def test_closed_with_what_the_caller_was_told_and_opened_again(by: Actor):
    row = an_inquiry(by)
    with pytest.raises(DomainError, match="was told"):
        close(inquiry=row, reason="answered", told=" ", by=by)
    close(inquiry=row, reason="answered", told="We do not do this; called 211 together.", by=by)
    with pytest.raises(DomainError, match="finished"):
        keep(pk=row.pk, given={"given": ["X"]}, by=by, version_seen=9)
    assert Task.objects.get(source_id=row.pk).state == "done"
    row = reopen(inquiry=row, by=by)
    assert (row.state, Task.objects.get(source_id=row.pk).state) == ("open", "open")
