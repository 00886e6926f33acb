"""A group's note as its template wants it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.enums import PLACES, ROLES
from goldthread.casework.contacts.rules.groups import field_of
from goldthread.casework.contacts.rules.written import Problem
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.doors.web.contacts.group_offered import GroupOffered, chosen_ids
from goldthread.doors.web.contacts.page import (
    CONFIRMATIONS,
    PLACES_ELSEWHERE,
    Choice,
    activities_of,
    choices_of,
    follow_ups_of,
)
from goldthread.doors.web.contacts.refit import left_over
from goldthread.doors.web.contacts.typed import OWN, Typed
from goldthread.foundation.programs.enums import Activity, Seen
from goldthread.people.persons.models import Person

CONFIRMED = (*CONFIRMATIONS, "names_are_right")


@dataclass(frozen=True, slots=True)
class Card:
    """One client of the group."""

    person: Person
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


def context(
    viewer: Viewer, offered: GroupOffered, typed: Typed, *, row: UUID, problems: list[Problem]
) -> dict[str, Any]:
    """Everything the page shows."""
    wrong = {problem.field: problem.message for problem in reversed(problems)}
    ticked = {name for name in CONFIRMED if typed.has(name)}
    shown = {one.person_id for one in (*offered.mine, *offered.others, *offered.members)}
    picked = {one.person_id for one in offered.members}
    listed = {one.person_id: one for one in (*offered.mine, *offered.members)}
    activities = [one for one in activities_of(offered.template, typed) if one.value != Activity.MONITORING]
    return {
        "row": row,
        "programs": [Choice(str(one.pk), one.name, one == offered.program) for one in offered.programs],
        "program": offered.program,
        "mine": [_pick(one, picked) for one in sorted(listed.values(), key=lambda one: one.person.sort_key)],
        "others": [_pick(one, picked) for one in offered.others if one.person_id not in listed],
        "wide": typed.has("wide"),
        "absent": [str(pk) for pk in chosen_ids(typed) - shown],
        "cards": [_card(one.person, activities, typed, wrong) for one in offered.members],
        "begun": bool(offered.members) or typed.has("narrative") or typed.has("activity"),
        "left_over": left_over(viewer, offered.clients, typed),
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
        "lines": {name: typed.one(name) for name in ("place_words", "travel_minutes", "miles")},
        "ticked": ticked,
        "asked": ticked | {problem.confirm for problem in problems},
        "problems": problems,
        "wrong": wrong,
    }


def in_words(typed: Typed) -> list[tuple[str, str]]:
    """The texts of another device's version, with what they are called: enough to copy from."""
    told = [(_("What happened"), typed.text("narrative"))] if typed.has("narrative") else []
    return [*told, *((_("Only about them"), typed.text(name)) for name in typed.names(OWN) if typed.has(name))]


def _pick(row: EpisodeMember, picked: set[UUID]) -> Choice:
    return Choice(str(row.person_id), row.person.display_name, row.person_id in picked)


def _card(person: Person, activities: list[Choice], typed: Typed, wrong: dict[str, Any]) -> Card:
    pk, field = str(person.pk), field_of(person.pk)
    done = typed.many(f"act_{pk}")
    names = (f"min_{pk}", f"act_{pk}", f"next_{pk}", f"in_{pk}", f"on_{pk}", f"safe_{pk}")
    own = Typed({"next_in": typed.many(f"in_{pk}"), "next_on": typed.many(f"on_{pk}")})
    return Card(
        person=person,
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
    )
