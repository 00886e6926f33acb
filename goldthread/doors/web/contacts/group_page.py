"""A group's note as its template wants it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.enums import PLACES, ROLES, Furnished
from goldthread.casework.contacts.rules.checklists import Checklist
from goldthread.casework.contacts.rules.groups import field_of
from goldthread.casework.contacts.rules.written import Problem
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.plans.toward import NOTHING
from goldthread.doors.web.contacts import toward
from goldthread.doors.web.contacts.group_offered import GroupOffered, chosen_ids
from goldthread.doors.web.contacts.group_reading import own_typed
from goldthread.doors.web.contacts.offered import ELSEWHERE, checklist_at
from goldthread.doors.web.contacts.page import (
    CONFIRMATIONS,
    PLACES_ELSEWHERE,
    Choice,
    activities_of,
    checklist_shown,
    choices_of,
    follow_ups_of,
)
from goldthread.doors.web.contacts.reading_form import answers_in, word_of
from goldthread.doors.web.contacts.refit import left_over
from goldthread.doors.web.contacts.typed import MEMBER, OWN, Typed
from goldthread.foundation.programs.enums import Place, Seen
from goldthread.people.persons.models import Person

QUESTIONS = ("all_well", "furnished", "adequate", "changed", "monitoring_note")
CHECKS = ("check", "checknote")
CONFIRMED = (*CONFIRMATIONS, "names_are_right")


@dataclass(frozen=True, slots=True)
class Card:
    """One client of the group. *start*: how the names of fields begin that are asked of each as on a note of their own."""

    person: Person
    start: str
    field: str
    came: bool
    own_part: str
    minutes: str
    activities: list[Choice]
    next_step: str
    follow_ups: list[Choice]
    next_on: str
    safety: bool
    wrong: str
    more: bool
    """Is anything said in what is folded away?"""
    goals: list[toward.Line]
    services: list[toward.ServiceLine]
    toward_open: bool
    monitoring: list[tuple[str, str, list[Choice]]]
    """The three questions: name of the field, words, answers."""
    all_well: bool
    monitoring_note: str
    checklist: dict[str, Any] | None
    checked: bool


def context(
    viewer: Viewer, offered: GroupOffered, typed: Typed, *, row: UUID, problems: list[Problem]
) -> dict[str, Any]:
    """Everything the page shows."""
    wrong = {problem.field: problem.message for problem in reversed(problems)}
    ticked = {name for name in CONFIRMED if typed.has(name)}
    shown = {one.person_id for one in (*offered.mine, *offered.others, *offered.members)}
    picked = {one.person_id for one in offered.members}
    listed = {one.person_id: one for one in (*offered.mine, *offered.members)}
    activities = activities_of(offered.template, typed)
    way = offered.way(typed.one("how"))
    looked_at = checklist_at(way, way.place if way and way.value != ELSEWHERE else word_of(Place, typed.one("place")))
    return {
        "row": row,
        "programs": [Choice(str(one.pk), one.name, one == offered.program) for one in offered.programs],
        "program": offered.program,
        "mine": [_pick(one, picked) for one in sorted(listed.values(), key=lambda one: one.person.sort_key)],
        "others": [_pick(one, picked) for one in offered.others if one.person_id not in listed],
        "wide": typed.has("wide"),
        "absent": [str(pk) for pk in chosen_ids(typed) - shown],
        "cards": [_card(one.person, activities, typed, wrong, offered, looked_at, viewer) for one in offered.members],
        "kept": [*toward.left_over(typed, offered.whole_plan), *_not_shown(offered, typed, looked_at)],
        "gone": toward.gone_words(typed, offered.whole_plan),
        "begun": bool(offered.members) or typed.has("narrative") or typed.has("activity"),
        "left_over": left_over(viewer, offered.clients, typed),
        "looks": any(one.checklist for one in offered.ways),
        "ways": [Choice(way.value, way.label, way.value == typed.one("how")) for way in offered.ways],
        "places": choices_of(((place, PLACES[place]) for place in PLACES_ELSEWHERE), [typed.one("place")]),
        "day": typed.one("day"),
        "start": typed.one("start"),
        "end": typed.one("end"),
        "latest": viewer.today.isoformat(),
        "roles": choices_of(
            ((role, ROLES[role]) for role in ROLES if role != Seen.CLIENT), [typed.one("other_role") or "other"]
        ),
        "other_name": typed.one("other_name"),
        "activities": activities,
        "words": {"narrative": typed.text("narrative")},
        "lines": {name: typed.one(name) for name in ("place_words", "travel_minutes", "miles", "appointment")},
        "ticked": ticked,
        "asked": ticked | {problem.confirm for problem in problems},
        "problems": problems,
        "wrong": wrong,
    }


def in_words(typed: Typed) -> list[tuple[str, str]]:
    """The texts of another device's version, with what they are called: enough to copy from."""
    told = [(_("What happened"), typed.text("narrative"))] if typed.has("narrative") else []
    noted = [(_("About a goal"), typed.text(name)) for name in typed.names(toward.NOTE) if typed.has(name)]
    own = [(_("Only about them"), typed.text(name)) for name in typed.names(OWN) if typed.has(name)]
    return [*told, *own, *noted]


