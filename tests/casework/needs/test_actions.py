"""Needs: raised, ranked by the person, changed by two, closed with a reason, opened again."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db.models import Q

from goldthread.casework.needs.actions import (
    change_need,
    close_need,
    decline_suggestion,
    raise_need,
    rank_needs,
    reopen_need,
)
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import needs_of, open_needs
from goldthread.casework.record.models import Entry
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict
from goldthread.people.persons.models import Person
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor: Actor) -> Actor:
    return replace(actor, staff=StaffFactory().pk)


@pytest.fixture
def dana() -> Person:
    return PersonFactory()


def needs(dana: Person, by: Actor, words: str = "A place of my own", **more: object) -> Need:
    return raise_need(person=dana, words=words, by=by, **({"domain": "housing"} | more))


def test_a_need_is_raised_and_stands_in_the_timeline(dana: Person, by: Actor):
    need = needs(dana, by, own_words=True, strength=3)
    assert open_needs(dana, Q()) == [need]
    entry = Entry.objects.get(source_kind="need", source_id=need.pk)
    assert (entry.title, entry.domains, entry.facts["state"]) == ("A place of my own", ["housing"], "open")
    assert Event.objects.filter(action="needs.raised", client=dana.pk, object_id=str(need.pk)).exists()


def test_one_form_and_one_answer_make_one_need(dana: Person, by: Actor):
    form, source = uuid4(), uuid4()
    assert needs(dana, by, form_id=form) == needs(dana, by, "Other words", form_id=form)
    told = {"source_kind": "assessment", "source_id": source, "source_item": "total", "domain": "mental_health"}
    assert needs(dana, by, **told) == needs(dana, by, "Said again", **told)
    assert Need.objects.count() == 2


def test_a_declined_suggestion_is_kept_with_the_reason(dana: Person, by: Actor):
    told = {"domain": "food", "words": "Food", "strength": 2, "source_id": uuid4(), "source_item": "food"}
    with pytest.raises(DomainError, match="why"):
        decline_suggestion(person=dana, because="Food 1", reason=" ", by=by, **told)
    need = decline_suggestion(person=dana, because="Food 1", reason="Has SNAP since Monday", by=by, **told)
    again = decline_suggestion(person=dana, because="Food 1", reason="Another", by=by, **told)
    assert again.pk == need.pk
    assert (need.state, need.reason, open_needs(dana, Q())) == ("declined", "Has SNAP since Monday", [])


def test_the_person_puts_first_what_matters_most(dana: Person, by: Actor):
    home, work, friends = (needs(dana, by, words) for words in ("Home", "Work", "Friends"))
    rank_needs(person=dana, order=[friends.pk, home.pk], by=by)
    assert [need.words for need in open_needs(dana, Q())] == ["Friends", "Home", "Work"]
    rank_needs(person=dana, order=[work.pk], by=by)
    assert [(need.words, need.rank) for need in open_needs(dana, Q())] == [
        ("Work", 1),
        ("Home", None),
        ("Friends", None),
    ]


def test_what_is_not_theirs_or_not_open_cannot_be_ranked(dana: Person, by: Actor):
    mine, other = needs(dana, by), needs(PersonFactory(), by)
    for order in ([other.pk], [mine.pk, mine.pk]):
        with pytest.raises(DomainError, match="changed in the meantime"):
            rank_needs(person=dana, order=order, by=by)


def test_two_change_it_at_once_and_the_second_sees_the_difference(dana: Person, by: Actor):
    need = needs(dana, by)
    words = {"domain": "housing", "strength": 2, "own_words": False, "version_seen": 1, "by": by}
    change_need(need=need, words="A place near the bus", **words)
    with pytest.raises(EditConflict) as caught:
        change_need(need=need, words="A place with a garden", **words)
    assert [(one.field, one.mine, one.theirs) for one in caught.value.conflicts] == [
        ("words", "A place with a garden", "A place near the bus")
    ]
    assert change_need(need=need, words="A place near the bus", **words).version == 2  # the same twice is no clash


def test_closing_asks_why_unless_it_is_met(dana: Person, by: Actor):
    met, later = needs(dana, by), needs(dana, by)
    close_need(need=met, state="met", reason="", by=by)
    with pytest.raises(DomainError, match="why"):
        close_need(need=later, state="later", reason="", by=by)
    close_need(need=later, state="later", reason="After the baby is born", by=by)
    assert open_needs(dana, Q()) == []
    assert {need.state for need in needs_of(dana, Q())} == {"met", "later"}
    with pytest.raises(DomainError, match="not open"):
        close_need(need=met, state="declined", reason="No", by=by)


def test_closing_is_undone(dana: Person, by: Actor):
    need = needs(dana, by)
    close_need(need=need, state="met", reason="Moved in", by=by)
    reopen_need(need=need, by=by)
    (found,) = open_needs(dana, Q())
    assert (found.closed_on, found.reason) == (None, "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"domain": "weather"}, "domain"),
        ({"words": ""}, "words"),
        ({"words": "x" * 301}, "words"),
        ({"strength": 9}, "strength"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(dana: Person, by: Actor, wrong: dict[str, object], field: str):
    with pytest.raises(DomainError) as caught:
        needs(dana, by, **wrong)
    assert caught.value.field == field
    assert not Need.objects.exists()
