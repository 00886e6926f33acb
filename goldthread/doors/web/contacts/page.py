"""The composer as its template wants it: every choice with its state, every problem at its field."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.enums import ACTIVITIES, PLACES, ROLES, Barrier, Furnished, Went
from goldthread.casework.contacts.rules.checklists import NO, NOT_SEEN, YES, Checklist, checklists
from goldthread.casework.contacts.rules.written import Problem
from goldthread.doors.web.contacts import toward
from goldthread.doors.web.contacts.offered import CHECKLIST_AT, ELSEWHERE, Offered
from goldthread.doors.web.contacts.reading_form import FOLLOW_UPS, GOALS
from goldthread.doors.web.contacts.refit import left_over
from goldthread.doors.web.contacts.typed import OWN, Typed
from goldthread.foundation.programs.enums import Activity, Seen
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.titles import DOMAINS

PLACES_ELSEWHERE = [place for place in PLACES if place not in ("residence", "office")]
CONFIRMATIONS = ("next_day", "overlap_is_right", "aftercare", toward.GONE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip, radio or option."""

    value: str
    label: StrOrPromise
    checked: bool = False
    more: str = ""
    minutes: int = 0
    activities: str = ""
    """Of a way of contact: how long it usually takes and what is usually done, for who chooses it later."""


def context(viewer: Viewer, offered: Offered, typed: Typed, *, row: UUID, problems: list[Problem]) -> dict[str, Any]:
    """Everything the composer shows."""
    wrong = {problem.field: problem.message for problem in problems}
    ticked = {name for name in CONFIRMATIONS if typed.has(name)}
    asked = ticked | {problem.confirm for problem in problems}
    return {
        "client": offered.client,
        "row": row,
        "ticked": ticked,
        "split": any(typed.has(name) for name in typed.names("minutes_")),
        "title": title(offered, typed),
        "episodes": _episodes(offered),
        "ways": _ways(offered, typed),
        "places": choices_of(((place, PLACES[place]) for place in PLACES_ELSEWHERE), [typed.one("place")]),
        "day": typed.one("day"),
        "start": typed.one("start"),
        "end": typed.one("end"),
        "latest": viewer.today.isoformat(),
        "who": _who(offered, typed),
        "absent": _absent(offered, typed),
        "offers_group": bool(offered.episode) and len(offered.clients) == 1 and not typed.has("replaces"),
        "attempted": typed.has("attempted"),
        "roles": choices_of(
            ((role, ROLES[role]) for role in ROLES if role != Seen.CLIENT), [typed.one("other_role") or "other"]
        ),
        "other_name": typed.one("other_name"),
        "activities": activities_of(offered.template, typed),
        "parts": _parts(offered, typed),
        "left_over": left_over(viewer, offered.clients, typed),
        "all_well": typed.has("all_well"),
        "furnished": choices_of(Furnished.choices, [typed.one("furnished")]),
        "adequate": choices_of(Furnished.choices, [typed.one("adequate")]),
        "changed": choices_of((("yes", _("Yes")), ("no", _("No"))), [typed.one("changed")]),
        "goals": _goals(typed, bool(offered.plan.goals)),
        **_of_plan(viewer, offered, typed),
        "domains": _domains(offered, typed),
        "barriers": choices_of(Barrier.choices, typed.many("barrier")),
        "follow_ups": follow_ups_of(typed),
        "checklists": _checklists(offered, typed),
        "words": {name: typed.text(name) for name in ("narrative", "monitoring_note")},
        "lines": {
            name: typed.one(name)
            for name in (
                "next_step",
                "next_on",
                "place_words",
                "travel_minutes",
                "miles",
                "settles",
                "replaces",
                "task",
                "appointment",
            )
        },
        "safety": typed.one("safety") == "yes",
        "asked": asked,
        "problems": problems,
        "wrong": wrong,
    }


def title(offered: Offered, typed: Typed) -> str:
    """What the page is called: the way, and with whom."""
    way = offered.way(typed.one("how"))
    name = offered.client.display_name
    if way is None or way.value == ELSEWHERE:
        return _("Note about %(name)s") % {"name": name}
    return _("%(way)s: %(name)s") % {"way": way.label, "name": name}


def in_words(typed: Typed) -> list[tuple[str, str]]:
    """The texts of another device's version, with what they are called: enough to copy from."""
    names = {"narrative": _("What happened"), "next_step": _("Next step"), "monitoring_note": _("About the services")}
    told = [(label, typed.text(name)) for name, label in names.items() if typed.has(name)]
    goals = [typed.one(f"goal_{n}") for n in range(GOALS) if typed.has(f"goal_{n}")]
    own = [(_("Only about them"), typed.text(name)) for name in typed.names(OWN) if typed.has(name)]
    noted = [(_("About a goal"), typed.text(name)) for name in typed.names(toward.NOTE) if typed.has(name)]
    return [*told, *own, *noted, *([(_("Goals"), "; ".join(goals))] if goals else [])]


def choices_of(pairs: Any, checked: list[str]) -> list[Choice]:
    """(value, label) as choices."""
    return [Choice(str(value), label, str(value) in checked) for value, label in pairs]


def _episodes(offered: Offered) -> list[Choice]:
    chosen = offered.episode
    return [Choice(str(one.pk), one.program.name, one == chosen) for one in offered.episodes]


