"""Who a program is for, written as plain values."""

from typing import Any

from goldthread.foundation.programs.enums import Unit
from goldthread.foundation.programs.rules.eligibility import (
    ROUTINE,
    URGENT,
    Age,
    Asked,
    Covered,
    Criterion,
    Diagnosed,
    Eligibility,
    Enrolled,
    Group,
    How,
    Income,
    Referred,
    Residence,
)
from goldthread.foundation.programs.rules.spans import write_span
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.waitlist import ANSWER, CONTACT, First, Waitlist


def write_eligibility(rules: Eligibility, source: Any) -> dict[str, Any]:
    """*rules* as ``reading_eligibility`` reads them; *source* as it is written elsewhere."""
    written = write_group(rules.rule) if rules.rule.parts else {}
    if rules.urgent != URGENT:
        written["urgent"] = write_span(rules.urgent)
    if rules.routine != ROUTINE:
        written["routine"] = write_span(rules.routine)
    return written | {"source": source}


def write_waitlist(rules: Waitlist, source: Any) -> dict[str, Any]:
    """*rules* as ``reading_waitlist`` reads them; *source* as it is written elsewhere."""
    written: dict[str, Any] = {"first": [_first(one) for one in rules.first]} if rules.first else {}
    if rules.contact != CONTACT:
        written["contact"] = write_span(rules.contact)
    if rules.answer != ANSWER:
        written["answer"] = write_span(rules.answer)
    if rules.places:
        written["places"] = rules.places
    return written | {"source": source}


def _first(one: First) -> Any:
    named = {"key": one.key, "title": one.title, "title_es": one.title_es} if one.title else {"priority": one.key}
    if one.when is None and not one.title:
        return one.key
    when = one.when
    alone = when is not None and when.how is How.ALL and len(when.parts) == 1
    content = write_group(when) if when is not None and not alone else None
    if when is not None and alone:
        part = when.parts[0]
        content = write_group(when) if isinstance(part, Group) else _criterion(part)
    return {name: value for name, value in (named | {"when": content}).items() if value}


def write_group(group: Group) -> dict[str, Any]:
    """A group with all that is in it."""
    parts = [write_group(part) if isinstance(part, Group) else _criterion(part) for part in group.parts]
    if group.how is How.AT_LEAST:
        return {"at_least": group.least, "of": parts}
    return {str(group.how): parts}


def _criterion(one: Criterion) -> dict[str, Any]:
    match one:
        case Age(least=least, under=under):
            return _named("age", one.key, {"from": _age(least), "under": _age(under)})
        case Residence(states=states, postal_codes=codes):
            return _named("residence", one.key, {"states": list(states), "postal_codes": list(codes)})
        case Income(percent=percent):
            return _named("income", one.key, {"at_most": percent})
        case Asked(title=title, title_es=spanish):
            return _named("asked", one.key, {"title": title, "title_es": spanish})
        case _:
            return _listed(one)


def _listed(one: Covered | Diagnosed | Referred | Enrolled) -> dict[str, Any]:
    match one:
        case Covered(types=types):
            return _named("coverage", one.key, {"types": [str(word) for word in types]})
        case Diagnosed(codes=codes):
            return _named("diagnosis", one.key, {"codes": list(codes)})
        case Referred(sources=sources):
            return _named("referral", one.key, {"sources": [str(word) for word in sources]})
        case Enrolled(programs=programs):
            return _named("enrolled", one.key, {"programs": list(programs)})


def _named(kind: str, key: str, values: dict[str, Any]) -> dict[str, Any]:
    return {kind: {"key": key} | {name: value for name, value in values.items() if value not in (None, "", [])}}


def _age(span: Span | None) -> Any:
    if span is None:
        return None
    return span.count if span.unit is Unit.YEARS else write_span(span)
