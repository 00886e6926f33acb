"""A program has two places. Whoever is enrolled from a client's own page, or comes back by a discharge that is taken back, takes one; where
none is free it takes somebody who may, and a reason (ADR 72, 79)."""

from dataclasses import replace
from uuid import uuid4

import pytest

from goldthread.casework.discharge.actions import undo_discharge
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.enrolling import enrol_clients
from goldthread.casework.intake.actions.offers import offer
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.models import Place
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import discharge
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.people.persons.models import Person
from tests.casework.intake.test_waiting import by, inquiry, program, with_places
from tests.factories import PersonFactory

__all__ = ["by", "program"]
pytestmark = pytest.mark.django_db


def taken(program: Program, by: Actor, many: int, **said: object) -> Episode:
    """Somebody is in the program, which has *many* places."""
    with_places(program, by, many)
    return enrol_clients(program=program, person=PersonFactory(), enrolled_on=by.today, by=by)


def test_the_last_place_is_given_and_then_it_takes_who_may_and_a_reason(by: Actor, program: Program):
    taken(program, by, 2)
    enrol_clients(program=program, person=PersonFactory(), enrolled_on=by.today, by=by)
    third: Person = PersonFactory()
    for may, why, said in ((False, "Her twin", "A supervisor or program manager"), (True, " ", "Say why one more")):
        with pytest.raises(DomainError, match=said) as refused:
            enrol_clients(program=program, person=third, enrolled_on=by.today, why_over=why, may_exceed=may, by=by)
        assert refused.value.field == "why_over"
    assert Episode.objects.count() == 2
    enrol_clients(program=program, person=third, enrolled_on=by.today, why_over="Her twin", may_exceed=True, by=by)
    assert Entry.objects.get(person=third, kind="enrolled").text == "Her twin"


def test_a_reason_nobody_asked_for_is_not_kept(by: Actor, program: Program):
    with_places(program, by, 1)
    one: Person = PersonFactory()
    enrol_clients(program=program, person=one, enrolled_on=by.today, why_over="Why not", may_exceed=True, by=by)
    assert Entry.objects.get(person=one, kind="enrolled").text == ""


def test_pressed_twice_is_once_though_it_took_the_last_place(by: Actor, program: Program):
    with_places(program, by, 1)
    press, one = uuid4(), PersonFactory()
    for _press in range(2):
        enrol_clients(program=program, person=one, enrolled_on=by.today, form_id=press, by=by)
    assert Episode.objects.count() == 1


def test_who_was_offered_the_place_needs_no_second_one_and_waits_no_longer(by: Actor, program: Program):
    with_places(program, by, 1)
    known: Person = PersonFactory()
    place = put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Ana"), client=known, by=by), program=program, by=by)
    offer(place=place, by=by)
    enrol_clients(program=program, person=known, enrolled_on=by.today, by=by)
    assert Place.objects.get(pk=place.pk).state == "enrolled"


def test_a_discharge_is_taken_back_into_the_last_place_or_with_a_reason(by: Actor, program: Program):
    first = taken(program, by, 1)
    said = {"discharged_on": by.today, "reason": "moved", "by": by}
    discharge(episode=first, **said)
    undo_discharge(episode=first, by=by)
    discharge(episode=Episode.objects.get(pk=first.pk), **said)
    enrol_clients(program=program, person=PersonFactory(), enrolled_on=by.today, by=by)
    with pytest.raises(DomainError, match="No place is free: 1 of 1 are taken"):
        undo_discharge(episode=first, by=by, reason="The wrong client")
    first.refresh_from_db()
    assert first.discharged_on == by.today
    undo_discharge(episode=first, by=replace(by), reason="The wrong client", why_over="The wrong client")
    first.refresh_from_db()
    assert first.discharged_on is None
