"""Facts: stated, corrected, ended, taken back; nothing is lost."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db.models import Q

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.actions import correct_fact, end_fact, mark_mistaken, state_fact
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import current_facts, past_facts, residences, statements
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ALL = Q()
BY = Actor(at=datetime(2026, 11, 20, 15, 0, tzinfo=UTC), today=date(2026, 11, 20), staff=uuid4())


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def lives(person: object, setting: str, starts: str | None, ends: str | None = None) -> Fact:
    return state_fact(
        person=person,
        kind="housing",
        value={"setting": setting},
        said_by="client",
        said_on=BY.today,
        starts_on=day(starts),
        ends_on=day(ends),
        by=BY,
    )


def takes(person: object, name: str = "Sertraline", **more: object) -> Fact:
    return state_fact(
        person=person, kind="medicine", value={"name": name}, said_by="client", said_on=BY.today, by=BY, **more
    )


def test_a_medicine_is_stated_and_found_among_what_holds():
    person = PersonFactory()
    fact = takes(person, starts_on=date(2026, 10, 1), said_words="Herself")
    assert current_facts(person, BY.today, ALL) == [fact]
    assert current_facts(person, BY.today, ALL, ["allergy"]) == []
    assert current_facts(person, date(2026, 9, 30), ALL) == []
    event = Event.objects.get(action="facts.stated")
    assert (event.client, event.object_id, event.details) == (person.pk, str(fact.pk), {"kind": "medicine"})


def test_the_same_form_makes_one_fact():
    person, form = PersonFactory(), uuid4()
    assert takes(person, form_id=form) == takes(person, form_id=form)
    assert Fact.objects.count() == 1


def test_a_correction_takes_the_place_and_keeps_the_old_word():
    person = PersonFactory()
    old = takes(person, "Sertralin")
    new = correct_fact(
        fact=old,
        value={"name": "Sertraline"},
        said_by="paper",
        said_words="Bottle",
        said_on=BY.today,
        reason="Misspelled",
        by=BY,
    )
    assert current_facts(person, BY.today, ALL) == [new]
    assert statements(person, ALL) == [new, old] or statements(person, ALL) == [old, new]
    assert (new.replaces_id, new.reason, new.said_by) == (old.pk, "Misspelled", "paper")


def test_two_people_correct_at_once_and_the_second_is_told():
    person = PersonFactory()
    old = takes(person)
    seen_by_both = Fact.objects.get(pk=old.pk)
    words = {"said_by": "client", "said_on": BY.today, "reason": "Wrong", "by": BY}
    correct_fact(fact=old, value={"name": "Fluoxetine"}, **words)
    with pytest.raises(DomainError, match="in the meantime"):
        correct_fact(fact=seen_by_both, value={"name": "Citalopram"}, **words)


def test_it_ends_on_a_day_and_is_past_the_day_after():
    person = PersonFactory()
    fact = takes(person, starts_on=date(2026, 10, 1))
    end_fact(fact=fact, ends_on=date(2026, 11, 19), by=BY, reason="Side effects")
    assert current_facts(person, date(2026, 11, 19), ALL) == [fact]
    assert current_facts(person, BY.today, ALL) == []
    assert past_facts(person, BY.today, ALL) == [fact]


@pytest.mark.parametrize(("ends", "why"), [("2026-11-21", "not come yet"), ("2026-09-30", "before the first")])
def test_it_cannot_end_ahead_or_before_it_began(ends: str, why: str):
    fact = takes(PersonFactory(), starts_on=date(2026, 10, 1))
    with pytest.raises(DomainError, match=why):
        end_fact(fact=fact, ends_on=date.fromisoformat(ends), by=BY)


def test_what_ended_is_corrected_not_ended_again():
    fact = takes(PersonFactory())
    end_fact(fact=fact, ends_on=BY.today, by=BY)
    with pytest.raises(DomainError, match="ended already"):
        end_fact(fact=fact, ends_on=BY.today, by=BY)


def test_a_mistake_stays_in_the_history_alone():
    person = PersonFactory()
    fact = takes(person)
    with pytest.raises(DomainError, match="why"):
        mark_mistaken(fact=fact, reason=" ", by=BY)
    mark_mistaken(fact=fact, reason="Of the sister", by=BY)
    assert current_facts(person, BY.today, ALL) == []
    assert [row.mistaken for row in statements(person, ALL)] == [True]


def test_who_moves_leaves_the_home_before_on_that_day():
    person = PersonFactory()
    home = lives(person, "with_family", "2024-05-01")
    street = lives(person, "street", "2026-02-01")
    flat = lives(person, "own_home_supported", "2026-08-15")
    assert [(row.code, row.starts_on, row.ends_on) for row in residences(person, ALL)] == [
        ("with_family", date(2024, 5, 1), date(2026, 2, 1)),
        ("street", date(2026, 2, 1), date(2026, 8, 15)),
        ("own_home_supported", date(2026, 8, 15), None),
    ]
    assert {home.code, street.code, flat.code} == {row.code for row in residences(person, ALL)}


def test_an_earlier_home_is_filled_in_only_where_there_is_room():
    person = PersonFactory()
    lives(person, "own_home", "2026-02-01")
    lives(person, "jail", "2025-01-01", "2026-02-01")
    with pytest.raises(DomainError) as caught:
        lives(person, "shelter", "2025-12-01", "2026-03-01")
    assert caught.value.field == "starts_on"
    with pytest.raises(DomainError) as caught:
        lives(person, "shelter", "2024-01-01")  # until when?
    assert caught.value.field == "ends_on"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"said_on": date(2026, 11, 21)}, "said_on"),
        ({"starts_on": date(2028, 1, 1)}, "starts_on"),
        ({"starts_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}, "ends_on"),
        ({"said_by": "gossip"}, "said_by"),
    ],
)
def test_days_and_sources_that_cannot_be(more: dict[str, object], field: str):
    words = {"said_by": "client", "said_on": BY.today} | more
    with pytest.raises(DomainError) as caught:
        state_fact(person=PersonFactory(), kind="allergy", value={"to": "Penicillin"}, by=BY, **words)
    assert caught.value.field == field
    assert not Fact.objects.exists()


def test_labels_hide_a_fact_from_who_is_not_cleared():
    person = PersonFactory()
    hidden = takes(person, "Methadone", labels=1, episode_id=uuid4())
    open_one = takes(person)
    assert current_facts(person, BY.today, Q(labels=0)) == [open_one]
    assert hidden in current_facts(person, BY.today, ALL)


def test_what_holds_one_at_a_time_neither_ends_nor_tells_of_what_others_may_not_read():
    """Who may not read the labelled one would otherwise end it unseen, or be told that something is written down."""
    person, episode_id = PersonFactory(), uuid4()

    def says(setting: str, starts: str, **more: object) -> Fact:
        return state_fact(
            person=person,
            kind="housing",
            value={"setting": setting},
            said_by="client",
            said_on=BY.today,
            starts_on=day(starts),
            by=BY,
            **more,
        )

    hidden = says("hospital", "2026-03-01", labels=1, episode_id=episode_id)
    says("shelter", "2026-03-01")  # the same days: nothing is said of the other
    later = says("own_home", "2026-05-01")
    hidden.refresh_from_db()
    assert hidden.ends_on is None
    assert [one.value["setting"] for one in current_facts(person, BY.today, Q(labels=0))] == [later.value["setting"]]
    says("group_home", "2026-06-01", labels=1, episode_id=episode_id)
    hidden.refresh_from_db()
    assert hidden.ends_on == date(2026, 6, 1)
