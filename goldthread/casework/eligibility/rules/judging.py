"""Is a program for somebody? Each criterion is answered *eligible*, *not* or *need to know*, with its reason; then they combine.

Three-valued logic (Kleene): what is not known stays *need to know* until it can no longer matter. So an answer that was given
stays, whatever becomes known later: *eligible* never turns into *not* because of a fact that nobody had asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.eligibility.rules.poverty import CONTIGUOUS, OWN_TABLES, Guideline, guideline_on, table_of
from goldthread.foundation.programs.enums import Coverage, Unit
from goldthread.foundation.programs.rules.eligibility import (
    AGENCY_STATE,
    Age,
    Asked,
    Covered,
    Criterion,
    Diagnosed,
    Enrolled,
    Group,
    How,
    Income,
    Referred,
    Residence,
)
from goldthread.foundation.programs.rules.values import Span

BOTH = frozenset({Coverage.MEDICAID, Coverage.MEDICARE})


class Verdict(StrEnum):
    """The answer to a criterion, and to a program."""

    ELIGIBLE = "eligible"
    NOT = "not"
    NEED_TO_KNOW = "need_to_know"


class Missing(StrEnum):
    """What must be found out."""

    BIRTH_DATE = "birth_date"
    ADDRESS = "address"
    INCOME = "income"
    HOUSEHOLD_SIZE = "household_size"
    COVERAGE = "coverage"
    ANSWER = "answer"
    REFERRAL = "referral"
    PROGRAMS = "programs"
    GUIDELINE = "guideline"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one criterion comes to. ``values``: what the reason speaks of, said by ``words``. ``missing``: what would answer it.

    ``wanted``: does the criterion count for the program when it is met? Not inside *none*.
    """

    criterion: Criterion
    verdict: Verdict
    missing: Missing | None = None
    values: dict[str, Any] = field(default_factory=dict)
    wanted: bool = True

    @property
    def counts(self) -> Verdict:
        """The verdict for the person: what must not hold, and does not, speaks for them."""
        if self.wanted or self.verdict is Verdict.NEED_TO_KNOW:
            return self.verdict
        return Verdict.NOT if self.verdict is Verdict.ELIGIBLE else Verdict.ELIGIBLE


