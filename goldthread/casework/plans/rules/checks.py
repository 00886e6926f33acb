"""What keeps a plan from being signed, in plain words, each with where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.plans.rules.document import everything, lines, of_goal, part, reviewed
from goldthread.casework.plans.rules.shape import ANSWERS, GOALS, KINDS, OBJECTIVES, PARTS, SERVICES, STEPS
from goldthread.foundation.programs.rules.template import PlanRules


@dataclass(frozen=True, slots=True)
class Lack:
    """Something is missing. *where*: key of a part, kind of line, or the id of a line; *field* of that line."""

    where: str
    message: str
    field: str = ""


NO_REVIEW_ANSWER = "review"


def lacks(content: Mapping[str, Any], rules: PlanRules, *, review: bool = False) -> list[Lack]:
    """Everything that is missing, in the order of the page; none: it can be signed. *rules*: of the program.

    *review*: the version ends a review, which says something of each goal of the version before.
    """
    return [
        *_parts(content, rules.parts),
        *_goals(content),
        *_fields(content),
        *(_reviewed(content) if review else ()),
    ]


def _parts(content: Mapping[str, Any], required: Iterable[str]) -> Iterator[Lack]:
    for key in required:
        if key in PARTS and not part(content, key):
            yield Lack(key, _("“%(part)s” is still empty.") % {"part": PARTS[key].title})
        if key in KINDS and not lines(content, key):
            yield Lack(key, _("“%(part)s” is still empty.") % {"part": KINDS[key].title})


def _goals(content: Mapping[str, Any]) -> Iterator[Lack]:
    goals = lines(content, GOALS)
    if not goals:
        yield Lack(GOALS, _("There is no goal yet."))
    for goal in goals:
        pk = goal["id"]
        if reviewed(content, pk).get("answer") in ("met", "stop"):
            continue
        if not of_goal(content, STEPS, pk) and not of_goal(content, SERVICES, pk):
            yield Lack(
                pk, _("Nobody does anything toward “%(goal)s” yet: add a step or a service.") % {"goal": goal["words"]}
            )
        for objective in of_goal(content, OBJECTIVES, pk):
            if not (objective.get("target") or objective.get("measure")):
                yield Lack(
                    objective["id"], _("Say how “%(words)s” is measured.") % {"words": objective["words"]}, "measure"
                )


def _fields(content: Mapping[str, Any]) -> Iterator[Lack]:
    for kind, one in everything(content):
        for field in KINDS[kind].fields:
            if field.required and not one.get(field.name):
                said = {"kind": KINDS[kind].one, "words": one.get(KINDS[kind].fields[0].name, ""), "field": field.label}
                yield Lack(one["id"], _("%(kind)s “%(words)s”: “%(field)s” is still empty.") % said, field.name)


def _reviewed(content: Mapping[str, Any]) -> Iterator[Lack]:
    for goal in lines(content, GOALS):
        said = reviewed(content, goal["id"])
        if said.get("answer") not in ANSWERS:
            yield Lack(goal["id"], _("Say what became of “%(goal)s”.") % {"goal": goal["words"]}, "answer")
        elif said["answer"] in ("stop", "change") and not said.get("why"):
            yield Lack(goal["id"], _("Say why “%(goal)s” is stopped or changed.") % {"goal": goal["words"]}, "why")
