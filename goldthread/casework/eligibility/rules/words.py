"""Criteria and their answers as sentences, in the reader's language."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.eligibility.rules.judging import Answer, Missing, Verdict
from goldthread.foundation.programs.enums import ReferralSource, Unit
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
from goldthread.people.facts.rules.fields import COVERAGES

VERDICTS: dict[Verdict, StrOrPromise] = {
    Verdict.ELIGIBLE: gettext_lazy("Eligible"),
    Verdict.NOT: gettext_lazy("Not eligible"),
    Verdict.NEED_TO_KNOW: gettext_lazy("Need to know"),
}
MISSING: dict[Missing, StrOrPromise] = {
    Missing.BIRTH_DATE: gettext_lazy("Date of birth"),
    Missing.ADDRESS: gettext_lazy("State and ZIP code"),
    Missing.INCOME: gettext_lazy("Income"),
    Missing.HOUSEHOLD_SIZE: gettext_lazy("Household size"),
    Missing.COVERAGE: gettext_lazy("Coverage"),
    Missing.ANSWER: gettext_lazy("Yes or no"),
    Missing.REFERRAL: gettext_lazy("Who sent them"),
    Missing.PROGRAMS: gettext_lazy("Which programs they are in"),
    Missing.GUIDELINE: gettext_lazy("The poverty level of that year"),
}
COVERAGE_WORDS = dict(COVERAGES)
SOURCES: dict[ReferralSource, StrOrPromise] = {
    ReferralSource.SELF: gettext_lazy("The person themselves"),
    ReferralSource.FAMILY: gettext_lazy("Family or friend"),
    ReferralSource.HOSPITAL: gettext_lazy("Hospital"),
    ReferralSource.CLINIC: gettext_lazy("Clinic or doctor"),
    ReferralSource.COURT: gettext_lazy("Court"),
    ReferralSource.PROBATION: gettext_lazy("Probation or parole"),
    ReferralSource.JAIL: gettext_lazy("Jail or prison"),
    ReferralSource.CHILD_WELFARE: gettext_lazy("Child welfare"),
    ReferralSource.SCHOOL: gettext_lazy("School"),
    ReferralSource.POLICE: gettext_lazy("Police"),
    ReferralSource.CRISIS_LINE: gettext_lazy("Crisis line"),
    ReferralSource.SHELTER: gettext_lazy("Shelter"),
    ReferralSource.MANAGED_CARE: gettext_lazy("Health plan"),
    ReferralSource.RESETTLEMENT: gettext_lazy("Resettlement agency"),
    ReferralSource.PARTNER: gettext_lazy("Partner agency"),
    ReferralSource.OTHER: gettext_lazy("Somebody else"),
}


def say(one: Criterion, programs: Mapping[str, str] | None = None) -> str:
    """What *one* asks: *18 years or older*. *programs*: names of programs by their short names."""
    match one:
        case Age(least=least, under=under):
            return _say_age(least, under)
        case Residence():
            return _say_residence(one)
        case Income(percent=percent):
            return _("Income at most %(percent)s %% of the poverty level") % {"percent": percent}
        case Asked(title=title, title_es=spanish):
            return spanish if spanish and (get_language() or "").startswith("es") else title
        case _:
            return _say_listed(one, programs or {})


def say_not(one: Criterion, programs: Mapping[str, str] | None = None) -> str:
    """What *one* asks where it must not hold: *In none of these: Hospice*."""
    if isinstance(one, Enrolled):
        names = (programs or {}).get
        return _("In none of these: %(programs)s") % {"programs": ", ".join(names(key, key) for key in one.programs)}
    return _("Not: %(words)s") % {"words": say(one, programs)}


def _say_listed(one: Covered | Diagnosed | Referred | Enrolled, programs: Mapping[str, str]) -> str:
    match one:
        case Covered(types=types):
            return _("Coverage: %(types)s") % {"types": joined(COVERAGE_WORDS[str(word)] for word in types)}
        case Diagnosed(codes=codes):
            return _("A diagnosis of %(codes)s") % {"codes": joined(codes)}
        case Referred(sources=sources):
            return _("Sent by: %(sources)s") % {"sources": joined(SOURCES[word] for word in sources)}
        case Enrolled(programs=names):
            return _("Is in: %(programs)s") % {"programs": joined(programs.get(name, name) for name in names)}


def joined(words: Iterable[Any]) -> str:
    """Words of which one is enough."""
    return _(" or ").join(str(word) for word in words)


def _say_age(least: Span | None, under: Span | None) -> str:
    if least and under:
        return _("From %(least)s to under %(under)s old") % {"least": age_span(least), "under": age_span(under)}
    if least:
        return _("%(least)s or older") % {"least": age_span(least)}
    return _("Under %(under)s old") % {"under": age_span(under)} if under else ""


def age_span(span: Span) -> str:
    """*18 years*, *36 months*."""
    text = (
        ngettext("%(count)d year", "%(count)d years", span.count)
        if span.unit is Unit.YEARS
        else ngettext("%(count)d month", "%(count)d months", span.count)
    )
    return text % {"count": span.count}


def _say_residence(one: Residence) -> str:
    states = [_("our state") if state == AGENCY_STATE else state for state in one.states]
    codes = [_("ZIP code %(code)s …") % {"code": code} for code in one.postal_codes]
    return _("Lives in %(places)s") % {"places": joined([*states, *codes])}


def say_group(group: Group) -> str:
    """What is asked of the parts of *group*."""
    if group.how is How.AT_LEAST:
        text = ngettext("At least %(count)d of these:", "At least %(count)d of these:", group.least)
        return text % {"count": group.least}
    return {How.ALL: _("All of these:"), How.ANY: _("One of these:"), How.NONE: _("None of these:")}[group.how]


def say_all(group: Group, programs: Mapping[str, str] | None = None, depth: int = 0) -> list[tuple[int, str, bool]]:
    """The whole of *group*: of each line how deep it stands, its words, and is it the head of a group? Nothing for *everybody*.
    *programs* as for ``say``."""
    if not group.parts:
        return []
    lines = [(depth, say_group(group), True)]
    for part in group.parts:
        if isinstance(part, Group):
            lines += say_all(part, programs, depth + 1)
        else:
            lines.append((depth + 1, say(part, programs), False))
    return lines


def reason(answer: Answer, programs: Mapping[str, str] | None = None) -> str:
    """Why *answer* is what it is, or what must be found out."""
    if answer.verdict is Verdict.NEED_TO_KNOW and answer.missing:
        return _still_to_ask(answer)
    match answer.criterion:
        case Age():
            return _age_words(answer.values)
        case Income():
            return _income_words(answer.values)
        case _:
            return _value_words(answer, programs or {})


def _still_to_ask(answer: Answer) -> str:
    if answer.missing is Missing.ANSWER:
        return _("Ask: yes or no.")
    if answer.missing is Missing.PROGRAMS:
        return _("Ask: you may not see this, or it is not settled who they are.")
    fact = str(MISSING[answer.missing]) if answer.missing else ""
    return _("Not known yet: %(fact)s.") % {"fact": fact[:1].lower() + fact[1:]}


def _age_words(values: dict[str, Any]) -> str:
    months = values["months"]
    if months < 0:
        return _("Not born yet on that day.")
    many, unit = (months // 12, Unit.YEARS) if months >= 36 else (months, Unit.MONTHS)
    words = age_span(Span(many, unit))
    return _("About %(age)s old.") % {"age": words} if values["about"] else _("%(age)s old.") % {"age": words}


def _income_words(values: dict[str, Any]) -> str:
    said = {
        "income": money(values["income"]),
        "limit": money(values["limit"]),
        "people": values["people"],
        "year": values["year"],
    }
    if not values["people"]:
        return _("%(income)s a month; the limit for one person is %(limit)s (%(year)s).") % said
    return (
        ngettext(
            "%(income)s a month; the limit for %(people)s person is %(limit)s (%(year)s).",
            "%(income)s a month; the limit for %(people)s people is %(limit)s (%(year)s).",
            values["people"],
        )
        % said
    )


def money(amount: str) -> str:
    """*$1,304.17*; without cents where there are none."""
    value = Decimal(amount)
    return f"${value:,.0f}" if value == value.to_integral() else f"${value:,.2f}"


def _value_words(answer: Answer, programs: Mapping[str, str]) -> str:
    values = answer.values
    if "said" in values:
        return _("Answered: yes.") if values["said"] else _("Answered: no.")
    if isinstance(answer.criterion, Referred):
        return f"{SOURCES[ReferralSource(values['value'])]}."
    found = [_named(answer.criterion, one, programs) for one in values.get("values", [])] or [values.get("value", "")]
    text = ", ".join(str(one) for one in found if one)
    return f"{text}." if text else _("In none of them.")


def _named(criterion: Criterion, one: str, programs: Mapping[str, str]) -> StrOrPromise:
    return COVERAGE_WORDS.get(one, one) if isinstance(criterion, Covered) else programs.get(one, one)
