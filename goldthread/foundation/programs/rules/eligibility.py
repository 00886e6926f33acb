"""Who a program is for, as plain values: criteria, and groups of them. ``casework/eligibility`` answers them for somebody."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from goldthread.foundation.programs.enums import Coverage, ReferralSource, Unit, Urgency
from goldthread.foundation.programs.rules.values import JUDGEMENT, Source, Span

AGENCY_STATE = "agency"
"""Among the states of a residence: the agency's own."""


class How(StrEnum):
    """How the parts of a group combine."""

    ALL = "all"
    ANY = "any"
    NONE = "none"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Age:
    """On the day that is asked about: ``least`` or older, and younger than ``under``. In years or months."""

    key: str
    least: Span | None = None
    under: Span | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Lives in one of ``states`` (two letters, or ``agency``), or where the ZIP code begins with one of ``postal_codes``."""

    key: str
    states: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Income:
    """The household has at most ``percent`` of the federal poverty level."""

    key: str
    percent: int


@dataclass(frozen=True, slots=True)
class Covered:
    """Has one of these kinds of coverage."""

    key: str
    types: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class Diagnosed:
    """Has a diagnosis whose ICD-10-CM code begins with, or lies between, one of ``codes`` (``F31``, ``F20-F29``)."""

    key: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What nobody but a person can say, answered yes or no: a functional need, a status, a circumstance. In both languages."""

    key: str
    title: str
    title_es: str = ""


@dataclass(frozen=True, slots=True)
class Referred:
    """Comes from one of ``sources``."""

    key: str
    sources: tuple[ReferralSource, ...]


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Is in one of ``programs`` (short names of programs, or of the shipped templates that they came from) on the day."""

    key: str
    programs: tuple[str, ...]


Criterion: TypeAlias = Age | Residence | Income | Covered | Diagnosed | Asked | Referred | Enrolled


@dataclass(frozen=True, slots=True)
class Group:
    """Criteria and groups together. ``least``: of AT_LEAST."""

    how: How
    parts: tuple["Criterion | Group", ...]
    least: int = 1

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion, in the order in which they are written."""
        for part in self.parts:
            if isinstance(part, Group):
                yield from part.criteria()
            else:
                yield part


EVERYBODY = Group(How.ALL, ())
"""No criterion: everybody is eligible."""
URGENT = Span(1, Unit.BUSINESS_DAYS)
ROUTINE = Span(10, Unit.BUSINESS_DAYS)
"""How soon somebody who asks is answered where the program does not say otherwise: the times of certified community behavioral
health clinics (CCBHC criteria 2.b: urgent within one business day, routine within ten). A crisis does not wait."""


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who a program is for, and how soon it answers."""

    rule: Group = EVERYBODY
    urgent: Span = URGENT
    routine: Span = ROUTINE
    source: Source = JUDGEMENT

    def answers_within(self, urgency: Urgency) -> Span:
        """How soon an inquiry is answered; a crisis on the day."""
        spans = {Urgency.URGENT: self.urgent, Urgency.ROUTINE: self.routine}
        return spans.get(urgency, Span(0, Unit.DAYS))


ELIGIBILITY = Eligibility()
