"""Whatever is signed, voided and served later: a goal knows the newest contact toward it."""

import random
from datetime import date, time, timedelta

import pytest
from django.db.models import Max

from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.serving import serve_goal
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.written import Goal as Touched
from goldthread.casework.contacts.rules.written import Part
from goldthread.casework.plans.models import Goal, Objective, Plan, Progress, Step
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import AT, TODAY, ZONE, actor_of, episode_of, family_of, note
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


def goals_of(person: Person, episode, staff, many: int = 3) -> list[Goal]:
    plan = Plan.objects.filter(episode=episode).first() or Plan.objects.create(
        episode=episode, person=person, made_by=staff, made_at=AT
    )
    found = []
    for n in range(many):
        goal = Goal.objects.create(
            plan=plan, person=person, episode=episode, words=f"Goal {n}", opened_on=date(2026, 10, 2)
        )
        Objective.objects.create(goal=goal, words="Days", target="7")
        Step.objects.create(goal=goal, words="Apply", owner_kind="worker")
        found.append(goal)
    return found


def touched(goal: Goal, went: str = "well", value: str = "", step: bool = False) -> Touched:
    objective, own = goal.objectives.get(), goal.steps.get()
    return Touched(
        goal.words, went, "", goal.pk, goal.person_id,
        ((objective.pk, objective.words, value),) if value else (), ((own.pk, own.words),) if step else (),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_each_goal_knows_the_newest_contact_toward_it(seed: int):
    chance, staff, person = random.Random(seed), StaffFactory(), PersonFactory()
    episode, by = episode_of(person, staff), actor_of(staff)
    goals, signed = goals_of(person, episode, staff), []
    for n in range(14):
        what = chance.random()
        if what < 0.6 or not signed:
            said = [
                touched(goal, value=str(n) if chance.random() < 0.5 else "")
                for goal in chance.sample(goals, chance.randint(0, 3))
            ]
            day = TODAY - timedelta(days=chance.randint(0, 20))
            written = note(person, episode, day=day, goals=tuple(said), overlap_is_right=True)
            signed.append(sign(pk=new_id(), note=written, zone=ZONE, by=by))
        elif what < 0.8:
            void(contact=signed.pop(chance.randrange(len(signed))), reason="Wrong", by=by)
        else:
            served = chance.choice(signed)
            goal = chance.choice(goals)
            if not Progress.objects.filter(source_id=served.pk, goal=goal, voided=False).exists():
                serve_goal(contact=served, goal=goal, went="little", words="", by=by)
        standing = Progress.objects.filter(voided=False)
        for goal in goals:
            goal.refresh_from_db()
            assert goal.last_contact_on == standing.filter(goal=goal).aggregate(day=Max("on"))["day"]
            newest = standing.filter(goal=goal).exclude(value="").order_by("-on", "-pk").first()
            assert goal.objectives.get().latest == (newest.value if newest else "")
        lines = Entry.objects.filter(kind=EntryKind.CONTACT, served=True)
        assert set(lines.values_list("source_id", flat=True)) == set(standing.values_list("source_id", flat=True))


def test_a_familys_note_moves_each_ones_own_goals_alone():
    staff = StaffFactory()
    episode, children = family_of(staff, 2)
    first, second = (goals_of(child, episode, staff, 1)[0] for child in children)
    parts = tuple(Part(child.pk) for child in children)
    written = note(children[0], episode, parts=parts, goals=(touched(first), touched(second, "stuck")))
    contact = sign(pk=new_id(), note=written, zone=ZONE, by=actor_of(staff))
    assert set(Progress.objects.values_list("goal", "person", "went")) == {
        (first.pk, children[0].pk, "well"), (second.pk, children[1].pk, "stuck"),
    }  # fmt: skip
    from goldthread.casework.record.models import Entry

    told = {entry.person_id: entry.facts["goals"] for entry in Entry.objects.filter(source_id=contact.pk)}
    assert told == {children[0].pk: [first.words], children[1].pk: [second.words]}


def test_a_step_done_in_a_voided_note_is_open_again():
    staff, person = StaffFactory(), PersonFactory()
    episode = episode_of(person, staff)
    goal = goals_of(person, episode, staff, 1)[0]
    contact = sign(
        pk=new_id(), note=note(person, episode, goals=(touched(goal, step=True),)), zone=ZONE, by=actor_of(staff)
    )
    assert goal.steps.get().state == "done"
    void(contact=contact, reason="Wrong", by=actor_of(staff))
    assert goal.steps.get().state == "open"


def test_who_says_later_which_goal_a_contact_served():
    staff, person = StaffFactory(), PersonFactory()
    episode, by = episode_of(person, staff), actor_of(staff)
    goal = goals_of(person, episode, staff, 1)[0]
    contact = sign(pk=new_id(), note=note(person, episode), zone=ZONE, by=by)
    form = new_id()
    for _again in range(2):
        serve_goal(contact=contact, goal=goal, went="well", words="The papers", by=by, form_id=form)
    goal.refresh_from_db()
    assert goal.last_contact_on == TODAY
    added = contact.addenda.get()
    assert goal.words in added.text
    assert "The papers" in added.text
    assert Contact.objects.get(pk=contact.pk).goals == []  # what was signed stays as it was signed


def test_a_goal_of_somebody_else_or_a_contact_that_was_only_tried():
    staff, person, other = StaffFactory(), PersonFactory(), PersonFactory()
    episode, by = episode_of(person, staff), actor_of(staff)
    theirs = goals_of(other, episode_of(other, staff), staff, 1)[0]
    mine = goals_of(person, episode, staff, 1)[0]
    contact = sign(pk=new_id(), note=note(person, episode), zone=ZONE, by=by)
    with pytest.raises(DomainError):
        serve_goal(contact=contact, goal=theirs, went="well", words="", by=by)
    tried = sign(
        pk=new_id(), note=note(person, episode, attempted=True, start=time(9), end=time(9, 5)), zone=ZONE, by=by
    )
    with pytest.raises(DomainError):
        serve_goal(contact=tried, goal=mine, went="well", words="", by=by)
    assert not Progress.objects.exists()
