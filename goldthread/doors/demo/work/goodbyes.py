"""Who is about to leave: one stands on their own and nobody has begun yet, one is half prepared, one is signed and waits for
Gloria, and one left yesterday. All by the rooms' own actions."""

from dataclasses import dataclass, replace
from datetime import timedelta

from goldthread.access.acts import Act
from goldthread.access.gate import sight
from goldthread.casework.discharge import actions
from goldthread.casework.discharge.actions.signing import digest_for
from goldthread.casework.discharge.enums import Decision, ItemKind
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.items import open_items, scope_of
from goldthread.casework.discharge.rules.drafting import drafted
from goldthread.casework.discharge.rules.settling import Item
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions.working import close_goal, finish_step
from goldthread.casework.plans.enums import GoalState, StepState
from goldthread.casework.plans.models import Goal
from goldthread.casework.skills.actions import record_step
from goldthread.casework.skills.enums import Level
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.doors.demo.agency import GLORIA, MEI_LIN, RENEE
from goldthread.doors.demo.past import Past
from goldthread.doors.demo.threads.found import SEEN
from goldthread.doors.demo.work.lately import episode_of
from goldthread.doors.web.discharge.desk import known_here
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.models import Person

NEAR, BEGUN, SIGNED, GONE = "Walt Brandt", "Harpreet Gill", "Ibrahim Sesay", "Sofia Petrakis"
ALONE, COACHED = Level.ON_THEIR_OWN, Level.COACHED
LEARNED = {
    NEAR: {"medicines": ALONE, "appointments": ALONE, "transport": ALONE, "money": ALONE, "meals": ALONE}
    | {"home": ALONE, "self_care": ALONE, "trouble": ALONE, "help": COACHED, "people": ALONE, "paperwork": COACHED}
    | {"phone": ALONE, "rights": ALONE, "work": ALONE},
    BEGUN: {"medicines": ALONE, "appointments": ALONE, "money": COACHED, "trouble": ALONE, "help": ALONE},
    GONE: {"medicines": ALONE, "appointments": ALONE, "transport": ALONE, "trouble": ALONE, "people": ALONE},
}
WORDS = "Did it three times in a row without being asked."
TASKS = (
    (NEAR, "Give the spare key of the office back", 5),
    (NEAR, "Send the bus company the form for the reduced pass", 9),
    (BEGUN, "Ask the landlord for the renewed lease", 6),
    (GONE, "Copy of the award letter to the housing office", 4),
    (GONE, "Tell the pharmacy who picks up from now on", 7),
)
SAID = {
    GONE: {
        "supports": "Her cousin Eleni in Port Sorrel: Sunday lunch, and a bed when it gets too quiet.\n"
        "The choir at St. Brendan's: Tuesdays.",
        "watch": "Two nights without sleep are the first sign. The knee: no third floor. Latex gives her hives.",
    },
    BEGUN: {"supports": "Jaspreet: reads the mail with him on Sundays, and calls when he does not."},
}
DECIDED: dict[ItemKind, tuple[Decision, str]] = {
    ItemKind.STEP: (Decision.OUTSIDE, "Goes on without us; it stands on their page."),
    ItemKind.APPOINTMENT: (Decision.CANCEL, "Told on the phone; they call when they want to come by."),
    ItemKind.PAST: (Decision.KEPT, ""),
    ItemKind.CONCERN: (Decision.DONE, "They have said that they are content."),
    ItemKind.SERVICE: (Decision.GOES_ON, "Has the number, and has called it alone."),
    ItemKind.DOCUMENT: (Decision.NOT_NEEDED, "Renews it without us."),
    ItemKind.HAND_OFF: (Decision.DONE, ""),
    ItemKind.REFERRED: (Decision.DONE, "Was seen there."),
    ItemKind.NOTE: (Decision.NOT_NEEDED, "Was begun twice."),
    ItemKind.ASSESSMENT: (Decision.NOT_NEEDED, "Was begun by mistake."),
}
REASON = "goals-reached"


@dataclass(frozen=True, slots=True)
class Leaver:
    """One of them, with the worker who says goodbye and the moment at which it is done."""

    past: Past
    name: str
    worker: str
    ago: int = 0
    hour: int = 8

    @property
    def by(self) -> Actor:
        return self.past.by(self.worker, self.ago, self.hour)

    @property
    def person(self) -> Person:
        return self.past.person(self.name)

    @property
    def episode(self) -> Episode:
        return episode_of(self.person.pk)


