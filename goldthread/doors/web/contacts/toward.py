"""Goals and services of the plan on the note: how they are offered, and what was said of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.enums import Furnished, Went
from goldthread.casework.contacts.rules.written import Goal, Problem, Service, Written
from goldthread.casework.plans.enums import Helped, OwnerKind
from goldthread.casework.plans.toward import AtWork, GoalAtWork, ServiceAtWork, StepAtWork, at_work, likely
from goldthread.doors.web.contacts.typed import Typed
from goldthread.foundation.programs.enums import Activity
from goldthread.people.persons.models import Person

TOWARD, NOTE, VALUE, ENDED, HELPED = "toward_", "towardnote_", "value_", "ended_", "helped_"
"""How the fields begin that say how it went toward a goal; its note; an objective's value; a service's end, and whether it helped.
The id follows. Steps that were done, and services that were checked on, are ticked: ``step``, ``service``."""
SHOWN = 4
"""Goals that stand open; the others are folded away."""
GONE = "goals_gone"
"""The box that lets a note be signed without what was written for goals that are not offered any more."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A step that may have been done, an objective with its field, or a service."""

    id: str
    words: str
    more: str = ""
    checked: bool = False
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A goal of the plan on the form."""

    id: str
    words: str
    whose: str
    """The client's name, where the note is about several."""
    silent: str
    went_name: str
    went: list[Any]
    note: str
    objectives: list[Tick]
    steps: list[Tick]
    asked: bool
    """Was the note opened for it?"""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service of the plan on the form."""

    id: str
    words: str
    more: str
    checked: bool
    ended: bool
    helped_name: str
    helped: list[Any]


def names_plan(typed: Typed) -> bool:
    """Does the form say anything of the plan's goals or services?"""
    return any(name.startswith((TOWARD, NOTE, VALUE)) or name in ("step", "service") for name in typed.values)


def read_plan(
    viewer: Viewer, client: Person, episode: UUID, clients: list[Person], replaces: UUID | None = None
) -> AtWork:
    """The plan of *episode*, as far as the viewer may write about it: the goals of *clients*, who are those of the note.
    *replaces*: the contact of which it is the new version. One query."""
    sight = gate.sight(viewer, client, Act.WRITE_CONTACT)
    return at_work([episode], {one.pk for one in clients}, sight.sees_episode, replaces)


def asked_for(typed: Typed) -> set[UUID]:
    """The goals for which the note was opened."""
    return {pk for pk in map(as_uuid, typed.many("goal")) if pk}


def goals_in(typed: Typed, plan: AtWork) -> Iterator[Goal | Problem]:
    """What was said of the plan's goals, in the order of the plan; what is not said clearly is a problem."""
    ticked = set(typed.many("step"))
    for goal in plan.goals:
        went = typed.one(f"{TOWARD}{goal.id}")
        steps = tuple((one.id, one.words) for one in goal.steps if str(one.id) in ticked)
        values = tuple(
            (one.id, one.words, typed.one(f"{VALUE}{one.id}")[:120])
            for one in goal.objectives
            if typed.has(f"{VALUE}{one.id}")
        )
        note = typed.one(f"{NOTE}{goal.id}")[:500]
        if went in Went.values and went != Went.NOT_TODAY:
            yield Goal(goal.words, went, note, goal.id, goal.person, values, steps)
        elif steps or values or note:
            yield Problem("goals", _("Say how it went toward “%(goal)s”.") % {"goal": goal.words})
    yield from gone_in(typed, plan)


def gone_in(typed: Typed, plan: AtWork, field: str = "goals") -> Iterator[Problem]:
    """Something was written for goals that are not offered (any more), and nobody has said that it may be left out."""
    if any(typed.has(name) for name in _gone(typed, plan)) and not typed.has(GONE):
        message = _(
            "A goal you wrote about is not in the plan of this program, or not any more. Look at what is left, or sign without it."
        )
        yield Problem(field, message, GONE)


def services_in(typed: Typed, plan: AtWork, furnished: str) -> tuple[Service, ...]:
    """The services that were checked on, and what the note makes known of each. *furnished*: the answer to the first question."""
    ticked = set(typed.many("service")) if Activity.MONITORING.value in typed.many("activity") else set()
    given = furnished in (Furnished.YES, Furnished.PARTLY)
    return tuple(
        Service(
            one.id,
            one.person,
            one.words,
            confirms=given,
            news=given and one.known_on is None and one.ended_on is None,
            ended=typed.has(f"{ENDED}{one.id}") and one.ended_on is None,
            helped=helped if (helped := typed.one(f"{HELPED}{one.id}")) in Helped.values else "",
        )
        for one in plan.services
        if str(one.id) in ticked
    )


