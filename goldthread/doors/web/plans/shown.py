"""A plan's document as its page shows it: parts and lines in the order of the page, each with what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.plans.enums import OwnerKind
from goldthread.casework.plans.models import Goal, Objective, PlannedService, Progress, Step
from goldthread.casework.plans.rules.checks import Lack
from goldthread.casework.plans.rules.document import Line, line, lines, of_goal, part, reviewed
from goldthread.casework.plans.rules.shape import (
    GOALS,
    KINDS,
    OBJECTIVES,
    PARTS,
    SERVICES,
    STEPS,
    Field,
    Kind,
    Part,
)
from goldthread.doors.web.plans.words import ADD, ANSWERS, value_words
from goldthread.foundation.lib.written import written_day
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS

LARGE = ("vision", "important_to")
"""Parts that open the document, in large letters."""
BEFORE = ("strengths", "important_for", "preferences", "routine", "culture")
"""Parts between these and the goals."""
AFTER = ("emergency", "crisis", "discharge")
QUOTED_LARGE = 280
"""Letters up to which somebody's words stand in large letters."""
OTHERS = ("supports", "risks", "rights")
AT_THE_END = ("meetings", "participants", "copies")
NO_PAIR = {"goal", "objective", "needs", "from_need"}
"""Fields that tell where a line belongs: its place says it."""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part, with what is written in it."""

    part: Part
    text: str
    lack: Lack | None = None
    untouched: bool = False
    """Does it still read as in the plan that this one is a copy of?"""

    @property
    def large(self) -> bool:
        """Do the words stand in large letters?"""
        return self.part.key in LARGE and len(self.text) <= QUOTED_LARGE


@dataclass(slots=True)
class LineShown:
    """A line of any kind. *work*: the row that it put to work, once a version with it was in force."""

    kind: Kind
    line: Line
    pairs: list[tuple[StrOrPromise, str]]
    lacks: list[Lack]
    work: Any = None
    owner: str = ""
    amount: str = ""
    day: date | None = None
    untouched: bool = False
    said: Mapping[str, str] = field(default_factory=dict)
    """Every field as it is read, by its name."""

    @property
    def words(self) -> str:
        """What the line is called."""
        return str(self.line.get(self.kind.fields[0].name, ""))

    @property
    def summary(self) -> str:
        """What an objective is measured by, in sentences."""
        said = (
            (_("It is %(words)s now."), "baseline"),
            (_("The aim: %(words)s."), "target"),
            (_("Measured by: %(words)s."), "measure"),
        )
        return " ".join(sentence % {"words": self.line[name]} for sentence, name in said if self.line.get(name))


@dataclass(slots=True)
class GoalShown(LineShown):
    """A goal, with everything toward it."""

    number: int = 0
    domain: StrOrPromise = ""
    objectives: list[LineShown] = field(default_factory=list)
    steps: list[LineShown] = field(default_factory=list)
    services: list[LineShown] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)
    answer: StrOrPromise = ""
    why: str = ""
    contacts: int = 0
    latest: Progress | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one kind."""

    kind: Kind
    lines: list[LineShown]
    lack: Lack | None = None

    @property
    def add(self) -> StrOrPromise:
        """What adds one."""
        return ADD[self.kind.key]


@dataclass(frozen=True, slots=True)
class Work:
    """What the plan put to work, by the ids of its lines; contacts and the latest word by goal."""

    goals: Mapping[str, Goal] = field(default_factory=dict)
    objectives: Mapping[str, Objective] = field(default_factory=dict)
    steps: Mapping[str, Step] = field(default_factory=dict)
    services: Mapping[str, PlannedService] = field(default_factory=dict)
    contacts: Mapping[str, int] = field(default_factory=dict)
    latest: Mapping[str, Progress] = field(default_factory=dict)

    def row(self, kind: str, pk: str) -> Any:
        """The row that the line *pk* of *kind* put to work."""
        by_kind: dict[str, Mapping[str, Any]] = {
            GOALS: self.goals,
            OBJECTIVES: self.objectives,
            STEPS: self.steps,
            SERVICES: self.services,
        }
        return by_kind.get(kind, {}).get(pk)