def _ways(offered: Offered, typed: Typed) -> list[Choice]:
    return [
        Choice(
            way.value, way.label, way.value == typed.one("how"), way.checklist, way.minutes, " ".join(way.activities)
        )
        for way in offered.ways
    ]


def _who(offered: Offered, typed: Typed) -> list[Choice]:
    present = typed.many("who")
    clients = [Choice(str(one.pk), one.display_name, str(one.pk) in present) for one in offered.clients]
    shown = {one.value for one in clients}
    around = [Choice(str(one.person), one.label, str(one.person) in present) for one in offered.around]
    return [*clients, *(one for one in around if one.value not in shown)]


def _parts(offered: Offered, typed: Typed) -> list[tuple[Any, str]]:
    """Each client's private part: where several are served, and where one has been written already."""
    told = [(one, typed.text(f"{OWN}{one.pk}")) for one in offered.clients]
    return told if len(told) > 1 or any(words for _one, words in told) else []


def _absent(offered: Offered, typed: Typed) -> list[str]:
    """Who was ticked under another program and has no chip here: remembered for when that one is chosen again."""
    shown = {one.value for one in _who(offered, typed)}
    return [value for value in typed.many("who") if value not in shown]


def activities_of(template: Template | None, typed: Typed) -> list[Choice]:
    """What was done: what the program names first. ``more``: the minutes that were written."""
    first = list(template.activities) if template else []
    ordered = [*first, *(activity for activity in Activity if activity not in first)]
    chosen = typed.many("activity")
    return [
        Choice(activity.value, ACTIVITIES[activity], activity.value in chosen, typed.one(f"minutes_{activity.value}"))
        for activity in ordered
    ]


def _of_plan(viewer: Viewer, offered: Offered, typed: Typed) -> dict[str, Any]:
    """The goals and services of the plan, and what was written for others."""
    names = {one.pk: one.display_name for one in offered.clients} if len(offered.clients) > 1 else {}
    lines = toward.lines_of(offered.plan, typed, names, viewer.today, choices_of)
    said = {line.id for line in lines if line.asked or any(one.checked for one in line.went)}
    open_at_first = max(toward.SHOWN, len(said))
    return {
        "of_plan": lines[:open_at_first],
        "more_of_plan": lines[open_at_first:],
        "services": toward.services_of(offered.plan, typed, names, choices_of),
        "goals_asked": typed.many("goal"),
        "goals_kept": toward.left_over(typed, offered.plan),
        "goals_gone": toward.gone_words(typed, offered.plan),
    }


def _goals(typed: Typed, planned: bool) -> list[dict[str, Any]]:
    """Those named, and one empty line for another where no plan names them."""
    named = [(typed.one(f"goal_{n}"), typed.one(f"went_{n}")) for n in range(GOALS) if typed.has(f"goal_{n}")]
    rows = named if planned else [*named, ("", "")][:GOALS]
    return [
        {"number": number, "words": words, "went_name": f"went_{number}", "went": choices_of(Went.choices, [went])}
        for number, (words, went) in enumerate(rows)
    ]


def _domains(offered: Offered, typed: Typed) -> list[Choice]:
    """The areas of life that the program names, else all; and those that were chosen before another program was."""
    named = offered.template.domains if offered.template and offered.template.domains else tuple(DOMAINS)
    chosen = typed.many("domain")
    shown = [*named, *(domain for domain in DOMAINS if domain.value in chosen and domain not in named)]
    return choices_of(((domain.value, DOMAINS[domain]) for domain in shown), chosen)


def follow_ups_of(typed: Typed) -> list[Choice]:
    """By when the next step is done."""
    words = {"1": _("Tomorrow"), "3": _("3 days"), "7": _("1 week"), "14": _("2 weeks")}
    chosen = typed.one("next_in") or ("date" if typed.has("next_on") else "")
    return choices_of([*((value, words[value]) for value in FOLLOW_UPS), ("date", _("A date"))], [chosen])


def _checklists(offered: Offered, typed: Typed) -> list[SafeString]:
    """Those of the places that can be chosen, and those that have answers."""
    keys = {way.checklist for way in offered.ways if way.checklist} | set(CHECKLIST_AT.values())
    begun = {
        key
        for key in checklists()
        for start in ("check", "checknote")
        if any(map(typed.has, typed.names(f"{start}_{key}_")))
    }
    return [
        _drawn(found, typed) if key in begun else _untouched(key, get_language() or "")
        for key, found in checklists().items()
        if key in keys | begun
    ]


@cache
def _untouched(key: str, language: str) -> SafeString:
    """A checklist in which nothing was said yet: the same for everybody, and half of the page."""
    return _drawn(checklists()[key], Typed())


def _drawn(found: Checklist, typed: Typed) -> SafeString:
    return render_to_string("contacts/parts/checklist.html", {"list": checklist_shown(found, typed)})


def checklist_shown(found: Checklist, typed: Typed) -> dict[str, Any]:
    """The checklist with what was said on it."""
    words = ((YES, _("Yes")), (NO, _("No")), (NOT_SEEN, _("Not seen")))
    items = [
        {
            "name": f"{found.key}_{item.key}",
            "words": str(item.words),
            "answers": choices_of(words, [typed.one(f"check_{found.key}_{item.key}")]),
            "note": typed.one(f"checknote_{found.key}_{item.key}"),
        }
        for item in found.items
    ]
    return {"key": found.key, "title": str(found.title), "items": items}
