"""A Template written as plain content and as YAML: what ``reading`` reads back as the same Template. Defaults are left out."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import yaml

from goldthread.foundation.programs.enums import Activity, Acuity, Domain, EventKind, Unit
from goldthread.foundation.programs.rules.eligibility import ELIGIBILITY, Eligibility
from goldthread.foundation.programs.rules.reading_aftercare import write_aftercare
from goldthread.foundation.programs.rules.spans import write_span
from goldthread.foundation.programs.rules.template import (
    ESCALATE,
    JUDGEMENT,
    PLAN_RULES,
    REMIND,
    SILENT_DAYS,
    Accepts,
    ContactKind,
    Interval,
    PlanRules,
    Requirement,
    Share,
    Source,
    Span,
    Template,
    Trigger,
)
from goldthread.foundation.programs.rules.waitlist import WAITLIST, Waitlist
from goldthread.foundation.programs.rules.writing_eligibility import write_eligibility, write_waitlist
from goldthread.foundation.programs.rules.writing_way_out import write_discharge_reason, write_way_out

WIDTH = 120


def to_content(template: Template) -> dict[str, Any]:
    """*template* as values that JSON and YAML can hold, in the order in which people read them."""
    caseload = {"flag": template.caseload_flag, "source": write_source(template.caseload_source)}
    return _given(
        {
            "template": template.key,
            "title": template.title,
            "version": template.version,
            "serves": template.unit,
            "client_word": template.client_word,
            "plan_word": template.plan_word,
            "labels": list(template.labels),
            "caseload": caseload if template.caseload_flag else None,
            "cosign": template.cosign_default,
            "re_entry_days": template.re_entry_days,
            "re_entry_source": None
            if template.re_entry_source == JUDGEMENT
            else write_source(template.re_entry_source),
            "aftercare": write_aftercare(template.aftercare, write_source(template.aftercare.source)),
            "plan": None if template.plan == PLAN_RULES else _plan(template.plan),
            "eligibility": _eligibility(template.eligibility),
            "way_out": write_way_out(template.way_out, write_source(template.way_out.source)),
            "waitlist": _waitlist(template.waitlist),
            "domains": _unless_all(template.domains, Domain),
            "activities": _unless_all(template.activities, Activity),
            "contacts": [_contact_kind(kind) for kind in template.contact_kinds],
            "priorities": [str(rule) for rule in template.priority_rules],
            "requirements": [requirement_content(one) for one in template.requirements],
            "discharge_reasons": [write_discharge_reason(reason) for reason in template.discharge_reasons],
        },
        always=("requirements",),
    )


def _eligibility(rules: Eligibility) -> dict[str, Any] | None:
    return None if rules == ELIGIBILITY else write_eligibility(rules, write_source(rules.source))


def _waitlist(rules: Waitlist) -> dict[str, Any] | None:
    return None if rules == WAITLIST else write_waitlist(rules, write_source(rules.source))


def _plan(rules: PlanRules) -> dict[str, Any]:
    return _given(
        {
            "parts": [str(one) for one in rules.parts],
            "approval": rules.approval,
            "signers": [str(one) for one in rules.signers] if rules.signers != PLAN_RULES.signers else [],
            "review": _span(rules.review) if rules.review != PLAN_RULES.review else None,
            "thread_tasks": [str(one) for one in rules.thread_tasks],
            "silent_days": rules.silent_days if rules.silent_days != SILENT_DAYS else None,
            "source": write_source(rules.source),
        }
    )


def to_yaml(template: Template) -> str:
    """*template* as YAML."""
    content = to_content(template)
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False)


def requirement_content(requirement: Requirement) -> dict[str, Any]:
    """One requirement as plain values."""
    accepts = [_accepts(one) for one in requirement.accepts]
    return _given(
        {
            "key": requirement.key,
            "title": requirement.title,
            "weight": str(requirement.weight),
            "trigger": _trigger(requirement.trigger),
            "due": _span(requirement.offset),
            "every": _interval(requirement.interval),
            "each": str(requirement.period) if requirement.period else None,
            "share": _share(requirement.share),
            "accepts": accepts,
            "at_least": requirement.at_least if requirement.at_least > 1 else None,
            "partial_periods": requirement.partial_periods,
            "due_day": requirement.due_day,
            "earliest": _span(requirement.earliest),
            "grace": _span(requirement.grace),
            "remind": _unless(requirement.remind, REMIND),
            "escalate": _unless(requirement.escalate, ESCALATE),
            "exceptions": sorted(str(reason) for reason in requirement.exceptions),
            "each_member": requirement.each_member,
            "pauses": None if requirement.only_pauses else False,
            "minutes": requirement.minutes if requirement.minutes != 30 else None,
            "action": requirement.action if requirement.action != "note" else None,
            "source": write_source(requirement.source),
        },
        always=("pauses",) if not requirement.only_pauses else (),
    )


def write_source(source: Source) -> Any:
    """A source as plain values; the product's judgement as one word."""
    if source == JUDGEMENT:
        return "judgement"
    effective = source.effective.isoformat() if source.effective else None
    values = {"text": source.text, "effective": effective, "verified": source.verified, "judgement": source.judgement}
    return _given(values)


