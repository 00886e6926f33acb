"""What the rules look at: the pieces of one client's thread as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Limits:
    """After how many days a silence is a break (product judgement; a program may say otherwise).

    *contact*: without a contact toward a goal. *confirm*: from the day a service was agreed to until somebody confirmed it.
    *sign*: from the day signatures were asked for until the person has signed. *answer*: from the end of a service until it is
    known whether it helped. *look_back*: how far back contacts are asked which goal they served.
    """

    contact: int = 60
    confirm: int = 30
    sign: int = 14
    answer: int = 14
    look_back: int = 90


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class NeedKnown:
    """A need. *open*: neither met, declined nor put off."""

    id: UUID
    words: str
    domain: str
    strength: int
    raised_on: date
    open: bool = True
    own_words: bool = False
    because: str = ""
    state: str = "open"
    source_kind: str = ""
    source_id: UUID | None = None
    answered_out_of_sight: bool = False
    """An open goal answers it that may not be read here."""


@dataclass(frozen=True, slots=True)
class GoalKnown:
    """A goal of a plan that was in force, with the needs that it answers, also those that may not be read here."""

    id: UUID
    words: str
    needs: frozenset[UUID]
    opened_on: date
    open: bool = True
    state: str = "open"
    target_on: date | None = None
    closed_on: date | None = None
    outcome: str = ""
    last_contact_on: date | None = None
    domain: str = ""
    silent_days: int | None = None
    """After how many days without a contact it is silent, as its program says; None: as ``Limits`` say."""


@dataclass(frozen=True, slots=True)
class StepKnown:
    """Who does what toward a goal. *state*: open, done or dropped."""

    id: UUID
    goal: UUID
    words: str
    state: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceKnown:
    """A service that the plan counts on. *goal* None: the whole plan's."""

    id: UUID
    goal: UUID | None
    words: str
    agreed_on: date
    confirmed_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    helped: str = ""
    natural: bool = False
    provider: str = ""

    @property
    def confirmed(self) -> bool:
        """Does anybody know that it is really given? What has started, or ended, needs no further word."""
        return bool(self.confirmed_on or self.started_on or self.ended_on)


@dataclass(frozen=True, slots=True)
class ContactKnown:
    """A signed contact with the client (not one that was only tried) and the goals it served."""

    id: UUID
    on: date
    words: str
    goals: frozenset[UUID] = frozenset()
    went: Mapping[UUID, str] = field(default_factory=dict)
    """How it went, by goal: one contact can go well for one and get stuck for another."""
    served_out_of_sight: bool = False
    """It served a goal that may not be read here."""


@dataclass(frozen=True, slots=True)
class PlanKnown:
    """The version of a plan that is in force, or waits for signatures. *asked_on*: when signatures were asked for."""

    id: UUID
    asked_on: date
    signed_by_person: bool


@dataclass(frozen=True, slots=True)
class AssessmentDue:
    """A requirement that an assessment would meet, and that is late."""

    task: UUID
    words: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Known:
    """Everything about one client that the rules look at."""

    needs: tuple[NeedKnown, ...] = ()
    goals: tuple[GoalKnown, ...] = ()
    steps: tuple[StepKnown, ...] = ()
    services: tuple[ServiceKnown, ...] = ()
    contacts: tuple[ContactKnown, ...] = ()
    plans: tuple[PlanKnown, ...] = ()
    planned_since: date | None = None
    """The first day on which any plan was in force: contacts before it could serve no goal."""
    assessments_due: tuple[AssessmentDue, ...] = ()
    assessments: int = 0
    """How many requirements of the client's programs ask for an assessment again and again."""
    limits: Limits = field(default=LIMITS)