def _not_shown(offered: GroupOffered, typed: Typed, looked_at: Checklist | None) -> list[tuple[str, str]]:
    """What was said of clients who are not on the note, or of another kind of place: kept, for when they are shown again."""
    asked = [*QUESTIONS]
    if looked_at:
        asked += [f"{kind}_{looked_at.key}_{item.key}" for item in looked_at.items for kind in CHECKS]
    shown = {f"{MEMBER}{one.person_id}_{name}" for one in offered.members for name in asked}
    return [(name, value) for name in typed.names(MEMBER) if name not in shown for value in typed.many(name)]


def _pick(row: EpisodeMember, picked: set[UUID]) -> Choice:
    return Choice(str(row.person_id), row.person.display_name, row.person_id in picked)


def _card(
    person: Person,
    activities: list[Choice],
    typed: Typed,
    wrong: dict[str, Any],
    offered: GroupOffered,
    looked_at: Checklist | None,
    viewer: Viewer,
) -> Card:
    pk, field = str(person.pk), field_of(person.pk)
    start = f"{MEMBER}{pk}_"
    plan = offered.plans.get(person.pk, NOTHING)
    theirs = own_typed(typed, offered, person.pk)
    goals = toward.lines_of(plan, theirs, {}, viewer.today, choices_of)
    checklist = checklist_shown(looked_at, theirs) if looked_at else None
    done = typed.many(f"act_{pk}")
    names = (f"min_{pk}", f"act_{pk}", f"next_{pk}", f"in_{pk}", f"on_{pk}", f"safe_{pk}")
    own = Typed({"next_in": typed.many(f"in_{pk}"), "next_on": typed.many(f"on_{pk}")})
    return Card(
        person=person,
        start=start,
        field=field,
        came=typed.one(f"came_{pk}") != "no",
        own_part=typed.text(f"{OWN}{pk}"),
        minutes=typed.one(f"min_{pk}"),
        activities=[Choice(one.value, one.label, one.value in done) for one in activities],
        next_step=typed.one(f"next_{pk}"),
        follow_ups=follow_ups_of(own),
        next_on=typed.one(f"on_{pk}"),
        safety=typed.has(f"safe_{pk}"),
        wrong=wrong.get(field, ""),
        more=field in wrong or any(map(typed.has, names)),
        goals=goals,
        services=toward.services_of(plan, theirs, {}, choices_of),
        toward_open=any(one.checked for goal in goals for one in (*goal.went, *goal.steps))
        or bool(theirs.many("service")),
        monitoring=[
            (f"{start}furnished", _("Furnished as planned?"), choices_of(Furnished.choices, [theirs.one("furnished")])),
            (f"{start}adequate", _("Adequate?"), choices_of(Furnished.choices, [theirs.one("adequate")])),
            (
                f"{start}changed",
                _("Have needs changed?"),
                choices_of((("yes", _("Yes")), ("no", _("No"))), [theirs.one("changed")]),
            ),
        ],
        all_well=theirs.has("all_well"),
        monitoring_note=theirs.one("monitoring_note"),
        checklist=checklist,
        checked=bool(looked_at and answers_in(theirs, looked_at)),
    )
