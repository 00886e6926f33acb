"""Who comes first on a waitlist, and why: the groups of the rules, what a person said, what is known. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.eligibility.rules.judging import Verdict, judge
from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.eligibility.rules.words import say_all
from goldthread.casework.tasks.rules.spans import add_months
from goldthread.foundation.agency.rules import Calendar, add_business_days, next_business_day
from goldthread.foundation.programs.enums import Priority, Unit
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.titles import PRIORITIES
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.waitlist import First
from goldthread.foundation.programs.rules.words import span


@dataclass(frozen=True, slots=True)
class Standing:
    """One group, for one person. ``holds``: are they in it; ``said``: somebody said so (None: nobody); ``worked_out``: what is known
    says so (None: it does not say)."""

    key: str
    words: StrOrPromise
    holds: bool
    said: bool | None
    worked_out: bool | None


def standings(groups: Sequence[First], answers: Mapping[str, bool], known: Known, on: date) -> list[Standing]:
    """Each of *groups* for somebody of whom *known* is known. What a person said comes first; what nobody knows does not hold."""
    found = []
    for one in groups:
        said, worked_out = answers.get(one.key), _worked_out(one, known, on)
        found.append(Standing(one.key, title_of(one), bool(worked_out if said is None else said), said, worked_out))
    return found


def _worked_out(one: First, known: Known, on: date) -> bool | None:
    if one.when is None:
        return None
    verdict = judge(one.when, known, on).verdict
    return None if verdict is Verdict.NEED_TO_KNOW else verdict is Verdict.ELIGIBLE


def ranked(found: Sequence[Standing]) -> tuple[int, str]:
    """The rank of somebody who stands as *found* says, and the key of their group: the first that holds; after all: none."""
    return next(((number, one.key) for number, one in enumerate(found) if one.holds), (len(found), ""))


def title_of(one: First) -> StrOrPromise:
    """What a group is called, in the reader's language."""
    if not one.title:
        return PRIORITIES.get(Priority(one.key), one.key)
    return one.title_es if one.title_es and (get_language() or "").startswith("es") else one.title


def group_words(groups: Sequence[First], key: str) -> StrOrPromise:
    """What the group *key* is called; empty for none, or for one that the rules no longer have."""
    return next((title_of(one) for one in groups if one.key == key), "")


def sentences(template: Template) -> list[str]:
    """How the waitlist of *template* is ranked, in order, one sentence a line."""
    lines = [_sentence(one) for one in template.comes_first]
    last = _("Within a group: whoever asked first.") if lines else _("Whoever asked first comes first.")
    rules = template.waitlist
    answered = _("An offer is answered within %(span)s.") % {"span": span(rules.answer)}
    if rules.places:
        has = ngettext("The program has %(count)d place.", "The program has %(count)d places.", rules.places)
        answered = f"{answered} {has % {'count': rules.places}}"
    return [
        *lines,
        last,
        _("Whoever waits is called every %(span)s.") % {"span": span(rules.contact)},
        answered,
    ]


def _sentence(one: First) -> str:
    if one.when is None:
        return str(title_of(one))
    known = "; ".join(words for _depth, words, head in say_all(one.when) if not head)
    return _("%(group)s (known from: %(criteria)s)") % {"group": title_of(one), "criteria": known}


def call_by(day: date, rule: Span, calendar: Calendar) -> date:
    """When somebody who was heard from on *day* is called again: the first day of work on or after it."""
    return next_business_day(later(day, rule, calendar), calendar)


def answer_by(day: date, rule: Span, calendar: Calendar) -> date:
    """By when an offer that is made on *day* is answered; never the same day."""
    return next_business_day(max(later(day, rule, calendar), day + timedelta(days=1)), calendar)


def later(day: date, rule: Span, calendar: Calendar) -> date:
    """*day* so much later, in business days, days, weeks or months."""
    if rule.unit is Unit.BUSINESS_DAYS:
        return add_business_days(day, rule.count, calendar)
    if rule.unit is Unit.MONTHS:
        return add_months(day, rule.count)
    return day + timedelta(days=rule.count * (7 if rule.unit is Unit.WEEKS else 1))
