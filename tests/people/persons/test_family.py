from datetime import date, timedelta

import pytest

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons import rules
from goldthread.people.persons.actions import (
    family,
    households,
)
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import (
    HouseholdMember,
    Person,
    Relationship,
)
from goldthread.people.persons.queries import brief_of, circle_of, household_of
from tests.people.persons.helpers import a_client, refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", list(RelationshipKind))
def test_every_relationship_is_kept_from_both_sides(
    dana: Person, actor: Actor, today: date, kind: RelationshipKind
) -> None:
    eve = a_client(actor, "Eve", contact={"kind": "home", "value": "2155550142"})
    values = {"other": eve, "kind": kind, "emergency_contact": True, "note": "calls daily"}
    form = new_id()
    for _twice in range(2):
        row = family.add_relationship(person=dana, values=values, by=actor, form_id=form)
    back = Relationship.objects.get(person=eve)
    assert (back.other, back.kind, back.pair, back.note) == (dana, rules.OTHER_SIDE[kind], row.pair, "calls daily")
    assert rules.OTHER_SIDE[RelationshipKind(back.kind)] == kind
    assert not back.emergency_contact
    refused("kind", family.add_relationship, person=dana, values=values, by=actor)
    dana.refresh_from_db()
    family.edit_relationship(
        row=row, version_seen=dana.version, values={"note": "", "emergency_contact": False}, by=actor
    )
    back.refresh_from_db()
    assert back.note == ""
    assert [shown.other for shown in circle_of(dana, 0, today)] == [eve]
    other = RelationshipKind.SPOUSE if kind == RelationshipKind.FRIEND else RelationshipKind.FRIEND
    family.edit_relationship(row=row, version_seen=dana.version, values={"kind": other}, by=actor)
    back.refresh_from_db()
    assert back.kind == other
    ended = family.end_relationship(row=row, ends_on=today, by=actor, reason="moved")
    family.end_relationship(row=row, ends_on=today, by=actor)
    back.refresh_from_db()
    assert (ended.ends_on, back.ends_on, back.note) == (today, today, "moved")
    assert circle_of(dana, 0, today + timedelta(days=1)) == []
    family.add_relationship(person=dana, values=values | {"starts_on": today, "ends_on": today}, by=actor)


def test_a_relative_who_was_not_known(dana: Person, actor: Actor, today: date) -> None:
    form = new_id()
    for _twice in range(2):
        row = family.add_relative(
            person=dana, name={"given": "Rosa"}, values={"kind": "parent", "emergency_contact": True},
            contact={"kind": "mobile", "value": "2155550142"}, by=actor, form_id=form,
        )  # fmt: skip
    assert (row.other.display_name, row.other.client_number, Person.objects.count()) == ("Rosa", None, 2)
    assert [r.other.display_name for r in brief_of(dana, 0, today).emergency] == ["Rosa"]
    refused("other", family.add_relationship, person=dana, values={"other": dana, "kind": "friend"}, by=actor)
    refused("other", family.add_relationship, person=dana, values={"kind": "friend"}, by=actor)


def test_households(dana: Person, actor: Actor, today: date) -> None:
    form = new_id()
    for _twice in range(2):
        home = households.create_household(head=dana, by=actor, form_id=form)
    eve = a_client(actor, "Eve")
    member = households.join_household(household=home, person=eve, by=actor, starts_on=today)
    assert households.join_household(household=home, person=eve, by=actor) == member
    assert home.name == "Household of Dana Whitfield"
    assert [m.person for m in household_of(eve, 0, today)] == [dana, eve]
    households.make_head(member=member, by=actor)
    households.make_head(member=member, by=actor)
    assert [m.person for m in HouseholdMember.objects.filter(is_head=True)] == [eve]
    refused("ends_on", households.leave_household, member=member, ends_on=today - timedelta(days=1), by=actor)
    for _twice in range(2):
        households.leave_household(member=member, ends_on=today, by=actor)
    refused("is_head", households.make_head, member=member, by=actor)


def test_who_leaves_a_household_is_on_the_log_of_both_records(dana: Person, actor: Actor, today: date) -> None:
    home = households.create_household(head=dana, by=actor)
    eve = a_client(actor, "Eve")
    member = households.join_household(household=home, person=eve, by=actor)
    households.leave_household(member=member, ends_on=today, by=actor, said_on=dana.pk)
    events = Event.objects.filter(action="persons.household_left")
    assert {event.client for event in events} == {dana.pk, eve.pk}
    assert [m.person for m in household_of(dana, 0, today + timedelta(days=1))] == [dana]
    own = HouseholdMember.objects.get(person=dana)
    households.leave_household(member=own, ends_on=today, by=actor, said_on=dana.pk)
    assert events.filter(client=dana.pk).count() == 2
