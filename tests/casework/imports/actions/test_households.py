"""Families from a file: clients of one household number live together, and are enrolled by it as one household."""

from datetime import date
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.imports.actions import bringing, living_together
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.starting import give_up
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.tasks import step
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.actions.runs import refresh
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.models import Household, HouseholdMember, Person, Relationship
from tests.casework.imports.actions.killing import killed_after_the_first_turn
from tests.casework.imports.actions.test_happenings import RULES, brought, checked, told, undone
from tests.casework.imports.actions.test_whole_way import BY, known
from tests.casework.tasks.making import enrolled, program
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
CLIENTS = "Client ID,Name,DOB,Household number,Relationship to head\n"
FAMILY = (
    CLIENTS
    + "A1,Rosa Vega,3/4/1990,H7,Self\nA2,Leo Vega,5/6/2015,H7,Son\nA3,Mia Vega,2/1/2022,H7,daughter\nB1,Al Bo,5/5/1970,H8,\n"
)
STAYS = "Client ID,Household number,Program,Start date,End date,Reason,Worker,Assigned from,Assigned to,Remark\n"


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def called(name: str) -> Person:
    return Person.objects.get(display_name=name)


def test_clients_of_one_number_live_together_and_are_what_they_are_to_the_head() -> None:
    run = brought(FAMILY, "clients")
    rosa, leo, mia = called("Rosa Vega"), called("Leo Vega"), called("Mia Vega")
    home = Household.objects.get()  # who shares a number with nobody lives in no household
    assert home.name == "Household of Rosa Vega"
    assert dict(home.members.values_list("person", "is_head")) == {rosa.pk: True, leo.pk: False, mia.pk: False}
    sides = Relationship.objects.values_list("person", "kind", "other")
    assert set(sides) == {
        (rosa.pk, "child", leo.pk),
        (leo.pk, "parent", rosa.pk),
        (rosa.pk, "child", mia.pk),
        (mia.pk, "parent", rosa.pk),
    }
    assert undone(run).kept == []
    for model in (Person, Household, HouseholdMember, Relationship):
        assert not model.objects.exists(), model


def test_who_was_worked_with_stays_and_the_household_with_them() -> None:
    run = brought(FAMILY, "clients")
    leo = called("Leo Vega")
    edit_about(person=leo, version_seen=1, values={"pronouns": "he/him"}, by=BY)
    assert [one["client"] for one in undone(run).kept] == [str(leo.pk)]
    assert HouseholdMember.objects.get().person == leo
    assert not Relationship.objects.exists()


def test_a_second_head_is_told_by_row_and_column() -> None:
    run = checked(CLIENTS + "A1,Rosa Vega,3/4/1990,H7,Self\nA2,Bernard Quill,5/6/1988,H7,HoH\n", "clients")
    finding = Finding.objects.get(run=run)
    assert (finding.row, finding.told) == (
        3,
        [["Relationship to head", "Row 2 is the head of this household already."]],
    )


def test_words_for_no_relationship_are_kept_and_nobody_has_to_be_the_head() -> None:
    brought(CLIENTS + "A1,Rosa Vega,3/4/1990,H7,boarder\nA2,Bernard Quill,5/6/1988,H7,\n", "clients")
    assert Brought.objects.get(person=called("Rosa Vega")).kept == {"Relationship to head": "boarder"}
    assert (Household.objects.count(), HouseholdMember.objects.filter(is_head=True).count()) == (1, 0)


def test_somebody_known_keeps_their_household() -> None:
    """The machine moves nobody: a person decides who of those known here lives there."""
    ana = known()
    run = checked(
        CLIENTS + "A1,Ana Ortiz,3/4/1961,H7,Self\nA2,Leo Ortiz,5/6/2015,H7,Son\nA3,Mia Ortiz,2/1/2022,H7,\n", "clients"
    )
    assert Finding.objects.get(run=run).twin == ana
    Finding.objects.filter(run=run).update(decision="same")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2
    assert not ana.household_places.exists()
    assert HouseholdMember.objects.count() == 2
    assert Brought.objects.get(person=ana).kept["Household number"] == "H7"


def test_a_kill_between_the_people_and_their_households_is_gone_on_with(monkeypatch: pytest.MonkeyPatch) -> None:
    run = checked(FAMILY, "clients")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    whole = living_together.insert_new

    def killed(rows: Any) -> bool:
        if any(isinstance(row, Relationship) for row in rows):
            raise KeyboardInterrupt
        return whole(rows)

    monkeypatch.setattr(living_together, "insert_new", killed)
    with pytest.raises(KeyboardInterrupt):
        step(run.pk, BY)
    assert not Person.objects.filter(client_number__isnull=False).exists()
    monkeypatch.setattr(living_together, "insert_new", whole)
    assert step(run.pk, BY).brought == 4
    assert (Household.objects.count(), HouseholdMember.objects.count(), Relationship.objects.count()) == (1, 3, 4)


