"""The skills, and the ladder drawn of what was seen. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

SKILLS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "medicines": (_("Medicines"), _("Takes them right, and orders them in time")),
    "appointments": (_("Appointments"), _("Makes them, keeps them, calls when it cannot be")),
    "transport": (_("Getting around"), _("Bus, ride or car, to where they need to be")),
    "money": (_("Money"), _("Pays what is due and has enough until the month ends")),
    "paperwork": (_("Letters and forms"), _("Opens mail, answers in time, keeps papers")),
    "phone": (_("Phone and computer"), _("Calls, leaves messages, finds things out")),
    "meals": (_("Meals"), _("Plans, shops and cooks")),
    "home": (_("The home"), _("Cleans, launders, repairs or asks for it, keeps the lease")),
    "self_care": (_("Self-care"), _("Washes, dresses, sleeps, moves")),
    "trouble": (_("Noticing trouble"), _("Knows the first signs, and what to do")),
    "help": (_("Asking for help"), _("Says what is needed, to whoever can give it")),
    "rights": (_("Rights and choices"), _("Speaks up, says no, decides")),
    "people": (_("Other people"), _("Friends, family, neighbors; settles quarrels")),
    "work": (_("Work, school, the day"), _("Has something to do, and gets there")),
}
"""Skill → its name and what being on one's own means in it. Product judgement after the list of product.md, H1."""


class Seen(Protocol):
    """Somebody was seen at a level of one skill on a day."""

    skill: str
    level: int
    on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """Where somebody stands with one skill. *steps*: all that was seen, first to last."""

    skill: str
    name: StrOrPromise
    means: StrOrPromise
    steps: tuple[Seen, ...]

    @property
    def now(self) -> Seen | None:
        """What was seen last."""
        return self.steps[-1] if self.steps else None

    @property
    def change(self) -> int:
        """How many rungs up (or down, below 0) since the first time."""
        return self.steps[-1].level - self.steps[0].level if self.steps else 0


def ladder(steps: Iterable[Seen]) -> list[Rung]:
    """Every skill in its fixed order with what was seen of it; of two on one day the one recorded later is the last."""
    by_skill = defaultdict(list)
    for step in steps:
        by_skill[step.skill].append(step)
    return [
        Rung(key, name, means, tuple(sorted(by_skill[key], key=lambda one: (one.on, one.recorded_at))))
        for key, (name, means) in SKILLS.items()
    ]
