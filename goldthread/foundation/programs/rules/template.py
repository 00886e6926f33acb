"""A program template as plain values. ``reading.py`` makes them from YAML; the engine in casework/tasks works on them."""

from dataclasses import dataclass, field

from goldthread.foundation.programs.enums import (
    Activity,
    Acuity,
    Break,
    Checklist,
    Clock,
    Domain,
    EventKind,
    Leaving,
    Mode,
    Period,
    Place,
    Priority,
    Reason,
    Seen,
    Unit,
    Weight,
)
from goldthread.foundation.programs.rules.aftercare import AFTERCARE, AftercareRules
from goldthread.foundation.programs.rules.eligibility import ELIGIBILITY, Eligibility
from goldthread.foundation.programs.rules.values import JUDGEMENT, Source, Span
from goldthread.foundation.programs.rules.waitlist import WAITLIST, First, Waitlist, groups_of
from goldthread.foundation.programs.rules.way_out import WAY_OUT, WayOutRules

__all__ = [
    "ESCALATE",
    "JUDGEMENT",
    "PLAN_RULES",
    "REMIND",
    "REVIEW",
    "SILENT_DAYS",
    "Accepts",
    "ContactKind",
    "DischargeReason",
    "Interval",
    "PlanRules",
    "Requirement",
    "Share",
    "Source",
    "Span",
    "Template",
    "Trigger",
]

REMIND = Span(7, Unit.DAYS)
ESCALATE = Span(1, Unit.DAYS)
REVIEW = Span(12, Unit.MONTHS)
"""When a plan is looked at again, where the program does not say otherwise (42 CFR 441.301(c)(3): at least every 12 months)."""
SILENT_DAYS = 60


@dataclass(frozen=True, slots=True)
class Accepts:
    """One kind of evidence. An empty set accepts any. ``attempted``: a contact that was only tried counts, too."""

    kind: EventKind
    modes: frozenset[Mode] = frozenset()
    places: frozenset[Place] = frozenset()
    activities: frozenset[Activity] = frozenset()
    seen: frozenset[Seen] = frozenset()
    """Every one of these was there."""
    minutes: int = 0
    """At least so many."""
    name: str = ""
    """Of an assessment, a hearing, a meeting, a document …: which one (``ifsp``, ``permanency``, ``comprehensive``). Empty: any."""
    attempted: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """What starts the clock. ``age``: when the person reaches it (``kind`` is then ``None``); ``month``/``day``: each year on that day."""

    kind: EventKind | None = EventKind.ENROLLED
    match: Accepts | None = None
    """Narrows ``kind``, as evidence is narrowed."""
    age: Span | None = None
    month: int | None = None
    day: int | None = None
    birthday: bool = False
    """Each year on the birthday."""