def lines_of(plan: AtWork, typed: Typed, names: dict[UUID, str], today: date, choices: Any) -> list[Line]:
    """The goals as the form shows them, the likeliest first. *names*: of the clients, where they are several. *choices*: makes
    choices of pairs."""
    first = asked_for(typed)
    said = {goal.id for goal in plan.goals if typed.has(f"{TOWARD}{goal.id}") or typed.has(f"{NOTE}{goal.id}")}
    ticked = set(typed.many("step"))
    return [_line(goal, typed, names, ticked, first, today, choices) for goal in likely(plan.goals, first | said)]


def services_of(plan: AtWork, typed: Typed, names: dict[UUID, str], choices: Any) -> list[ServiceLine]:
    """The services as the form shows them."""
    ticked = set(typed.many("service"))
    return [
        ServiceLine(
            id=str(one.id),
            words=one.words,
            more=" · ".join(filter(None, [names.get(one.person, ""), one.provider, _known(one)])),
            checked=str(one.id) in ticked,
            ended=typed.has(f"{ENDED}{one.id}"),
            helped_name=f"{HELPED}{one.id}",
            helped=choices(Helped.choices, [typed.one(f"{HELPED}{one.id}")]),
        )
        for one in plan.services
    ]


def left_over(typed: Typed, plan: AtWork) -> list[tuple[str, str]]:
    """What was written for goals and services that are not offered here: kept, for when they are again."""
    steps = {str(step.id) for goal in plan.goals for step in goal.steps}
    services = {str(one.id) for one in plan.services}
    kept = [(name, value) for name in _gone(typed, plan) for value in typed.many(name)]
    kept += [("step", value) for value in typed.many("step") if value not in steps]
    return kept + [("service", value) for value in typed.many("service") if value not in services]


def gone_words(typed: Typed, plan: AtWork) -> list[str]:
    """The texts among them."""
    return [typed.one(name) for name in _gone(typed, plan) if name.startswith((NOTE, VALUE)) and typed.has(name)]


def mended(note: Written, plan: AtWork, silent: int, today: date) -> Iterator[str]:
    """The silences that *note* ends, in words. *silent*: after how many days a silence is a break."""
    if note.day is None or note.attempted:
        return
    for goal in note.goals:
        known = plan.goal(goal.id) if goal.id else None
        if known is None:
            continue
        days = (today - known.heard_on).days
        if days > silent >= (today - note.day).days:
            yield _("Mends the thread: no contact toward “%(goal)s” for %(n)d days") % {"goal": goal.words, "n": days}


def _line(
    goal: GoalAtWork,
    typed: Typed,
    names: dict[UUID, str],
    ticked: set[str],
    first: set[UUID],
    today: date,
    choices: Any,
) -> Line:
    return Line(
        id=str(goal.id),
        words=goal.words,
        whose=names.get(goal.person, ""),
        silent=_silent(goal, today),
        went_name=f"{TOWARD}{goal.id}",
        went=choices(Went.choices, [typed.one(f"{TOWARD}{goal.id}")]),
        note=typed.one(f"{NOTE}{goal.id}"),
        objectives=[
            Tick(str(one.id), one.words, _scale(one.latest, one.target), value=typed.one(f"{VALUE}{one.id}"))
            for one in goal.objectives
        ],
        steps=[Tick(str(one.id), one.words, _owner(one), str(one.id) in ticked) for one in goal.steps],
        asked=goal.id in first,
    )


def _silent(goal: GoalAtWork, today: date) -> str:
    """When somebody last had contact toward it."""
    if goal.touched_on is None:
        return _("No contact yet")
    return _("Last: %(day)s") % {"day": _day(goal.touched_on, today)}


def _scale(latest: str, target: str) -> str:
    told = [
        _("last: %(value)s") % {"value": latest} if latest else "",
        _("aim: %(value)s") % {"value": target} if target else "",
    ]
    return ", ".join(filter(None, told))


def _owner(step: StepAtWork) -> str:
    who: StrOrPromise = step.who or (OwnerKind(step.owner).label if step.owner in OwnerKind.values else "")
    day = date_format(step.due_on, "j M") if step.due_on else ""
    return ", ".join(filter(None, [str(who), day]))


def _known(service: ServiceAtWork) -> str:
    if service.ended_on:
        return _("ended %(day)s") % {"day": date_format(service.ended_on, "j M Y")}
    if service.known_on is None:
        return _("not confirmed yet")
    return _("since %(day)s") % {"day": date_format(service.known_on, "j M Y")}


def _gone(typed: Typed, plan: AtWork) -> list[str]:
    """The fields of goals that are not offered, in which something was said."""
    offered = {f"{start}{goal.id}" for goal in plan.goals for start in (TOWARD, NOTE)}
    offered |= {f"{VALUE}{one.id}" for goal in plan.goals for one in goal.objectives}
    said = [name for start in (TOWARD, NOTE, VALUE) for name in typed.names(start) if name not in offered]
    return [name for name in said if typed.has(name) and typed.one(name) != Went.NOT_TODAY]


def _day(day: date, today: date) -> str:
    return date_format(day, "j M" if day.year == today.year else "j M Y")


def as_uuid(text: str) -> UUID | None:
    """An id; None for what is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
