"""What a plan is made of: parts, which are text, and lines of several kinds, each a few fields."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.plans.enums import OwnerKind
from goldthread.foundation.programs.enums import Domain

LONGEST_PART = 40_000
"""Letters of one part."""
MOST_LINES = 200
"""Lines of one kind."""


class How(StrEnum):
    """How a field is written, and kept: text, a date as 2026-03-31, a word of a list, true or false, a list of ids."""

    TEXT = "text"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    IDS = "ids"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is text. *theirs*: in the person's own words where they can be had."""

    key: str
    title: StrOrPromise
    hint: StrOrPromise
    theirs: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a line. *of*: the kind of line that an id points to, or the words of a choice."""

    name: str
    label: StrOrPromise
    how: How = How.TEXT
    required: bool = False
    longest: int = 300
    of: tuple[str, ...] = ()
    old: bool = False
    """Asked for no more: shown, and changed, where something is written."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line. The first field names the line wherever it is spoken of."""

    key: str
    title: StrOrPromise
    one: StrOrPromise
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)


PARTS: dict[str, Part] = {
    part.key: part
    for part in (
        Part("vision", _("The life I want"), _("In the person's words: a good day, a good year."), theirs=True),
        Part("strengths", _("What I am good at"), _("What others like and admire, what has worked."), theirs=True),
        Part("important_to", _("What is important to me"), _("People, places, things, routines."), theirs=True),
        Part("important_for", _("What is important for me"), _("Health, safety, being part of the community.")),
        Part("preferences", _("How I like to be supported"), _("By whom, when, how; what does not help."), theirs=True),
        Part(
            "routine",
            _("The routine I want to keep"),
            _("What must not change while everything else does."),
            theirs=True,
        ),
        Part("culture", _("Culture, language and faith"), _("What helpers need to know and respect."), theirs=True),
        Part("emergency", _("If the usual help does not come"), _("Who steps in, whom to call.")),
        Part("crisis", _("If things get bad"), _("First signs, what helps, what makes it worse, whom to call.")),
        Part("discharge", _("How we will know I no longer need this"), _("What has to be in place by then.")),
    )
}
"""The parts, in the order of the page (42 CFR 441.301(c)(2), 441.725(b): strengths, preferences, goals, risks, backup …)."""
CHOSEN_BY = ("client", "guardian", "team", "law")
"""Who wanted somebody at the meeting (42 CFR 441.301(c)(1)(i): people chosen by the individual). *law*: has to be there."""
CAME = ("yes", "remote", "word", "no")
"""In person; by phone or video; sent word; did not come."""
GOALS, OBJECTIVES, STEPS, SERVICES = "goals", "objectives", "steps", "services"
KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            GOALS,
            _("Goals"),
            _("Goal"),
            (
                Field("words", _("In their words"), required=True, longest=500),
                Field("plain", _("In other words, or in English"), longest=500),
                Field("domain", _("Life domain"), How.CHOICE, of=tuple(Domain)),
                Field("needs", _("Answers which needs"), How.IDS, of=("needs",)),
                Field("target_on", _("By"), How.DAY),
                Field("from_need", _("Wording suggested from"), longest=300),
            ),
        ),
        Kind(
            OBJECTIVES,
            _("Objectives"),
            _("Objective"),
            (
                Field("words", _("Objective"), required=True, longest=500),
                Field("goal", _("Goal"), How.ID, required=True, of=(GOALS,)),
                Field("baseline", _("Now"), longest=120),
                Field("target", _("Aim"), longest=120),
                Field("measure", _("How it is measured"), longest=160),
                Field("by_on", _("By"), How.DAY),
            ),
        ),
        Kind(
            STEPS,
            _("Steps"),
            _("Step"),
            (
                Field("words", _("What"), required=True),
                Field("goal", _("Goal"), How.ID, required=True, of=(GOALS,)),
                Field("objective", _("Objective"), How.ID, of=(OBJECTIVES,)),
                Field("owner_kind", _("Who"), How.CHOICE, required=True, of=tuple(OwnerKind)),
                Field("owner_words", _("Who exactly"), longest=120),
                Field("due_on", _("By"), How.DAY),
                Field("court_ordered", _("Ordered by a court"), How.FLAG),
            ),
        ),
        Kind(
            SERVICES,
            _("Services and supports"),
            _("Service"),
            (
                Field("words", _("Service"), required=True, longest=200),
                Field("goal", _("Goal"), How.ID, of=(GOALS,)),
                Field("provider_words", _("Who gives it"), longest=200),
                Field("amount", _("How much"), longest=80),
                Field("frequency", _("How often"), longest=80),
                Field("duration", _("How long"), longest=80),
                Field("natural", _("Unpaid: a natural support"), How.FLAG),
                Field("choices", _("Choices offered")),
                Field("chosen_by", _("Who chose, and why")),
            ),
        ),
        Kind(
            "risks",
            _("Risks and backup"),
            _("Risk"),
            (
                Field("words", _("What could go wrong"), required=True),
                Field("lessen", _("What makes it less likely")),
                Field("backup", _("Backup: who does what if it happens"), required=True),
            ),
        ),
        Kind(
            "rights",
            _("Limits on rights"),
            _("Limit"),
            (
                Field("words", _("Which right is limited, and how"), required=True),
                Field("need", _("The assessed need for it"), required=True),
                Field("tried_positive", _("Positive supports tried before"), required=True),
                Field("tried_less", _("Less intrusive ways that did not work"), required=True),
                Field("proportion", _("Why it fits the need, and is no more than that"), required=True),
                Field("data", _("What is counted to see whether it works"), required=True),
                Field("until_on", _("Ends, or is looked at again, on"), How.DAY, required=True),
                Field("consent", _("Who agreed, knowing what it means"), required=True),
                Field("no_harm", _("Why it does no harm"), required=True),
            ),
        ),
        Kind(
            "supports",
            _("Family, friends and others"),
            _("Somebody"),
            (
                Field("words", _("Who"), required=True, longest=160),
                Field("does", _("What they do, and want to do")),
                Field("reach", _("How to reach them"), longest=160),
            ),
        ),
        Kind(
            "meetings",
            _("Meetings"),
            _("Meeting"),
            (
                Field("words", _("What about"), required=True, longest=200),
                Field("on", _("Day"), How.DAY, required=True),
                Field("place", _("Where, and what made it easy to take part"), longest=200),
                Field("chosen", _("The person chose time, place and guests"), How.FLAG),
                Field("invited", _("Invited"), old=True),
                Field("came", _("Came"), old=True),
            ),
        ),
        Kind(
            "participants",
            _("Who took part"),
            _("Participant"),
            (
                Field("words", _("Who"), required=True, longest=160),
                Field("role", _("Who they are to the person"), longest=120),
                Field("meeting", _("Which meeting"), How.ID, of=("meetings",)),
                Field("chosen_by", _("Chosen by"), How.CHOICE, required=True, of=CHOSEN_BY),
                Field("came", _("Came"), How.CHOICE, of=CAME),
            ),
        ),
        Kind(
            "copies",
            _("Who got a copy"),
            _("Copy"),
            (
                Field("words", _("Who"), required=True, longest=160),
                Field("on", _("Day"), How.DAY),
                Field("way", _("How"), longest=120),
            ),
        ),
    )
}
"""Kinds of line. The limits on rights carry what 42 CFR 441.301(c)(4)(xiii) asks for: after the right itself, eight elements."""
ANSWERS = ("met", "progress", "keep", "change", "stop")
"""What a review says of a goal."""