@dataclass(frozen=True, slots=True)
class Interval:
    """How often. ``by_acuity`` and ``from_plan`` come before ``span``: the level, or the interval entered in the plan, in force that day."""

    span: Span | None = None
    by_acuity: dict[Acuity, Span] = field(default_factory=dict)
    from_plan: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """At least *percent* of the evidence that the requirement *of* counts must also be accepted by ``accepts``; in *window* months."""

    of: str
    """Key of the requirement whose evidence, or whose periods, are counted."""
    percent: int
    accepts: Accepts | None
    """None: the share of the periods of *of* that were met."""
    window_months: int
    whose: str
    """``client`` or ``agency``: whose rate it is."""
    remind_after: Span | None = None
    """A reminder (product judgement) when so long has passed without a counted one."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One rule. See docs/programs.md for each field and its YAML."""

    key: str
    title: str
    weight: Weight
    clock: Clock
    trigger: Trigger
    accepts: tuple[Accepts, ...]
    source: Source
    at_least: int = 1
    offset: Span | None = None
    """``trigger`` clock: the deadline. ``last`` clock: the first deadline, when it differs from the interval."""
    interval: Interval | None = None
    """``last`` clock only."""
    period: Period | None = None
    """``period`` clock only; None for a share, which is a rate and has no due date."""
    partial_periods: bool = False
    """Does the period in which the client came (or left) count when it was not a whole one? If not, it can be met but never missed."""
    due_day: int | None = None
    """``period`` clock: due before the period ends, on its n-th day."""
    earliest: Span | None = None
    """Evidence counts no sooner than so long before the due date (``trigger``: before the trigger)."""
    grace: Span | None = None
    """How far a task may be snoozed beyond its due date."""
    remind: Span = REMIND
    escalate: Span = ESCALATE
    """So long after the due date the supervisor sees it."""
    exceptions: frozenset[Reason] = frozenset()
    """Reasons that count as documented exceptions."""
    share: Share | None = None
    each_member: bool = False
    """In a household: each child for themselves."""
    only_pauses: bool = True
    """Does the clock stop while the episode is paused?"""
    minutes: int = 30
    """The usual minutes it takes, for ranking My day."""
    action: str = "note"
    """What the button in My day opens: note, visit, elsewhere, appointment."""


@dataclass(frozen=True, slots=True)
class ContactKind:
    """A kind of contact that the program documents, with the checklist it opens."""

    key: str
    title: str
    mode: Mode
    place: Place | None = None
    activities: tuple[Activity, ...] = ()
    checklist: Checklist | None = None
    minutes: int = 30


@dataclass(frozen=True, slots=True)
class DischargeReason:
    """Why an episode ended. ``planned``: agreed with the client beforehand. ``way``: what its way out asks for besides."""

    key: str
    title: str
    planned: bool = False
    way: Leaving = Leaving.ORDINARY


@dataclass(frozen=True, slots=True)
class PlanRules:
    """What the program asks of its plans. ``parts``: keys of parts and kinds of line that must not be empty. ``signers``: who is
    asked to sign. ``thread_tasks``: breaks of the thread that become tasks; ``silent_days``: without a contact toward a goal."""

    parts: tuple[str, ...] = ()
    approval: bool = False
    signers: tuple[str, ...] = ("client", "worker")
    review: Span = REVIEW
    thread_tasks: tuple[Break, ...] = ()
    silent_days: int = SILENT_DAYS
    source: Source = JUDGEMENT


PLAN_RULES = PlanRules()


@dataclass(frozen=True, slots=True)
class Template:
    """A whole program template."""

    key: str
    title: str
    version: int
    unit: str
    """``person`` or ``household``."""
    client_word: str
    plan_word: str
    caseload_flag: int
    caseload_source: Source
    labels: tuple[str, ...]
    """Names of sensitivity labels in lower case."""
    domains: tuple[Domain, ...]
    activities: tuple[Activity, ...]
    contact_kinds: tuple[ContactKind, ...]
    priority_rules: tuple[Priority, ...]
    requirements: tuple[Requirement, ...]
    discharge_reasons: tuple[DischargeReason, ...]
    cosign_default: bool = False
    re_entry_days: int = 0
    re_entry_source: Source = JUDGEMENT
    aftercare: AftercareRules = AFTERCARE
    plan: PlanRules = PLAN_RULES
    eligibility: Eligibility = ELIGIBILITY
    way_out: WayOutRules = WAY_OUT
    waitlist: Waitlist = WAITLIST

    @property
    def comes_first(self) -> tuple[First, ...]:
        """The groups of its waitlist, in order."""
        return groups_of(self.waitlist, self.priority_rules)

    def discharge_reason(self, key: str) -> DischargeReason | None:
        """The discharge reason called *key*, if there is one."""
        return next((one for one in self.discharge_reasons if one.key == key), None)

    def requirement(self, key: str) -> Requirement | None:
        """The requirement called *key*, if there is one."""
        return next((one for one in self.requirements if one.key == key), None)