@dataclass(slots=True)
class Document:
    """The whole document."""

    large: list[PartShown]
    before: list[PartShown]
    after: list[PartShown]
    goals: list[GoalShown]
    services: Lines
    """Those toward no goal in particular."""
    others: list[Lines]
    ends: list[Lines]
    lacks: list[Lack]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a document is shown with. *needs*: words of needs by id."""

    content: Mapping[str, Any]
    lacks: list[Lack]
    needs: Mapping[str, str]
    work: Work
    untouched: frozenset[str] = frozenset()
    """Parts and lines of a copy that nobody has changed yet."""

    def lack_of(self, where: str) -> Lack | None:
        """What is missing at a part or of a kind."""
        return next((one for one in self.lacks if one.where == where), None)


def document_of(seen: Seen) -> Document:
    """The document as it is drawn."""
    return Document(
        large=_parts(seen, LARGE),
        before=_parts(seen, BEFORE),
        after=_parts(seen, AFTER),
        goals=[goal_of(seen, one["id"]) for one in lines(seen.content, GOALS)],
        services=_lines(seen, SERVICES, (one for one in lines(seen.content, SERVICES) if not one.get("goal"))),
        others=[_lines(seen, kind) for kind in OTHERS],
        ends=[_lines(seen, kind) for kind in AT_THE_END],
        lacks=seen.lacks,
    )


def part_of(seen: Seen, key: str) -> PartShown:
    """One part as it is drawn."""
    return PartShown(PARTS[key], part(seen.content, key), seen.lack_of(key), key in seen.untouched)


def goal_of(seen: Seen, pk: str) -> GoalShown:
    """The goal *pk*, which is there, with everything toward it."""
    goals = lines(seen.content, GOALS)
    number = next(n for n, one in enumerate(goals, 1) if one["id"] == pk)
    it, said = goals[number - 1], reviewed(seen.content, pk)
    plain = line_of(seen, GOALS, it)
    domain = it.get("domain", "")
    return GoalShown(
        plain.kind,
        it,
        plain.pairs,
        plain.lacks,
        plain.work,
        day=plain.day,
        untouched=plain.untouched,
        number=number,
        domain=DOMAINS[Domain(domain)] if domain in set(Domain) else "",
        objectives=[line_of(seen, OBJECTIVES, one) for one in of_goal(seen.content, OBJECTIVES, pk)],
        steps=[line_of(seen, STEPS, one) for one in of_goal(seen.content, STEPS, pk)],
        services=[line_of(seen, SERVICES, one) for one in of_goal(seen.content, SERVICES, pk)],
        needs=[seen.needs[one] for one in it.get("needs", ()) if one in seen.needs],
        answer=ANSWERS.get(said.get("answer", ""), ""),
        why=said.get("why", ""),
        contacts=seen.work.contacts.get(pk, 0),
        latest=seen.work.latest.get(pk),
    )


def line_of(seen: Seen, kind: str, it: Line) -> LineShown:
    """A line as it is drawn."""
    known = KINDS[kind]
    said = {one.name: _words(seen, one, it) for one in known.fields}
    return LineShown(
        known,
        it,
        [(one.label, said[one.name]) for one in known.fields[1:] if one.name not in NO_PAIR and said[one.name]],
        [one for one in seen.lacks if one.where == it["id"]],
        seen.work.row(kind, it["id"]),
        owner=owner_words(it),
        amount=", ".join(filter(None, (it.get(name, "") for name in ("amount", "frequency", "duration")))),
        day=_day(it),
        untouched=it["id"] in seen.untouched,
        said=said,
    )


def shown_line(seen: Seen, kind: str, pk: str) -> LineShown | None:
    """The line *pk* as it is drawn; None when it is not there."""
    if kind == GOALS:
        return goal_of(seen, pk) if line(seen.content, GOALS, pk) else None
    it = line(seen.content, kind, pk)
    return line_of(seen, kind, it) if it else None


def owner_words(it: Line) -> str:
    """Who does a step."""
    if it.get("owner_words"):
        return str(it["owner_words"])
    word = it.get("owner_kind", "")
    return str(OwnerKind(word).label) if word in OwnerKind.values else ""


def _parts(seen: Seen, keys: Iterable[str]) -> list[PartShown]:
    return [part_of(seen, key) for key in keys]


def _lines(seen: Seen, kind: str, rows: Iterable[Line] | None = None) -> Lines:
    found = lines(seen.content, kind) if rows is None else rows
    return Lines(KINDS[kind], [line_of(seen, kind, one) for one in found], seen.lack_of(kind))


def _words(seen: Seen, one: Field, it: Line) -> str:
    if one.name == "meeting" and (meeting := line(seen.content, "meetings", it.get("meeting", ""))):
        day = _day(meeting)
        return ", ".join(filter(None, [str(meeting.get("words", "")), written_day(day, "j M Y") if day else ""]))
    return value_words(one, it.get(one.name))


def _day(it: Line) -> date | None:
    text = it.get("target_on") or it.get("by_on") or it.get("due_on") or it.get("on") or ""
    return date.fromisoformat(text) if text else None
