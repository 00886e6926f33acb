"""What must not come back to a waitlist by taking an answer back, and one person who waits twice."""

from datetime import date

import pytest

from goldthread.casework.intake.actions.leaving import put_back, remove
from goldthread.casework.intake.actions.offers import answer, offer, take_back_answer
from goldthread.casework.intake.actions.settling import settle
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.models import Inquiry, Offer, Place
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.actions import open_program
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from tests.casework.intake.test_waiting import RULES, by, free, inquiry, order, program, waits, with_places
from tests.factories import PersonFactory, TeamFactory

__all__ = ["by", "program"]
pytestmark = pytest.mark.django_db


def test_an_answer_is_taken_back_only_where_it_was_the_end(by: Actor, program: Program):
    """Declined, kept on the list, and taken off months later because they moved: the answer of then brings no offer back."""
    place = waits(by, program)
    offer(place=place, by=by)
    answer(place=place, answer="declined", by=by)
    remove(place=place, reason="moved", note="To Ohio", by=by)
    with pytest.raises(DomainError, match="left the list for another reason"):
        take_back_answer(place=place, by=by)
    place.refresh_from_db()
    assert (place.state, place.end_reason) == ("removed", "moved")
    put_back(place=place, by=by)
    take_back_answer(place=place, by=by)
    answer(place=place, answer="accepted", by=by)
    remove(place=place, reason="other", note="Found a home", by=by)
    with pytest.raises(DomainError, match="left the list for another reason"):
        take_back_answer(place=place, by=by)
    assert not Offer.objects.filter(answer="").exists()


def test_an_offer_withdrawn_with_the_place_does_not_come_back(by: Actor, program: Program):
    place = waits(by, program)
    offer(place=place, by=by)
    remove(place=place, reason="moved", note="To Ohio", by=by)
    with pytest.raises(DomainError, match="left the list for another reason"):
        take_back_answer(place=place, by=by)


def test_who_waits_by_another_inquiry_since_is_not_offered_a_place_twice(by: Actor, program: Program):
    known = PersonFactory(client_number=9, client_since=by.today)
    first = put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Ana"), client=known, by=by), program=program, by=by)
    offer(place=first, by=by)
    answer(place=first, answer="declined", stays=False, by=by)
    put_on_waitlist(inquiry=settle(inquiry=inquiry(by, "Anita"), client=known, by=by), program=program, by=by)
    with pytest.raises(DomainError, match="just answered"):
        take_back_answer(place=first, by=by)
    assert len(order(program)) == 1


def test_two_who_wait_are_not_said_to_be_one_before_one_place_is_gone(by: Actor, program: Program):
    """A mother calls twice under two names; both times for two programs, so that both inquiries are open still."""
    more = open_program(
        key="more", name="More", template=read_template(RULES.replace("adults", "more")), template_key="",
        team=TeamFactory(), opened_on=date(2026, 1, 1), by=by,
    )  # fmt: skip
    known = PersonFactory(client_number=9, client_since=by.today)
    first, second = (inquiry(by, name, program=["adults", "more"]) for name in ("Ana", "Anita"))
    for one in (first, second):
        put_on_waitlist(inquiry=one, program=program, by=by)
    settle(inquiry=first, client=known, by=by)
    with pytest.raises(DomainError, match="on the waitlist of Adults by another inquiry") as refused:
        settle(inquiry=second, client=known, by=by)
    assert refused.value.field == "person"
    remove(place=Place.objects.get(inquiry=second), reason="other", note="Twice", by=by)
    settle(inquiry=second, client=known, by=by)
    assert Inquiry.objects.get(pk=second.pk).client == known
    assert more.pk not in Place.objects.values_list("program", flat=True)


def test_a_place_that_somebody_else_has_by_now_does_not_come_back(by: Actor, program: Program):
    with_places(program, by, 1)
    first, second = waits(by, program, "First", 3), waits(by, program, "Second", 1)
    offer(place=first, by=by)
    answer(place=first, answer="declined", by=by)
    offer(place=second, why_now="The first said no", by=by)
    with pytest.raises(DomainError, match="somebody else's by now"):
        take_back_answer(place=first, by=by)
    first.refresh_from_db()
    assert (first.state, first.offers.get().answer) == ("waiting", "declined")
    answer(place=second, answer="accepted", by=by)
    take_back_answer(place=second, by=by)  # its own place is its own
    assert free(program, by) == (0, 1)
