"""Threads made at size are what the rooms would have made, and their pages show it."""

import pytest
from django.db.models import F, Q

from goldthread.casework.assessments.models import Assessment, Score
from goldthread.casework.contacts.models import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Goal, PlanVersion, Progress, Signature
from goldthread.casework.plans.rules.document import digest_of
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Task
from goldthread.casework.thread.queries import Many, asked_and_silent, count_breaks, known_of
from goldthread.casework.thread.rules import BreakKind, breaks, threads
from goldthread.doors.demo.agency import email_of
from goldthread.doors.demo.living import Scale
from goldthread.doors.demo.past import ZONE
from goldthread.doors.demo.size import make_many
from goldthread.doors.demo.threads_at_size import weave_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.conftest import NOW, TODAY

pytestmark = [pytest.mark.thorough, pytest.mark.slow, pytest.mark.django_db]
CLIENTS, LIVES = 12, Scale(patterns=3, calls=8, assessed=2)


@pytest.fixture(scope="module")
def agency(kept: None) -> None:
    make_many(CLIENTS, TODAY, NOW, caseload=6, entries=5)
    weave_many(TODAY, NOW, scale=LIVES)


class All:
    """Nothing is hidden."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        return Q()


def test_everybody_has_assessments_a_plan_contacts_and_what_follows(agency: None) -> None:
    for person in Person.objects.filter(client_number__isnull=False):
        signed = Assessment.objects.filter(person=person, state="signed")
        assert signed.count() == 2
        for row in signed:
            assert row.response["subject"] == {"reference": f"Patient/{person.pk}"}
            assert row.response["id"] == str(row.pk)
            assert row.response["author"]["display"] == row.staff.name
            assert Score.objects.filter(assessment=row, person=person, current=True).count() == 6
        version = PlanVersion.objects.get(plan__person=person, state="in_force")
        assert version.digest == digest_of(version.content)
        assert {one["id"] for one in version.content["lines"]["goals"]} == {
            str(pk) for pk in Goal.objects.filter(person=person).values_list("pk", flat=True)
        }
        assert Signature.objects.filter(version=version, digest=version.digest, name=person.display_name).exists()
        assert Contact.objects.filter(person=person).count() == 18
        for goal in Goal.objects.filter(person=person):
            days = Progress.objects.filter(goal=goal, voided=False).order_by("-on").values_list("on", flat=True)
            assert goal.last_contact_on == days.first()


def test_the_engine_asked_again_changes_no_task(agency: None) -> None:
    before = list(Task.objects.order_by("pk").values())
    assert Task.objects.filter(source_kind="step", state="open").exists()
    recompute(episodes=Episode.objects.values_list("pk", flat=True), by=Actor(at=NOW, today=TODAY))
    assert list(Task.objects.order_by("pk").values()) == before


def test_the_thread_of_each_is_whole_or_broken_as_the_database_counts(agency: None) -> None:
    programs = Program.objects.values_list("pk", flat=True)
    asked, silent = asked_and_silent(programs, TODAY)
    found: dict[BreakKind, int] = dict.fromkeys(BreakKind, 0)
    for person in Person.objects.filter(client_number__isnull=False):
        known = known_of(person, seen=All(), on=TODAY, zone=ZONE, asked=asked, silent=silent)
        assert len(known.goals) == 4
        assert any(row.contacts and row.steps and row.services for row in threads(known, breaks(known, TODAY)))
        for one in breaks(known, TODAY):
            found[one.kind] += 1
    many = Many(lambda **_names: Q(), lambda client: Q(), TODAY, ZONE, asked, silent=silent)
    assert count_breaks(many) == found


def test_a_contact_tells_the_same_of_its_goals_in_every_place(agency: None) -> None:
    served = Progress.objects.filter(source_kind="contact", objective=None).values_list("source_id", "goal")
    told = {(row.pk, goal["id"]) for row in Contact.objects.all() for goal in row.goals}
    assert {(contact, str(goal)) for contact, goal in served} == told
    assert not Progress.objects.exclude(person=F("goal__person")).exists()


def test_done_again_it_changes_nothing(agency: None) -> None:
    before = Contact.objects.count()
    assert weave_many(TODAY, NOW, scale=LIVES).rows == 0
    assert Contact.objects.count() == before


def test_the_pages_open(agency: None) -> None:
    person = Person.objects.order_by("client_number").filter(client_number__isnull=False)[1]
    client = browser(Staff.objects.get(user__email=email_of(Role.CASE_MANAGER)))
    read = Assessment.objects.filter(person=person)[0]
    for path in ("thread/", "plan/", "assessments/", f"assessments/{read.pk}/", "needs/", "timeline/"):
        answer = client.get(f"/clients/{person.pk}/{path}")
        assert answer.status_code == 200, path
    page = client.get(f"/clients/{person.pk}/thread/").content.decode()
    assert all(goal.words in page for goal in Goal.objects.filter(person=person))
    assert client.get("/threads/").status_code == 200
