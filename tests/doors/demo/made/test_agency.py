"""The demo agency, made once: as many people as promised, and two years of work, lists of a length that a person can work through today."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db.models import Q

from goldthread.access.models import Block, BreakGlass
from goldthread.casework.aftercare.models import AftercareContact
from goldthread.casework.caseload.models import Assignment, AssignmentKind, Cover
from goldthread.casework.contacts.actions.concerns import state_of
from goldthread.casework.contacts.models import ChecklistAnswers, Concern, Contact
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.casework.intake.models import HandOff, Place
from goldthread.casework.packages.models import Package
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.schedule.enums import CALLED_OFF, AppointmentKind, AppointmentState
from goldthread.casework.schedule.models import Appointment, AppointmentWorker, Series
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Evidence, Task, TaskState
from goldthread.casework.tasks.queries.lists import Bucket, Whose, on_the_list
from goldthread.casework.tasks.queries.rates import by_period, together, window_of
from goldthread.casework.tasks.queries.states import missed_without_reason
from goldthread.doors.demo.agency import COLLEAGUES, GLORIA, RENEE
from goldthread.doors.demo.past import ZONE
from goldthread.doors.demo.work.programs import FOSTER, OFFERS, Offer
from goldthread.doors.demo.work.rhythm import Course, months_before, papers, visits
from goldthread.foundation.audit.queries import breaks, waiting_since
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff
from goldthread.people.persons.models import Change, ContactPoint, Person, PersonName, Relationship
from goldthread.people.persons.queries import find_persons
from tests.conftest import NOW, TODAY
from tests.people.persons.helpers import everybody

pytestmark = pytest.mark.once
DAYS = [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 28), date(2026, 10, 25), date(2024, 2, 29)]


def length(name: str) -> Counter[str]:
    staff = Staff.objects.get(name=name)
    return Counter(on_the_list(Whose(staff.pk), TODAY, NOW).values_list("bucket", flat=True))


@pytest.mark.django_db
def test_every_client_is_in_a_program_with_the_worker_they_have(demo: None) -> None:
    clients = Person.objects.filter(client_number__isnull=False)
    assert not clients.filter(episode_places__isnull=True).exists()
    assert not Assignment.objects.filter(episode__isnull=True).exists()
    for row in Assignment.objects.filter(kind=AssignmentKind.PRIMARY).select_related("episode__program"):
        assert row.episode is not None
        assert (row.ends_on is None) <= (row.episode.discharged_on is None)
        assert row.team_id == row.episode.program.team_id
    assert set(Episode.objects.values_list("program__unit", flat=True)) == {"person", "household"}
    assert Episode.objects.filter(household__isnull=False).count() > 20


@pytest.mark.django_db
def test_renees_day_has_the_length_of_a_day(demo: None) -> None:
    renee, jonah = length("Renee Baptiste"), length("Jonah Whitcomb")
    assert 2 <= renee[Bucket.OVERDUE] <= 6
    assert 3 <= renee[Bucket.TODAY] <= 8
    assert 6 <= renee[Bucket.WEEK] <= 13
    assert 1 <= renee[Bucket.MISSED] <= 3 < jonah[Bucket.MISSED]


@pytest.mark.django_db
def test_contacts_reach_back_two_years_and_nobody_is_in_two_places(demo: None) -> None:
    oldest, newest = (Contact.objects.order_by(way).first() for way in ("happened_on", "-happened_on"))
    assert oldest is not None
    assert newest is not None
    assert timedelta(days=690) < TODAY - oldest.happened_on
    assert newest.happened_on < TODAY
    spans = Contact.objects.order_by("staff", "started_at").values_list("staff", "started_at", "ended_at")
    for (staff, _begun, ended), (other, begun, _ended) in pairwise(spans):
        assert staff != other or ended <= begun
    assert Entry.objects.filter(kind="contact").count() >= Contact.objects.filter(attempted=False).count()
    assert not Contact.objects.exclude(pk__in=Evidence.objects.values("source_id")).exists()


@pytest.mark.django_db
def test_what_is_stored_is_what_the_rules_say(demo: None) -> None:
    before = sorted(map(str, Task.objects.values_list("pk", "state", "due_on", "owner")))
    recompute(episodes=Episode.objects.values_list("pk", flat=True), by=Actor(at=NOW, today=TODAY))
    assert sorted(map(str, Task.objects.values_list("pk", "state", "due_on", "owner"))) == before


@pytest.mark.django_db
def test_drafts_a_pause_cover_and_discharges_are_there(demo: None) -> None:
    assert Draft.objects.filter(staff__name="Renee Baptiste").count() == 2
    assert Pause.objects.filter(ends_on=None).count() == 1
    assert Cover.objects.get().colleague.name == "Tomás Arriaga"
    assert Episode.objects.filter(discharged_on__isnull=False).count() >= 20
    assert Contact.objects.filter(state="waiting", staff__name="Jonah Whitcomb").exists()


@pytest.mark.django_db
def test_goodbyes_stand_at_every_step_and_somebody_waits(demo: None) -> None:
    ways = dict(WayOut.objects.values_list("state", "person__display_name"))
    assert ways == {"open": "Harpreet Gill", "waiting": "Ibrahim Sesay", "done": "Sofia Petrakis"}
    gone = WayOut.objects.get(state="done")
    assert (gone.signed_by and gone.signed_by.name, gone.ended_by and gone.ended_by.name) == (RENEE, GLORIA)
    assert AftercareContact.objects.filter(aftercare__episode=gone.episode, state="planned").count() == 3
    assert gone.settlements.count() >= 2
    places = Counter(Place.objects.filter(program__template_key="mental-health-tcm").values_list("state", flat=True))
    assert places == {"waiting": 3, "offered": 1, "accepted": 1}
    assert HandOff.objects.filter(state="open", ask_on=TODAY, client__isnull=False).count() == 1
    assert Package.objects.get().state == "handed"


@pytest.mark.django_db
def test_children_are_counted_as_children_and_parents_are_not(demo: None) -> None:
    places = EpisodeMember.objects.filter(person__display_name__in=["Theo Rivers", "Adwoa Mensah-Keller"])
    assert dict(places.values_list("person__display_name", "child")) == {
        "Theo Rivers": True,
        "Adwoa Mensah-Keller": False,
    }


@pytest.mark.parametrize("today", DAYS)
@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.template)
def test_every_whole_month_or_quarter_has_a_contact(offer: Offer, today: date) -> None:
    kept = replace(offer, missing=0.0)
    for seed in range(30):
        course = Course(kept, today - timedelta(days=600), today, today)
        step = 3 if course.offer.quarterly else 1
        seen = {(one.on.year * 12 + one.on.month - 1) // step for one in visits(course, Random(seed))}
        first, last = course.starts_on, today
        whole = range((first.year * 12 + first.month - 1) // step + 1, (last.year * 12 + last.month - 1) // step)
        assert set(whole) <= seen


@pytest.mark.parametrize("today", DAYS)
def test_a_review_that_is_to_be_due_is_and_no_other_is_late(today: date) -> None:
    offer = OFFERS[0]
    for seed in range(30):
        due = today + timedelta(days=seed % 7 - 3)
        course = Course(offer, today - timedelta(days=600), today, today, review_due=due)
        reviews = [one.on for one in papers(course, Random(seed)) if one.kind == EventKind.PLAN_REVIEW]
        assert reviews[-1] == months_before(due, 6)
        free = Course(offer, today - timedelta(days=600), today, today)
        last = [one.on for one in papers(free, Random(seed)) if one.kind != EventKind.ASSESSMENT][-1]
        assert (today - last).days < 175


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.django_db
def test_appointments_are_those_of_an_agency_at_work(demo: None) -> None:
    rows = Appointment.objects.all()
    assert Counter(rows.values_list("state", flat=True)).keys() == set(AppointmentState.values)
    assert set(rows.values_list("kind", flat=True)) == set(AppointmentKind.values)
    renee = rows.filter(workers__name="Renee Baptiste")
    today = [row for row in renee if row.starts_at.astimezone(ZONE).date() == TODAY]
    assert 3 <= len(today) <= 6
    assert "Lucía Ferreira" in {row.client.display_name for row in today if row.client}
    week = [row for row in renee if 0 < (row.starts_at.astimezone(ZONE).date() - TODAY).days <= 7]
    assert 8 <= len(week) <= 25
    assert Series.objects.count() >= 4
    assert rows.filter(ride="medical_transport", ride_confirmed=False).exists()
    for row in rows.exclude(contact=None):
        assert row.state in ("kept", "missed_by_client")
    told = Entry.objects.filter(kind="appointment").count()
    assert told == rows.exclude(state="planned").filter(contact=None, client__isnull=False).count()


@pytest.mark.django_db
def test_nobody_is_at_two_appointments_at_once(demo: None) -> None:
    spans = AppointmentWorker.objects.exclude(appointment__state__in=CALLED_OFF).order_by("staff", "starts_at")
    for (staff, _begun, ended), (other, begun, _ended) in pairwise(
        spans.values_list("staff", "starts_at", "appointment__ends_at")
    ):
        assert staff != other or ended <= begun


@pytest.mark.django_db
def test_concerns_stand_at_every_step_and_checklists_are_filled(demo: None) -> None:
    assert Counter(state_of(row) for row in Concern.objects.all()) == {
        "raised": 1,
        "asked": 2,
        "resolved": 1,
        "closed": 1,
    }
    assert Concern.objects.filter(grievance=True).count() == 1
    filled = ChecklistAnswers.objects.all()
    assert filled.count() > 100
    wanting = [row for row in filled if any(one["answer"] == "no" for one in row.answers.values())]
    assert 0.05 < len(wanting) / filled.count() < 0.3


@pytest.mark.django_db
def test_children_in_foster_homes_are_in_a_program_with_rates(demo: None) -> None:
    """Each in an episode of their own; *Rates* says something, and something believable: good, not perfect."""
    episodes = Episode.objects.filter(program__template_key=FOSTER.template)
    assert {row.program.name for row in episodes} == {"Children in foster homes"}
    assert not episodes.filter(person__isnull=True).exists()
    named = set(episodes.values_list("person__display_name", flat=True))
    assert {"Inés Costa Ferreira", "Micah Rivers"} <= named
    program = episodes[0].program
    template = in_force(rules_of([program.pk])[program.pk], TODAY)
    everything = {"client": Q(), "person": Q()}
    percent: dict[str, int | None] = {}
    for requirement in template.requirements:
        if requirement.share:
            window = window_of(requirement, TODAY, TODAY)
            found = by_period([program.pk], template, requirement, window, everything)[program.pk]
            assert len(found) in (12, 13), "a window of twelve months can touch thirteen"
            percent[requirement.key] = together(found).percent
    assert 90 <= (percent["months-visited"] or 0) <= 98
    assert 55 <= (percent["visits-in-residence"] or 0) <= 80


@pytest.mark.django_db
def test_of_the_months_nobody_was_seen_only_the_last_waits_for_a_reason(demo: None) -> None:
    missed = Task.objects.filter(episode__program__template_key=FOSTER.template, clock="period")
    assert missed.filter(state=TaskState.MISSED).exclude(reason="").count() >= 5
    waiting = missed.filter(missed_without_reason(TODAY))
    assert {row.period_end for row in waiting} <= {date(2026, 10, 31)}
    assert length("Tomás Arriaga")[Bucket.MISSED] <= 6


@pytest.mark.thorough
@pytest.mark.django_db
def test_agency_has_fourteen_staff_320_clients_and_every_role(demo: None) -> None:
    assert Staff.objects.count() == 14
    assert Person.objects.filter(client_number__isnull=False).count() == 320
    assert set(RoleAssignment.objects.values_list("role", flat=True)) == set(Role.values)


@pytest.mark.thorough
@pytest.mark.django_db
def test_each_worker_carries_the_clients_written_beside_their_name(demo: None) -> None:
    carried = Counter(
        Assignment.objects.filter(kind="primary", ends_on=None, client__deceased=False).values_list(
            "staff__name", flat=True
        )
    )
    died = Counter(Assignment.objects.filter(client__deceased=True).values_list("staff__name", flat=True))
    left = Counter(WayOut.objects.filter(state="done").values_list("signed_by__name", flat=True))
    for colleague in COLLEAGUES:
        assert carried[colleague.name] + died[colleague.name] + left[colleague.name] >= colleague.load


@pytest.mark.thorough
@pytest.mark.django_db
def test_every_relationship_stands_on_both_sides(demo: None) -> None:
    pairs = Counter(Relationship.objects.values_list("pair", flat=True))
    assert set(pairs.values()) == {2}


@pytest.mark.thorough
@pytest.mark.django_db
def test_same_day_makes_the_same_people() -> None:
    from goldthread.doors.demo.people import cast

    assert cast(TODAY) == cast(TODAY)
    assert cast(TODAY) != cast(date(2027, 2, 3))


@pytest.mark.thorough
@pytest.mark.django_db
def test_lucia_is_as_on_the_pictures(demo: None) -> None:
    lucia = Person.objects.get(display_name="Lucía Ferreira")
    assert (TODAY.year - lucia.birth_date.year, lucia.pronouns, lucia.language) == (47, "she/her", "es")
    assert lucia.interpreter == "medical"
    assert lucia.addresses.get(kind="safe").labels == 8
    assert set(PersonName.objects.filter(person=lucia).values_list("kind", flat=True)) == {
        "legal",
        "former",
        "nickname",
    }


@pytest.mark.thorough
@pytest.mark.django_db
def test_the_past_is_in_history_and_audit_and_sealed(demo: None) -> None:
    lucia = Person.objects.get(display_name="Lucía Ferreira")
    changed = Change.objects.filter(person=lucia, field="value").get()
    assert (changed.old, changed.new, changed.by_name) == (None, "(617) 555-0118", "Renee Baptiste")
    assert 0 < (NOW - changed.at).days <= 14
    assert not list(breaks(NOW))
    assert waiting_since() is None


@pytest.mark.thorough
@pytest.mark.django_db
def test_one_glass_is_judged_and_one_waits(demo: None) -> None:
    assert sorted(BreakGlass.objects.values_list("outcome", flat=True)) == ["", "justified"]


@pytest.mark.thorough
@pytest.mark.django_db
def test_a_former_partner_is_blocked_and_sunniva_is_covered_for(demo: None) -> None:
    block = Block.objects.get()
    assert (block.staff.name, block.person.display_name) == ("Sunniva Dahl", "Erik Lindgaard")
    cover = Assignment.objects.filter(kind="cover", starts_on__lte=TODAY, ends_on__gte=TODAY)
    assert set(cover.values_list("staff__name", flat=True)) == {"Tomás Arriaga"}


@pytest.mark.thorough
@pytest.mark.django_db
def test_jonah_has_clients_who_were_renees(demo: None) -> None:
    his = Assignment.objects.filter(staff__name="Jonah Whitcomb", ends_on=None).values("client")
    assert Assignment.objects.filter(staff__name="Renee Baptiste", ends_on__lt=TODAY, client__in=his).exists()


@pytest.mark.thorough
@pytest.mark.django_db
def test_people_are_found_by_the_rooms_own_search(demo: None) -> None:
    found = find_persons(text="ferrei luc", scope=everybody(small=False), today=TODAY)
    assert [one.person.display_name for one in found] == ["Lucía Ferreira"]
    assert find_persons(text="000418220047", scope=everybody(small=False), today=TODAY)


@pytest.mark.thorough
@pytest.mark.django_db
def test_no_two_households_share_a_phone_number(demo: None) -> None:
    now = ContactPoint.objects.filter(ends_on__isnull=True).exclude(kind="email")
    shared = [value for value, count in Counter(now.values_list("value", flat=True)).items() if count > 1]
    assert shared == []