def test_given_up_between_leaves_no_household(monkeypatch: pytest.MonkeyPatch) -> None:
    run = checked(FAMILY, "clients")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    monkeypatch.setattr(bringing, "_publish", lambda row, by: row)  # killed before the end
    step(run.pk, BY)
    assert Household.objects.exists()
    give_up(run=run.pk, by=BY)
    assert step(run.pk, BY).state == State.GIVEN_UP
    for model in (Person, Household, HouseholdMember, Relationship):
        assert not model.objects.exists(), model


def test_one_row_enrolls_the_household_of_the_number(families: Any) -> None:
    """Mia was born in 2022: she is served from then on. The worker has all three."""
    brought(FAMILY, "clients")
    renee = StaffFactory(name="Renee Baptiste")
    run = brought(STAYS + ",H7,Families,1/15/2020,,,Renee Baptiste,,,North\n", "episodes")
    assert (run.state, run.brought) == (State.BROUGHT, 1)
    rosa, leo, mia = called("Rosa Vega"), called("Leo Vega"), called("Mia Vega")
    episode = Episode.objects.get()
    assert (episode.person, episode.household, episode.discharged_on) == (None, Household.objects.get(), None)
    places = episode.members.values_list("person", "child", "starts_on", "ends_on")
    assert set(places) == {
        (rosa.pk, False, date(2020, 1, 15), None),
        (leo.pk, True, date(2020, 1, 15), None),
        (mia.pk, True, date(2022, 2, 1), None),
    }
    assert set(Assignment.objects.values_list("client", "staff", "starts_on", "ends_on")) == {
        (rosa.pk, renee.pk, date(2020, 1, 15), None),
        (leo.pk, renee.pk, date(2020, 1, 15), None),
        (mia.pk, renee.pk, date(2022, 2, 1), None),
    }
    assert set(Entry.objects.values_list("person", "kind")) == {(one.pk, "enrolled") for one in (rosa, leo, mia)}
    assert not Evidence.objects.filter(voided=True).exists()
    assert list(Brought.objects.exclude(kept={}).filter(run=run).values_list("person", "kept")) == [
        (rosa.pk, {"Remark": "North"})
    ]
    while refresh(by=BY):
        pass
    assert not Task.objects.filter(due_on__lt=BY.today).exists()
    assert not Task.objects.exclude(owner=renee).exists()
    assert undone(run).kept == []
    for model in (Episode, EpisodeMember, Entry, Evidence, Assignment, Task):
        assert not model.objects.exists(), model
    assert (Household.objects.count(), HouseholdMember.objects.count(), Person.objects.count()) == (1, 3, 4)


def test_a_row_for_each_member_is_one_enrollment_of_a_household_that_the_file_makes(families: Any) -> None:
    """The clients are here without a household; the sheet of enrollments has the number beside each of them. The boy came later."""
    rosa, leo = known(), PersonFactory(client_number=7000, given="Leo", birth_date=date(2015, 5, 6))
    head = STAYS.replace("Client ID", "Client number")
    run = brought(
        head
        + f"{rosa.client_number},17,Families,1/15/2020,6/30/2021,moved away,,,,hers\n"
        + f"{leo.client_number},17,Families,3/1/2020,6/30/2021,,,,,his\n",
        "episodes",
    )
    assert (run.state, run.brought) == (State.BROUGHT, 1)
    episode, home = Episode.objects.get(), Household.objects.get()
    assert (episode.household, episode.enrolled_on, episode.discharged_on, episode.discharge_reason) == (
        home,
        date(2020, 1, 15),
        date(2021, 6, 30),
        "moved",
    )
    assert set(episode.members.values_list("person", "starts_on", "ends_on")) == {
        (rosa.pk, date(2020, 1, 15), date(2021, 6, 30)),
        (leo.pk, date(2020, 3, 1), date(2021, 6, 30)),
    }
    assert set(home.members.values_list("person", flat=True)) == {rosa.pk, leo.pk}
    assert dict(Brought.objects.values_list("person", "kept__Remark")) == {rosa.pk: "hers", leo.pk: "his"}
    assert undone(run).kept == []
    assert (Episode.objects.count(), Household.objects.count(), HouseholdMember.objects.count()) == (0, 0, 0)


def test_a_member_who_was_worked_with_keeps_the_whole_enrollment(families: Any) -> None:
    brought(FAMILY, "clients")
    run = brought(STAYS + ",H7,Families,1/15/2020,,,,,,\n", "episodes")
    brought("Client ID,Date,Note\nA2,11/10/2026,Saw Leo\n", "contacts")
    stayed = undone(run).kept
    assert {one["client"] for one in stayed} == {str(called(f"{name} Vega").pk) for name in ("Rosa", "Leo", "Mia")}
    assert Episode.objects.get().members.count() == 3


