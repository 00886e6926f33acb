"""What can be decided of each thing that is open, and what a decision needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.discharge.enums import Decision, ItemKind
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Leaving

D = Decision
CHOICES: dict[ItemKind, tuple[Decision, ...]] = {
    ItemKind.TASK: (D.DONE, D.COLLEAGUE, D.OUTSIDE, D.NOT_NEEDED),
    ItemKind.STEP: (D.DONE, D.OUTSIDE, D.NOT_NEEDED),
    ItemKind.APPOINTMENT: (D.CANCEL, D.STAYS, D.COLLEAGUE),
    ItemKind.PAST: (D.KEPT, D.MISSED, D.CANCEL),
    ItemKind.CONCERN: (D.DONE, D.COLLEAGUE, D.NOT_NEEDED),
    ItemKind.SERVICE: (D.GOES_ON, D.ENDED, D.NOT_NEEDED),
    ItemKind.DOCUMENT: (D.COLLEAGUE, D.OUTSIDE, D.NOT_NEEDED),
    ItemKind.HAND_OFF: (D.DONE, D.NOT_NEEDED),
    ItemKind.REFERRED: (D.DONE, D.COLLEAGUE, D.NOT_NEEDED),
    ItemKind.NOTE: (D.NOT_NEEDED,),
    ItemKind.ASSESSMENT: (D.NOT_NEEDED,),
}
GRIEVANCE = (D.COLLEAGUE,)
"""A grievance is answered: it can change hands, and is closed on its own page alone."""
AFTER_DEATH: dict[ItemKind, tuple[Decision, ...]] = {
    ItemKind.APPOINTMENT: (D.CANCEL,),
    ItemKind.SERVICE: (D.ENDED, D.NOT_NEEDED),
    ItemKind.STEP: (D.DONE, D.NOT_NEEDED),
}
NEEDS_WORDS: dict[Decision, str] = {
    D.OUTSIDE: "who",
    D.NOT_NEEDED: "why",
    D.CANCEL: "told",
    D.STAYS: "told",
    D.MISSED: "why",
}
"""Decisions that say nothing without words, and what the words are."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is open. ``stamp``: how it stands; a decision about another stand holds no more."""

    kind: ItemKind
    id: UUID
    title: str
    stamp: str
    choices: tuple[Decision, ...]
    on: date | None = None
    whose: str = ""
    detail: str = ""
    link: UUID | None = None
    """What its own page is named by, where that is not ``id``."""
    labels: int = 0

    @property
    def key(self) -> tuple[str, UUID]:
        """By what it is known."""
        return str(self.kind), self.id


def choices_of(kind: ItemKind, path: str = "", *, grievance: bool = False) -> tuple[Decision, ...]:
    """What can be decided of something of *kind* on the way *path*."""
    if grievance:
        return GRIEVANCE
    return AFTER_DEATH.get(kind, CHOICES[kind]) if path == Leaving.DECEASED else CHOICES[kind]


TOGETHER: tuple[tuple[str, Decision, frozenset[ItemKind]], ...] = (
    ("colleague", D.COLLEAGUE, frozenset({ItemKind.TASK, ItemKind.CONCERN, ItemKind.DOCUMENT, ItemKind.REFERRED})),
    ("goes_on", D.GOES_ON, frozenset({ItemKind.SERVICE})),
    ("ended", D.ENDED, frozenset({ItemKind.SERVICE})),
    ("cancel", D.CANCEL, frozenset({ItemKind.APPOINTMENT})),
    ("with_it", D.NOT_NEEDED, frozenset({ItemKind.STEP})),
)
"""What most decide of most things, offered together. Writing that nobody signed, a hand-over that nobody read and what took place
or not are looked at one by one."""


@dataclass(frozen=True, slots=True)
class Bunch:
    """Things that can be decided alike with one press. ``key``: a word of ``TOGETHER``."""

    key: str
    decision: Decision
    items: tuple[Item, ...]


def together(items: Iterable[Item]) -> list[Bunch]:
    """*items* in bunches that most decide alike, each in the first for which its choices have the decision."""
    left, found = list(items), []
    for key, decision, kinds in TOGETHER:
        some = tuple(one for one in left if one.kind in kinds and decision in one.choices)
        if some:
            found.append(Bunch(key, decision, some))
            left = [one for one in left if one not in some]
    return found


def check_decision(item: Item, decision: str, words: str, to_staff: object, on: date | None, today: date) -> Decision:
    """*decision* as one that can be taken of *item*. DomainError, with the field, for what is missing."""
    try:
        found = Decision(decision)
    except ValueError as error:
        raise DomainError(_("Say what becomes of it."), "decision") from error
    if found not in item.choices:
        raise DomainError(_("This cannot be decided here. Open it on its own page."), "decision")
    if found == D.COLLEAGUE and to_staff is None:
        raise DomainError(_("Say which colleague takes it over."), "to_staff")
    needs = NEEDS_WORDS.get(found)
    if item.kind == ItemKind.CONCERN and found == D.DONE:
        needs = "came"
    if needs and not words.strip():
        raise DomainError(_missing(needs), "words")
    if on and on > today:
        raise DomainError(_("This day has not come yet."), "on")
    return found


def _missing(needs: str) -> str:
    return {
        "who": _("Write who takes it over, and how they are reached."),
        "why": _("Say why, in a few words."),
        "told": _("Write who was told, and how."),
        "came": _("Say what came of it."),
    }[needs]
