"""The ladder: what was seen, when, and where somebody stands."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Q

from goldthread.casework.record.models import Entry
from goldthread.casework.skills.actions import record_step, void_step
from goldthread.casework.skills.models import SkillStep
from goldthread.casework.skills.queries import ladder_of
from goldthread.casework.skills.rules import SKILLS
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(actor: Actor) -> Actor:
    return Actor(at=actor.at, today=actor.today, staff=StaffFactory().pk)


def test_somebody_climbs_from_done_for_to_on_their_own(by: Actor):
    person = PersonFactory()
    for weeks, level in [(30, 1), (20, 2), (10, 3), (1, 4)]:
        record_step(
            person=person,
            skill="medicines",
            level=level,
            on=by.today - timedelta(weeks=weeks),
            evidence=f"Level {level} seen",
            by=by,
        )
    (medicines,) = (rung for rung in ladder_of(person, Q()) if rung.skill == "medicines")
    assert [step.level for step in medicines.steps] == [1, 2, 3, 4]
    assert medicines.now is not None
    assert (medicines.now.level, medicines.change) == (4, 3)


def test_every_skill_is_shown_in_its_order_also_when_nothing_was_seen():
    rungs = ladder_of(uuid4(), Q())
    assert [rung.skill for rung in rungs] == list(SKILLS)
    assert {(rung.now, rung.change) for rung in rungs} == {(None, 0)}


def test_one_form_makes_one_step_one_line_and_one_event(by: Actor):
    person, form = PersonFactory(), uuid4()
    for _twice in range(2):
        record_step(person=person, skill="money", level=2, on=by.today, evidence="Paid rent", by=by, form_id=form)
    assert SkillStep.objects.count() == 1
    assert Entry.objects.get(source_kind="skill").facts["level"] == 2
    assert Event.objects.filter(action="skills.seen", client=person.pk).count() == 1


def test_a_step_written_by_mistake_is_drawn_no_more(by: Actor):
    person = PersonFactory()
    step = record_step(person=person, skill="money", level=4, on=by.today, evidence="Of her sister", by=by)
    void_step(step=step, by=by)
    void_step(step=step, by=by)
    assert all(rung.now is None for rung in ladder_of(person, Q()))
    assert Entry.objects.get(source_kind="skill").voided
    assert Event.objects.filter(action="skills.taken_back").count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"skill": "juggling"}, "skill"),
        ({"level": 5}, "level"),
        ({"on": date(2999, 1, 1)}, "on"),
        ({"evidence": "  "}, "evidence"),
        ({"evidence": "x" * 301}, "evidence"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(by: Actor, wrong: dict[str, object], field: str):
    words = {"skill": "money", "level": 2, "on": by.today, "evidence": "Seen"} | wrong
    with pytest.raises(DomainError) as caught:
        record_step(person=PersonFactory(), by=by, **words)
    assert caught.value.field == field
    assert not SkillStep.objects.exists()
