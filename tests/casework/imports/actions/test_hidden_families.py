"""The number of a household tells nothing of clients under domestic violence or sealed labels, joins nobody to them, and moves none of
them; and families come in as wholes, wherever the worker is killed."""

from datetime import date
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.imports.actions import publishing_happenings
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Finding, Import
from goldthread.casework.imports.tasks import step
from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.models import Household, HouseholdMember, Person, Relationship
from tests.casework.imports.actions.test_happenings import brought, checked, told
from tests.casework.imports.actions.test_households import CLIENTS, FAMILY, STAYS, called
from tests.casework.imports.actions.test_whole_way import BY, known
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
HIDING = pytest.mark.parametrize("label", [Label.DOMESTIC_VIOLENCE, Label.SEALED], ids=["violence", "sealed"])
BY_NUMBER = STAYS + ",H7,Families,1/15/2024,,,Renee Baptiste,,,North\n"


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()
    StaffFactory(name="Renee Baptiste")


def hide(label: Label, *names: str) -> None:
    assert Person.objects.filter(display_name__in=names).update(labels=int(label)) == len(names)


def hide_the_vegas(label: Label) -> None:
    hide(label, "Rosa Vega", "Leo Vega", "Mia Vega")


@HIDING
def test_the_number_of_a_hidden_family_is_as_unknown_as_any(label: Label, families: Any) -> None:
    """Alone, and beside the old number of one of them: word for word what is told of a number and a person nobody has."""
    brought(FAMILY, "clients")
    hide_the_vegas(label)
    rows = ",{home},Families,1/15/2024,,,,,,\n{who},{home},Families,1/15/2025,,,,,,\n"
    theirs, nobodys = (
        told(checked(STAYS + rows.format(home=home, who=who), "episodes"))
        for home, who in (("H7", "A1"), ("H99", "Z1"))
    )
    assert theirs[0] == ["Household number", "No household here has this number."]
    assert theirs == nobodys


@HIDING
def test_of_a_family_one_of_whom_is_hidden_the_others_alone_are_told_and_enrolled(label: Label, families: Any) -> None:
    """The mother is hidden: her children are enrolled by the number, and nothing of the file hangs on her."""
    brought(FAMILY, "clients")
    hide(label, "Rosa Vega")
    rosa = called("Rosa Vega")
    run = checked(BY_NUMBER, "episodes")
    assert run.shown["first"][0]["more"] == ["Leo Vega", "Mia Vega"]
    assert "Rosa" not in str(run.shown)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 1
    children = {called("Leo Vega").pk, called("Mia Vega").pk}
    assert set(EpisodeMember.objects.values_list("person", flat=True)) == children
    assert set(Assignment.objects.values_list("client", flat=True)) == children
    assert set(Entry.objects.values_list("person", flat=True)) == children
    assert not Brought.objects.filter(run=run, person=rosa).exists()


@HIDING
def test_new_clients_of_the_number_do_not_move_in_with_a_hidden_family(label: Label) -> None:
    """Nor does who is like one of them, letter by letter: the file makes a household of its own."""
    brought(FAMILY, "clients")
    hide_the_vegas(label)
    hidden = set(Person.objects.filter(labels=int(label)).values_list("pk", flat=True))
    (home,) = Household.objects.all()
    run = checked(CLIENTS + "A1,Rosa Vega,3/4/1990,H7,Self\nA9,Ines Vega,7/7/2024,H7,Daughter\n", "clients")
    assert not Finding.objects.filter(run=run).exists()
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2
    assert set(home.members.values_list("person", flat=True)) == hidden
    new = set(Person.objects.exclude(pk__in=hidden).exclude(display_name="Al Bo").values_list("pk", flat=True))
    (other,) = Household.objects.exclude(pk=home.pk)
    assert set(other.members.values_list("person", flat=True)) == new
    assert not Relationship.objects.filter(person__in=new, other__in=hidden).exists()


@HIDING
def test_a_family_hidden_after_the_file_was_checked_keeps_all_of_it_out(label: Label, families: Any) -> None:
    """And why is said as if nobody had ever had the number."""
    brought(FAMILY, "clients")
    run = checked(BY_NUMBER, "episodes")
    hide_the_vegas(label)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    run = step(run.pk, BY)
    assert (run.state, run.why) == (
        State.MATCHING,
        "Row 2: No household here has this number. Check every row again.",
    )
    assert not Episode.objects.exists()
    assert not Brought.objects.filter(run=run).exists()


def as_it_stands() -> list[int]:
    """How much of what families bring hangs on people."""
    people = Person.objects.filter(client_number__isnull=False)
    rows = [
        EpisodeMember.objects.filter(person__in=people),
        Entry.objects.filter(person__in=people),
        Assignment.objects.filter(client__in=people),
        HouseholdMember.objects.all(),
        Episode.objects.filter(household__isnull=False),
    ]
    return [found.count() for found in rows]


@pytest.mark.parametrize("at", ["run_ready", "_end_as_a_whole", "look_again_at"])
def test_killed_while_families_are_made_seen_nothing_is_half_done(
    at: str, families: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One family lives together since the clients came, the file makes a household of the other two people."""
    brought(FAMILY, "clients")
    ana, leo = known(), PersonFactory(client_number=7000, given="Noor", birth_date=date(2015, 5, 6))
    head = STAYS.replace("Client ID", "Client number")
    two = "".join(f"{one.client_number},17,Families,1/15/2020,,,Renee Baptiste,,,\n" for one in (ana, leo))
    run = checked(head + ",H7,Families,1/15/2024,,,Renee Baptiste,,,\n" + two, "episodes")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    whole = getattr(publishing_happenings, at)

    def killed(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(publishing_happenings, at, killed)
    with pytest.raises(KeyboardInterrupt):
        step(run.pk, BY)
    assert as_it_stands() == [0, 0, 0, 3, 0]
    assert Import.objects.get(pk=run.pk).state == State.BRINGING
    monkeypatch.setattr(publishing_happenings, at, whole)
    assert step(run.pk, BY).brought == 2
    assert as_it_stands() == [5, 5, 5, 5, 2]  # five people in two households, each enrolled, told of and with a worker
