"""Undoing that something was ended: all of it comes back, once, and only while nothing was changed since."""

from datetime import date
from typing import Any

import pytest

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions import addresses, alerts, family, households, reach
from goldthread.people.persons.actions.undo import reopen
from goldthread.people.persons.models import Change, Person, Relationship
from tests.people.persons.helpers import a_client, refused

pytestmark = pytest.mark.django_db


def a_phone(dana: Person, by: Actor, value: str = "2155550142", **more: Any) -> Any:
    return reach.add_contact_point(person=dana, values={"kind": "mobile", "value": value, **more}, by=by)


def test_an_alert_comes_back_with_all_it_said(dana: Person, actor: Actor, today: date) -> None:
    alert = alerts.add_alert(person=dana, values={"kind": "dog", "short": "Dog", "review_on": today}, by=actor)
    ended = alerts.end_alert(row=alert, ends_on=today, by=actor, reason="The dog is gone")
    back = reopen(row=ended, version=ended.version, by=actor)
    assert (back.ended_on, back.end_reason, back.short) == (None, "", "Dog")
    event = Event.objects.order_by("-id").first()
    assert event
    assert (event.action, event.client, event.details) == (
        "persons.alerts_reopened",
        dana.pk,
        {"fields": ["end_reason", "ended_on"]},
    )
    newest = Change.objects.filter(row=alert.pk, field="ended_on").order_by("-id").first()
    assert newest
    assert (newest.old, newest.new) == (today.isoformat(), None)


def test_it_is_undone_once_and_only_while_nothing_was_changed_since(dana: Person, actor: Actor, today: date) -> None:
    phone = a_phone(dana, actor)
    refused(None, reopen, row=phone, version=phone.version, by=actor)
    ended = reach.end_contact_point(row=phone, ends_on=today, by=actor, reason="No answer")
    dana.refresh_from_db()
    refused(None, reopen, row=ended, version=ended.version - 1, by=actor)
    changed = reach.edit_contact_point(row=ended, version_seen=dana.version, values={"note": "Old"}, by=actor)
    refused(None, reopen, row=changed, version=ended.version, by=actor)
    refused(None, reopen, row=changed, version=changed.version, by=actor)
    again = a_phone(dana, actor, "2155550143")
    ended = reach.end_contact_point(row=again, ends_on=today, by=actor)
    assert reopen(row=ended, version=ended.version, by=actor).ends_on is None
    refused(None, reopen, row=ended, version=ended.version, by=actor)


def test_what_has_taken_its_place_stays(dana: Person, actor: Actor, today: date) -> None:
    home = {"kind": "current", "line1": "9 Open Road"}
    old = addresses.add_address(person=dana, values=home, by=actor)
    ended = addresses.end_address(row=old, ends_on=today, by=actor)
    addresses.add_address(person=dana, values=home | {"line1": "3 New Road"}, by=actor)
    refused(None, reopen, row=ended, version=ended.version, by=actor)
    first = a_phone(dana, actor, first_choice=True)
    ended = reach.end_contact_point(row=first, ends_on=today, by=actor)
    a_phone(dana, actor, "2155550143", first_choice=True)
    refused(None, reopen, row=ended, version=ended.version, by=actor)


def test_a_relationship_comes_back_on_both_sides(dana: Person, actor: Actor, today: date) -> None:
    eve = a_client(actor, "Eve")
    values = {"other": eve, "kind": "sibling", "note": ""}
    row = family.add_relationship(person=dana, values=values, by=actor)
    ended = family.end_relationship(row=row, ends_on=today, by=actor, reason="Lost touch")
    reopen(row=ended, version=ended.version, by=actor)
    for side in Relationship.objects.filter(pair=row.pair):
        assert (side.ends_on, side.note) == (None, "")
    told = Event.objects.filter(action="persons.relationship_reopened")
    assert {event.client for event in told} == {dana.pk, eve.pk}


def test_a_relationship_changed_from_the_other_side_is_not_undone(dana: Person, actor: Actor, today: date) -> None:
    eve = a_client(actor, "Eve")
    row = family.add_relationship(person=dana, values={"other": eve, "kind": "sibling"}, by=actor)
    ended = family.end_relationship(row=row, ends_on=today, by=actor)
    back = Relationship.objects.get(person=eve)
    eve.refresh_from_db()
    family.edit_relationship(row=back, version_seen=eve.version, values={"emergency_contact": True}, by=actor)
    refused(None, reopen, row=ended, version=ended.version, by=actor)


def test_a_place_in_a_household_comes_back(dana: Person, actor: Actor, today: date) -> None:
    home = households.create_household(head=dana, by=actor)
    eve = a_client(actor, "Eve")
    place = households.join_household(household=home, person=eve, by=actor)
    ended = households.leave_household(member=place, ends_on=today, by=actor, said_on=dana.pk)
    assert reopen(row=ended, version=ended.version, by=actor).ends_on is None
    assert Event.objects.get(action="persons.household_reopened").client == eve.pk