def test_what_cannot_be_of_a_household_is_told(families: Any) -> None:
    care = program(RULES)
    care.name = "Care"
    care.save()
    brought(FAMILY, "clients")
    enrolled(families, date(2026, 1, 1), called("Al Bo"))
    run = checked(
        STAYS
        + ",H9,Families,1/15/2020,,,,,,\n"
        + ",H7,Care,1/15/2020,,,,,,\n"
        + ",H8,Families,1/15/2026,,,,,,\n"
        + ",H7,Families,1/15/2020,6/30/2021,,,,,\n"
        + ",H7,Families,1/15/2020,6/30/2021,,,,,\n"
        + "A2,H7,Families,1/1/2020,6/30/2021,,,,,\n"
        + ",H7,Families,1/15/1980,6/30/1981,,,,,\n",
        "episodes",
    )
    assert told(run) == [
        ["Household number", "No household here has this number."],
        ["Household number", "This program enrolls one person, not a household. Write in the row who it is."],
        ["Start date", "The client is in this program on some of these days already."],
        ["Household number", "Row 5 is the same enrollment."],
        [
            "Start date",
            "Row 5 has other days for this household. Put the row with the earliest and the latest day first.",
        ],
        ["Start date", "Nobody of this household lived on these days."],
    ]


def test_people_of_two_households_are_not_made_one(families: Any) -> None:
    rosa, leo = known(), PersonFactory(client_number=7000, given="Leo")
    for one in (rosa, leo):
        HouseholdMember.objects.create(household=Household.objects.create(name="Home"), person=one)
    head = STAYS.replace("Client ID", "Client number")
    rows = "".join(f"{one.client_number},17,Families,1/15/2020,,,,,,\n" for one in (rosa, leo))
    reason = "The people of this number live in different households here. Say first who lives together."
    assert told(checked(head + rows, "episodes")) == [["Household number", reason]] * 2


def test_a_number_that_two_old_lists_gave_to_different_families_is_asked_about(families: Any) -> None:
    brought(FAMILY, "clients")
    brought(CLIENTS + "X1,Noor Haddad,7/7/1977,H7,Self\nX2,Sami Haddad,8/8/2008,H7,Son\n", "clients")
    assert Household.objects.count() == 2
    assert told(checked(STAYS + ",H7,Families,1/15/2020,,,,,,\n", "episodes")) == [
        ["Household number", "Two households here have this number. Write in the row who it is."]
    ]
    run = brought(STAYS + "X1,H7,Families,1/15/2020,,,,,,\nX2,H7,Families,1/15/2020,,,,,,\n", "episodes")
    assert (run.brought, Episode.objects.get().household.name) == (1, "Household of Noor Haddad")


def test_that_a_family_is_hidden_is_not_told_by_its_number(families: Any) -> None:
    brought(FAMILY, "clients")
    Person.objects.filter(display_name__endswith="Vega").update(labels=int(Label.DOMESTIC_VIOLENCE))
    assert told(checked(STAYS + ",H7,Families,1/15/2020,,,,,,\n", "episodes")) == [
        ["Household number", "No household here has this number."]
    ]


def test_a_family_enrolled_by_hand_meanwhile_keeps_all_out(families: Any) -> None:
    brought(FAMILY, "clients")
    run = checked(STAYS + ",H7,Families,1/15/2020,,,,,,\n", "episodes")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    enrolled(families, date(2026, 11, 1), children=[called("Leo Vega")])
    run = step(run.pk, BY)
    assert (run.state, "already" in run.why, Episode.objects.count()) == (State.MATCHING, True, 1)


def test_a_kill_in_the_middle_of_families_shows_nothing(families: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(FAMILY, "clients")
    run = checked(STAYS + ",H7,Families,1/15/2020,2/1/2021,,,,,\n,H7,Families,1/15/2024,,,,,,\n", "episodes")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    monkeypatch.setattr(bringing, "rows_of_a_turn", lambda: (1, 1))
    whole = killed_after_the_first_turn(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        step(run.pk, BY)
    people = Person.objects.filter(client_number__isnull=False)
    assert not EpisodeMember.objects.filter(person__in=people).exists()
    assert not Entry.objects.filter(person__in=people).exists()
    assert not Episode.objects.filter(household__isnull=False).exists()
    monkeypatch.setattr(bringing, "_write", whole)
    assert step(run.pk, BY).brought == 2
    assert set(Episode.objects.values_list("enrolled_on", "discharged_on")) == {
        (date(2020, 1, 15), date(2021, 2, 1)),
        (date(2024, 1, 15), None),
    }
    assert EpisodeMember.objects.filter(person__in=people).count() == 5  # Mia was not born in 2021
    assert not Import.objects.filter(state=State.BRINGING).exists()