def _given(values: dict[str, Any], always: Iterable[str] = ()) -> dict[str, Any]:
    """*values* without those that say nothing, except *always*."""
    kept = set(always)
    return {name: value for name, value in values.items() if name in kept or value not in (None, "", False, [], {}, 0)}


def _unless_all(words: tuple[StrEnum, ...], every: type[StrEnum]) -> list[str]:
    return [] if words == tuple(every) else [str(word) for word in words]


def _unless(span: Span, default: Span) -> str | None:
    return None if span == default else write_span(span)


def _span(span: Span | None) -> str | None:
    return write_span(span) if span is not None else None


def _words(words: Iterable[StrEnum]) -> Any:
    """Sorted; one alone without a list."""
    found = sorted(str(word) for word in words)
    return found[0] if len(found) == 1 else found


def _accepts(accepts: Accepts) -> Any:
    narrowed = _given(
        {
            "mode": _words(accepts.modes),
            "place": _words(accepts.places),
            "activity": _words(accepts.activities),
            "seen": _words(accepts.seen),
            "minutes": accepts.minutes,
            "name": accepts.name,
            "attempted": accepts.attempted,
        }
    )
    return {"kind": str(accepts.kind), **narrowed} if narrowed else str(accepts.kind)


def _trigger(trigger: Trigger) -> Any:
    if trigger.age is not None:
        return {"age": write_span(trigger.age)}
    if trigger.birthday:
        return {"each_year": "birthday"}
    if trigger.month is not None:
        return {"each_year": f"{trigger.month:02d}-{trigger.day:02d}"}
    if trigger.match is not None:
        return _accepts(trigger.match)
    return None if trigger.kind is EventKind.ENROLLED else str(trigger.kind)


def _interval(interval: Interval | None) -> Any:
    if interval is None:
        return None
    if not interval.by_acuity and not interval.from_plan:
        return _span(interval.span)
    levels = {str(level): write_span(interval.by_acuity[level]) for level in Acuity if level in interval.by_acuity}
    return _given({"span": _span(interval.span), "by_acuity": levels, "from_plan": interval.from_plan})


def _share(share: Share | None) -> Any:
    if share is None:
        return None
    accepts = _accepts(share.accepts) if share.accepts else None
    window = write_span(Span(share.window_months, Unit.MONTHS))
    values = {"of": share.of, "percent": share.percent, "window": window, "whose": share.whose}
    return _given({**values, "accepts": accepts, "remind_after": _span(share.remind_after)})


def _contact_kind(kind: ContactKind) -> dict[str, Any]:
    return _given(
        {
            "key": kind.key,
            "title": kind.title,
            "mode": str(kind.mode),
            "place": str(kind.place) if kind.place else None,
            "activities": [str(activity) for activity in kind.activities],
            "checklist": str(kind.checklist) if kind.checklist else None,
            "minutes": kind.minutes if kind.minutes != 30 else None,
        }
    )
