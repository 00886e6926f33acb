"""What the own ways leave to do: after a death somebody writes to the family and the death is looked into; whoever refused gets the
letter that was promised; an ordinary way leaves nothing. Worked out by hand from the templates' words."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q

from goldthread.casework.discharge.actions import begin, override, say, sign
from goldthread.casework.discharge.actions.signing import digest_for
from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.about import edit_about
from tests.casework.caseload.programs import enrolled, program
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
DEATH = {"died_on": "2026-11-16", "informed": "family", "told_by": "His daughter", "family": "Rosa, 555-0101"}


class Everything:
    """Sees all."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Q:
        return Q()


@pytest.fixture
def boss() -> Staff:
    AgencyFactory()
    return StaffFactory(name="Gloria Vale", team=TeamFactory())


@pytest.fixture
def by(actor: Actor, boss: Staff) -> Actor:
    return replace(actor, staff=boss.pk)


@pytest.fixture
def episode(by: Actor) -> Episode:
    program(by)
    return enrolled(by, LONG_AGO, person=PersonFactory(given="Dana", family="Kim"))


def ended(episode: Episode, by: Actor, reason: str, said: dict[str, str], *, without_tries: str = "") -> None:
    assert episode.person
    way = say(
        way=begin(episode=episode, person=episode.person, by=by), last_day=by.today, reason=reason, said=said, by=by
    )
    if without_tries:
        way = override(way=way, reason=without_tries, by=by)
    sign(way=way, drafted={}, shown=digest_for(way, {}), seen=Everything(), may_end=True, by=by)


def left_to_do() -> list[tuple[str, date, Any]]:
    rows = Task.objects.filter(state="open", requirement="", source_kind="")
    return list(rows.order_by("due_on", "title").values_list("title", "due_on", "owner__name"))


def test_after_a_death_the_family_is_written_to_and_the_death_is_looked_into(episode: Episode, by: Actor) -> None:
    assert by.today == date(2026, 11, 19)
    andre = StaffFactory(name="Andre Okoye")
    ended(episode, by, "deceased", DEATH | {"condoles": str(andre.pk)})
    assert left_to_do() == [
        ("Condolences to the family of Dana Kim", date(2026, 11, 22), "Andre Okoye"),
        # thirty days after the death, not after the day on which somebody signed
        ("Review of the death of Dana Kim", date(2026, 12, 16), "Gloria Vale"),
    ]
    assert Task.objects.get(title__startswith="Condolences").note == "Rosa, 555-0101"
    person = episode.person
    assert person
    person.refresh_from_db()
    assert (person.deceased, person.died_on) == (True, date(2026, 11, 16))


def test_a_death_of_which_the_record_had_no_day_has_it_now(episode: Episode, by: Actor) -> None:
    assert episode.person
    edit_about(person=episode.person, version_seen=episode.person.version, values={"deceased": True}, by=by)
    ended(episode, by, "deceased", DEATH)
    episode.person.refresh_from_db()
    assert (episode.person.deceased, episode.person.died_on) == (True, date(2026, 11, 16))


def test_a_review_that_would_be_over_is_due_today(episode: Episode, by: Actor) -> None:
    ended(episode, by, "deceased", DEATH | {"died_on": (by.today - timedelta(days=90)).isoformat()})
    assert ("Review of the death of Dana Kim", by.today, "Gloria Vale") in left_to_do()


def test_whoever_refused_gets_the_letter_that_was_promised(episode: Episode, by: Actor) -> None:
    said = {"offered": "Another worker", "way_back": "Call, or come to the door", "letter": "yes"}
    ended(episode, by, "refused", said)
    assert left_to_do() == [("Send the letter with the way back: Dana Kim", date(2026, 11, 21), "Gloria Vale")]


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("goals-reached", {}),
        ("refused", {"offered": "Another worker", "way_back": "Call"}),
        ("moved", {"place": "Portland, Oregon"}),
    ],
)
def test_the_other_ways_leave_nothing(episode: Episode, by: Actor, reason: str, said: dict[str, str]) -> None:
    ended(episode, by, reason, said)
    assert left_to_do() == []


def test_lost_without_the_tries_only_with_a_reason(episode: Episode, by: Actor) -> None:
    with pytest.raises(DomainError, match="tries"):
        ended(episode, by, "lost-to-follow-up", {})
    episode.refresh_from_db()
    assert episode.discharged_on is None
    ended(episode, by, "lost-to-follow-up", {}, without_tries="The house is empty, says the landlord")
    episode.refresh_from_db()
    assert episode.discharge_reason == "lost-to-follow-up"
    assert left_to_do() == []