def say_goodbye(past: Past) -> None:
    """Write all four. After everything else that happened: goals and skills are there by then."""
    for name in (NEAR, BEGUN, GONE):
        _reach(Leaver(past, name, RENEE, ago=6, hour=15), keep_open=0 if name == GONE else 1)
    for name, title, days in TASKS:
        _task(Leaver(past, name, RENEE, ago=3), title, days)
    _begun(Leaver(past, BEGUN, RENEE, ago=2, hour=18))
    _signed(Leaver(past, SIGNED, MEI_LIN, ago=1, hour=18))
    _gone(Leaver(past, GONE, RENEE, ago=1, hour=18))


def _reach(one: Leaver, keep_open: int) -> None:
    """Their goals are met but for the last *keep_open*, and they do for themselves what was written down of it."""
    by, person, episode = one.by, one.person, one.episode
    goals = list(Goal.objects.filter(episode=episode, state=GoalState.OPEN).order_by("position"))
    for goal in goals[: len(goals) - keep_open]:
        for step in goal.steps.filter(state=StepState.OPEN):
            finish_step(step=step, done_on=by.today, by=by)
        close_goal(goal=goal, state=GoalState.MET, outcome="In place since the summer", by=by)
    for skill, level in LEARNED[one.name].items():
        seen = SEEN.get(skill, WORDS)
        record_step(
            person=person,
            skill=skill,
            level=level,
            on=by.today,
            evidence=seen,
            episode=episode,
            labels=episode.labels,
            told=False,
            by=by,
        )


def _task(one: Leaver, title: str, days: int) -> None:
    due = one.past.today + timedelta(days=days)
    staff = one.past.staff(one.worker)
    make_task(title=title, client=one.person, episode=one.episode, owner=staff, due_on=due, by=one.by)


def _begun(one: Leaver) -> None:
    """The reason is said and half of what is open is settled."""
    way = _prepared(one)
    items = _open(one, way)
    for item in items[: len(items) // 2]:
        _decide(one, way, item)


def _signed(one: Leaver) -> WayOut:
    """Written, settled and signed; Gloria is told that it waits for her."""
    way = _prepared(one)
    for item in _open(one, way):
        _decide(one, way, item)
    viewer = one.past.viewer(one.worker, one.ago, one.hour)
    known = known_here(viewer, one.person, way, way.last_day or one.by.today)
    words = drafted(known, path=way.path, reason="Goals reached", last_day=way.last_day or one.by.today, said=way.said)
    return actions.sign(
        way=way,
        drafted=words,
        shown=digest_for(way, words),
        seen=sight(viewer, one.person, Act.READ_RECORD),
        may_end=False,
        readers=[one.past.staff(GLORIA)],
        by=one.by,
    )


def _gone(one: Leaver) -> None:
    """As ``_signed``; and Gloria read it at once."""
    episode, way = one.episode, _signed(one)
    viewer = one.past.viewer(GLORIA, one.ago, one.hour)
    actions.approve(
        way=way,
        seen=sight(viewer, one.person, Act.READ_RECORD),
        by=replace(one.past.by(GLORIA, one.ago, one.hour), at=one.by.at + timedelta(minutes=1)),
    )
    recompute(episodes=[episode.pk], by=Actor(at=one.past.now, today=one.past.today))


def _prepared(one: Leaver) -> WayOut:
    by = one.by
    way = actions.begin(episode=one.episode, person=one.person, by=by)
    way = actions.say(way=way, last_day=by.today, reason=REASON, said={}, by=by)
    return actions.save_sections(way=way, texts=SAID.get(one.name, {}), seen={}, by=by).way


def _open(one: Leaver, way: WayOut) -> list[Item]:
    viewer = one.past.viewer(one.worker, one.ago, one.hour)
    seen = sight(viewer, one.person, Act.READ_RECORD)
    return open_items(scope_of(way.episode, one.person), seen, one.by.at, way.path)


def _decide(one: Leaver, way: WayOut, item: Item) -> None:
    if item.kind in DECIDED:
        decision, words = DECIDED[item.kind]
        actions.decide(way=way, item=item, decision=decision, words=words, by=one.by)
        return
    gloria = one.past.staff(GLORIA)
    actions.decide(way=way, item=item, decision=Decision.COLLEAGUE, to_staff=gloria, by=one.by)
