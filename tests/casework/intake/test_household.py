"""An inquiry of a household: each of its members is settled, checked and taken in, or nobody is."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.intake.actions.settling import settle, settle_member
from goldthread.casework.intake.actions.taking_in import take_in
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Inquiry, Outcome
from goldthread.casework.intake.rules.members import members, rows
from goldthread.casework.intake.rules.said import clean
from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.models import HouseholdMember, Person
from tests.casework.contacts.making import actor_of
from tests.factories import AgencyFactory, StaffFactory, TeamFactory

SAID = {"given": ["Ana"], "family": ["Ruiz"], "birth_date": ["3/4/1991"], "caller": ["self"]}
SAID |= {"member:1:given": ["Luis"], "member:1:family": ["Ruiz"], "member:1:birth_date": ["5/6/2015"]}
SAID |= {"member:2:given": ["Eva"], "member:2:family": ["Ruiz"], "member:2:birth_date": ["7/8/2019"]}
RULES = "{template: families, title: Families, serves: household, labels: [], requirements: []}"


@pytest.fixture
def by(db: None) -> Actor:
    AgencyFactory()
    return actor_of(StaffFactory())


@pytest.fixture
def program(by: Actor) -> Program:
    template = read_template(RULES)
    return open_program(
        key="families", name="Families", template=template, template_key="", team=TeamFactory(),
        opened_on=date(2026, 1, 1), by=by,
    )  # fmt: skip


@pytest.fixture
def inquiry(by: Actor, program: Program) -> Inquiry:
    row = keep(pk=uuid4(), given=SAID | {"program": ["families"]}, by=by).inquiry
    return settle(inquiry=row, client=None, by=by)


def test_fields_of_members_are_bounded_and_who_they_are_is_never_typed() -> None:
    said = clean(
        {"member:1:given": ["A" * 200], "member:1:who": ["x"], "member:13:given": ["B"], "member:0:given": ["C"]}
    )
    assert said == {"member:1:given": "A" * 80}
    assert [one.number for one in rows({})] == [1, 2]
    assert [one.number for one in rows({"member:3:given": "D"})] == [1, 2, 3, 4, 5]
    assert [one.name for one in members({"member:3:given": "D", "member:4:birth_date": "1/1/2000"})] == ["D"]


def test_all_of_them_come_in_at_once_known_or_new(by: Actor, program: Program, inquiry: Inquiry) -> None:
    luis = create_person(by=by, names_given=[{"kind": "legal", "given": "Luis", "family": "Ruiz"}], client=True)
    inquiry = settle_member(inquiry=inquiry, number=1, client=luis, by=by)
    inquiry = settle_member(inquiry=inquiry, number=2, client=None, new=True, by=by)
    made = take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today)
    served = [
        one.person.display_name for one in EpisodeMember.objects.filter(episode=made).order_by("person__display_name")
    ]
    assert served == ["Ana Ruiz", "Eva Ruiz", "Luis Ruiz"]
    assert luis.pk in EpisodeMember.objects.values_list("person", flat=True), "no second Luis"
    assert HouseholdMember.objects.filter(household=made.household, ends_on=None).count() == 3
    assert Person.objects.get(display_name="Eva Ruiz").birth_date == date(2019, 7, 8)
    assert Entry.objects.filter(kind="inquiry").count() == 3
    assert take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today) == made
    assert Person.objects.count() == 3


def test_who_became_part_of_another_record_is_asked_again_and_never_a_client_anew(
    by: Actor, program: Program, inquiry: Inquiry
) -> None:
    """Merged while the inquiry was finished, so that the merge did not look; then it was opened again."""
    luis = create_person(by=by, names_given=[{"kind": "legal", "given": "Luis", "family": "Ruiz"}], client=True)
    inquiry = settle_member(inquiry=inquiry, number=1, client=luis, by=by)
    inquiry = settle_member(inquiry=inquiry, number=2, client=None, new=True, by=by)
    Person.objects.filter(pk=luis.pk).update(client_number=None)
    with pytest.raises(DomainError, match="Say once more who it is") as refused, transaction.atomic():
        take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today)
    assert refused.value.field == "member:1:given"
    assert Person.objects.get(pk=luis.pk).client_number is None
    assert not Episode.objects.exists()


def test_nobody_comes_in_as_long_as_one_is_not_settled_or_already_there(
    by: Actor, program: Program, inquiry: Inquiry
) -> None:
    inquiry = settle_member(inquiry=inquiry, number=1, client=None, new=True, by=by)
    with pytest.raises(DomainError, match="Say first who Eva Ruiz is"), transaction.atomic():
        take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today)
    assert not Person.objects.exists()
    assert not Episode.objects.exists()
    luis = create_person(by=by, names_given=[{"kind": "legal", "given": "Luis", "family": "Ruiz"}], client=True)
    inquiry = settle_member(inquiry=inquiry, number=1, client=luis, by=by)
    with pytest.raises(DomainError, match="part of the inquiry already"):
        settle_member(inquiry=inquiry, number=2, client=luis, by=by)
    with pytest.raises(DomainError, match="Write down the name first"):
        settle_member(inquiry=inquiry, number=7, client=None, new=True, by=by)
    again = settle_member(inquiry=inquiry, number=1, client=None, by=by)
    assert members(again.said)[0].who == ""


def test_one_who_does_not_fit_takes_a_reason(by: Actor, program: Program, inquiry: Inquiry) -> None:
    for number in (1, 2):
        inquiry = settle_member(inquiry=inquiry, number=number, client=None, new=True, by=by)
    judged = {"judged": {"verdict": "eligible"}, "judged_members": [{"verdict": "eligible"}, {"verdict": "not"}]}
    with pytest.raises(DomainError, match="The criteria say no"):
        take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today, **judged)
    take_in(inquiry=inquiry, program=program, by=by, enrolled_on=by.today, override="Their mother is", **judged)
    assert Outcome.objects.get().judged["members"] == judged["judged_members"]
