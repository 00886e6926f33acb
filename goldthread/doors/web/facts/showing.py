"""Facts as the page shows them: by kind, what holds now, what comes, what is over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.doors.web.clients.header import Flag
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import ONE_AT_A_TIME, words_of
from goldthread.people.facts.rules.values import monthly_income

HEALTH = (FactKind.ALLERGY, FactKind.MEDICINE, FactKind.DIAGNOSIS, FactKind.PROVIDER, FactKind.COVERAGE)
LIFE = (
    FactKind.HOUSING,
    FactKind.HOUSEHOLD_SIZE,
    FactKind.INCOME,
    FactKind.BENEFIT,
    FactKind.LEGAL,
    FactKind.MILITARY,
)
TITLES: dict[str, StrOrPromise] = {
    FactKind.ALLERGY: gettext_lazy("Allergies"),
    FactKind.MEDICINE: gettext_lazy("Medicines"),
    FactKind.DIAGNOSIS: gettext_lazy("Diagnoses"),
    FactKind.PROVIDER: gettext_lazy("Providers"),
    FactKind.COVERAGE: gettext_lazy("Coverage"),
    FactKind.HOUSING: gettext_lazy("Housing"),
    FactKind.HOUSEHOLD_SIZE: gettext_lazy("Household"),
    FactKind.INCOME: gettext_lazy("Income"),
    FactKind.BENEFIT: gettext_lazy("Benefits"),
    FactKind.LEGAL: gettext_lazy("Legal"),
    FactKind.MILITARY: gettext_lazy("Military service"),
}
NOTHING: dict[str, StrOrPromise] = {
    FactKind.ALLERGY: gettext_lazy("None written down. That does not say that there is none: ask."),
    FactKind.MEDICINE: gettext_lazy("None written down. Ask what they take, also without a prescription."),
}
NAMED_BY = {
    FactKind.ALLERGY: ("to",),
    FactKind.MEDICINE: ("name", "dose"),
    FactKind.DIAGNOSIS: ("name",),
    FactKind.PROVIDER: ("name",),
    FactKind.COVERAGE: ("type",),
    FactKind.HOUSING: ("setting",),
    FactKind.HOUSEHOLD_SIZE: ("people",),
    FactKind.INCOME: ("source",),
    FactKind.BENEFIT: ("benefit",),
    FactKind.LEGAL: ("status",),
    FactKind.MILITARY: ("served",),
}
"""What stands in bold: the rest of a fact follows it."""
MARKED = ("severity", "code", "renew_on", "next_on")
"""Shown as a tag of its own, or with one."""
WORST = "life_threatening"
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact in words."""

    fact: Fact
    main: str
    rest: str
    marks: list[Flag]
    may_write: bool
    may_end: bool


@dataclass(slots=True)
class Kind:
    """One kind of fact: its section of the page."""

    key: str
    title: StrOrPromise
    nothing: StrOrPromise
    may_write: bool
    now: list[Row] = field(default_factory=list)
    coming: list[Row] = field(default_factory=list)
    past: list[Row] = field(default_factory=list)
    each_month: str = ""
    """Of income: what comes in by the month, all together."""

    @property
    def one_at_a_time(self) -> bool:
        return self.key in ONE_AT_A_TIME


def kinds_of(
    facts: Iterable[Fact], today: date, may_write: bool, wanted: Sequence[str] = (*HEALTH, *LIFE)
) -> list[Kind]:
    """The sections of the kinds *wanted*, in their order, filled with *facts* (which stand: neither corrected nor taken back)."""
    kinds = {
        key: Kind(key, TITLES[key], NOTHING.get(key, gettext_lazy("Nothing is written down yet.")), may_write)
        for key in wanted
    }
    for fact in facts:
        if fact.kind in kinds:
            _list_of(kinds[fact.kind], fact, today).append(row_of(fact, today, may_write))
    for kind in kinds.values():
        kind.past.sort(key=lambda row: row.fact.ends_on or date.min, reverse=True)
        if kind.key == FactKind.INCOME and kind.now:
            together = sum((monthly_income(row.fact.value) for row in kind.now), Decimal(0))
            kind.each_month = f"${together:,.2f}"
    if FactKind.ALLERGY in kinds:
        kinds[FactKind.ALLERGY].now.sort(key=lambda row: row.fact.value.get("severity") != WORST)
    return list(kinds.values())


def row_of(fact: Fact, today: date, may_write: bool) -> Row:
    """*fact* as a line of the page."""
    names = NAMED_BY[FactKind(fact.kind)]
    main = {key: value for key, value in fact.value.items() if key in names}
    rest = {key: value for key, value in fact.value.items() if key not in names and key not in MARKED}
    return Row(
        fact=fact,
        main=words_of(fact.kind, main),
        rest=words_of(fact.kind, rest),
        marks=marks_of(fact, today),
        may_write=may_write,
        may_end=may_write and fact.ends_on is None,
    )


def marks_of(fact: Fact, today: date) -> list[Flag]:
    """What to mind about *fact*: how bad an allergy is, a code, a day that comes or has passed."""
    marks = []
    value = fact.value
    if severity := value.get("severity"):
        tone = {WORST: "red", "serious": "amber"}.get(severity, "")
        marks.append(Flag(tone, "alert" if tone else "info", words_of(fact.kind, {"severity": severity})))
    if code := value.get("code"):
        marks.append(Flag("", "tag", code))
    for name in ("renew_on", "next_on"):
        if name in value:
            on = date.fromisoformat(value[name])
            tone = "red" if on < today and name == "renew_on" else "amber" if today <= on <= today + SOON else ""
            marks.append(Flag(tone, "cal", words_of(fact.kind, {name: value[name]})))
    if value.get("taken") == "not":
        marks.append(Flag("amber", "alert", _("Not taken")))
    return marks


def _list_of(kind: Kind, fact: Fact, today: date) -> list[Row]:
    if fact.ends_on and fact.ends_on < today:
        return kind.past
    if fact.starts_on and fact.starts_on > today:
        return kind.coming
    return kind.now