@dataclass(frozen=True, slots=True)
class Judged:
    """What the whole comes to, and each criterion of it in order. ``verdict`` follows from ``answers`` alone."""

    verdict: Verdict
    answers: tuple[Answer, ...]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What must be found out, each once, in order; nothing when the verdict stands already."""
        if self.verdict is not Verdict.NEED_TO_KNOW:
            return ()
        return tuple(dict.fromkeys(one.missing for one in self.answers if one.missing))


def judge(rule: Group, known: Known, on: date) -> Judged:
    """Is a program with *rule* for somebody of whom *known* is known, on the day *on*?"""
    answers: list[Answer] = []
    verdict = _group(rule, known, on, answers, wanted=True)
    return Judged(verdict, tuple(answers))


def _group(group: Group, known: Known, on: date, answers: list[Answer], *, wanted: bool) -> Verdict:
    inside = wanted != (group.how is How.NONE)
    verdicts = [_part(part, known, on, answers, wanted=inside) for part in group.parts]
    if group.how is How.ALL:
        return combine_at_least(verdicts, len(verdicts))
    if group.how is How.NONE:
        return opposite(combine_at_least(verdicts, 1))
    return combine_at_least(verdicts, group.least if group.how is How.AT_LEAST else 1)


def _part(part: Criterion | Group, known: Known, on: date, answers: list[Answer], *, wanted: bool) -> Verdict:
    if isinstance(part, Group):
        return _group(part, known, on, answers, wanted=wanted)
    verdict, missing, values = _answer(part, known, on)
    answers.append(Answer(part, verdict, missing, values, wanted))
    return verdict


def combine_at_least(verdicts: Iterable[Verdict], least: int) -> Verdict:
    """Are at least *least* of *verdicts* eligible? *Not* once too few are left."""
    found = list(verdicts)
    if found.count(Verdict.ELIGIBLE) >= least:
        return Verdict.ELIGIBLE
    possible = len(found) - found.count(Verdict.NOT)
    return Verdict.NEED_TO_KNOW if possible >= least else Verdict.NOT


def opposite(verdict: Verdict) -> Verdict:
    """*Eligible* for *not* and the other way round."""
    return {Verdict.ELIGIBLE: Verdict.NOT, Verdict.NOT: Verdict.ELIGIBLE}.get(verdict, verdict)


Found = tuple[Verdict, Missing | None, dict[str, Any]]


def _answer(one: Criterion, known: Known, on: date) -> Found:
    match one:
        case Age():
            return _age(one, known, on)
        case Residence():
            return _residence(one, known)
        case Income():
            return _income(one, known, on)
        case Covered():
            return _covered(one, known)
        case _:
            return _told(one, known)


def _told(one: Diagnosed | Asked | Referred | Enrolled, known: Known) -> Found:
    match one:
        case Diagnosed():
            return _diagnosed(one, known)
        case Referred():
            return _of(bool(set(one.sources) & {known.referral}), known.referral, Missing.REFERRAL)
        case Enrolled():
            return _enrolled(one, known)
        case Asked():
            return _asked(one, known)


def _yes(said: bool) -> Verdict:
    return Verdict.ELIGIBLE if said else Verdict.NOT


def _of(fits: bool, value: str, missing: Missing) -> Found:
    """Fits or not, when *value* is known at all."""
    return (_yes(fits), None, {"value": value}) if value else (Verdict.NEED_TO_KNOW, missing, {})


def _asked(one: Asked | Diagnosed, known: Known) -> Found:
    said = known.answers.get(one.key)
    if said is None:
        return Verdict.NEED_TO_KNOW, Missing.ANSWER, {}
    return _yes(said), None, {"said": said}


def age_in_months(born: date, day: date) -> int:
    """Whole months on *day*, as ``persons.rules.age_on`` counts whole years. Negative before the birth."""
    return (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)


def months_of(span: Span) -> int:
    """An age in months."""
    return span.count * (12 if span.unit is Unit.YEARS else 1)


def _age(one: Age, known: Known, on: date) -> Found:
    if known.born is None:
        return Verdict.NEED_TO_KNOW, Missing.BIRTH_DATE, {}
    first, last = known.born
    oldest, youngest = age_in_months(first, on), age_in_months(last, on)
    verdicts = []
    if one.least:
        verdicts.append(_between(youngest >= months_of(one.least), oldest >= months_of(one.least)))
    if one.under:
        verdicts.append(_between(oldest < months_of(one.under), youngest < months_of(one.under)))
    verdict = combine_at_least(verdicts, len(verdicts))
    missing = Missing.BIRTH_DATE if verdict is Verdict.NEED_TO_KNOW else None
    return verdict, missing, {"months": youngest, "about": first != last}


def _between(surely: bool, possibly: bool) -> Verdict:
    """What holds surely, or possibly, or not."""
    if surely:
        return Verdict.ELIGIBLE
    return Verdict.NEED_TO_KNOW if possibly else Verdict.NOT


def _residence(one: Residence, known: Known) -> Found:
    states = {known.agency_state if state == AGENCY_STATE else state for state in one.states} - {""}
    by_code = any(known.postal_code.startswith(code) for code in one.postal_codes) if known.postal_code else None
    by_state = known.state.upper() in states if known.state and states else None
    asked = [fits for fits, given in ((by_state, one.states), (by_code, one.postal_codes)) if given]
    values = {"value": " ".join(part for part in (known.state.upper(), known.postal_code) if part)}
    if True in asked:
        return Verdict.ELIGIBLE, None, values
    if None in asked:
        return Verdict.NEED_TO_KNOW, Missing.ADDRESS, values
    return Verdict.NOT, None, values


def _income(one: Income, known: Known, on: date) -> Found:
    guideline = guideline_on(on)
    if guideline is None:
        return Verdict.NEED_TO_KNOW, Missing.GUIDELINE, {}
    if known.income is None:
        return Verdict.NEED_TO_KNOW, Missing.INCOME, {}
    lowest, highest = _limits(one, known, guideline)
    values = {
        "income": str(known.income),
        "limit": str(lowest.quantize(Decimal("0.01"))),
        "people": known.household or 0,
        "year": guideline.year,
    }
    if known.income <= lowest:
        return Verdict.ELIGIBLE, None, values
    if highest is not None and known.income > highest:
        return Verdict.NOT, None, values
    return Verdict.NEED_TO_KNOW, Missing.ADDRESS if known.household else Missing.HOUSEHOLD_SIZE, values


def _limits(one: Income, known: Known, guideline: Guideline) -> tuple[Decimal, Decimal | None]:
    """The lowest and the highest limit that can hold; None: there is no highest while the household can have any size."""
    tables = [table_of(known.state)] if known.state else [CONTIGUOUS, *OWN_TABLES.values()]
    limits = [guideline.a_month(known.household or 1, table, one.percent) for table in tables]
    return min(limits), max(limits) if known.household else None


def _covered(one: Covered, known: Known) -> Found:
    if known.coverage is None:
        return Verdict.NEED_TO_KNOW, Missing.COVERAGE, {}
    held = known.coverage | (BOTH if Coverage.BOTH in known.coverage else frozenset())
    return _yes(bool(held & set(one.types))), None, {"values": sorted(known.coverage)}


def _diagnosed(one: Diagnosed, known: Known) -> Found:
    """A code that is written down decides; that none is written down does not: somebody has to be asked."""
    fitting = sorted(code for code in known.diagnoses if any(code_fits(code, wanted) for wanted in one.codes))
    if fitting:
        return Verdict.ELIGIBLE, None, {"values": fitting}
    return _asked(one, known)


def code_fits(code: str, wanted: str) -> bool:
    """Does *code* begin with *wanted* (``F31``), or lie in its range (``F20-F29``)? Dots do not matter."""
    plain = code.upper().replace(".", "")
    first, _dash, last = wanted.replace(".", "").partition("-")
    if not last:
        return plain.startswith(first)
    return first <= plain[: len(first)] and plain[: len(last)] <= last


def _enrolled(one: Enrolled, known: Known) -> Found:
    """What the asker may not know is not told by the answer either: then a person has to ask."""
    wanted = set(one.programs)
    seen = wanted - known.unseen
    if known.programs is not None and known.programs & seen:
        return Verdict.ELIGIBLE, None, {"values": sorted(known.programs & seen)}
    said = known.answers.get(one.key)
    if said is not None:
        return _yes(said), None, {"said": said}
    if known.programs is None or wanted & known.unseen:
        return Verdict.NEED_TO_KNOW, Missing.PROGRAMS, {}
    return Verdict.NOT, None, {"values": []}
