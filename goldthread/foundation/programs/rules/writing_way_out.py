"""What a program asks of the way out, written as plain values: what ``reading_way_out`` reads back as the same."""

from typing import Any

from goldthread.foundation.programs.rules.spans import write_span
from goldthread.foundation.programs.rules.template import DischargeReason
from goldthread.foundation.programs.rules.way_out import WAY_OUT, Tries, WayOutRules, way_of


def write_way_out(rules: WayOutRules, source: Any) -> dict[str, Any] | None:
    """The rules as values, with their *source* as written; None: the usual ones."""
    if rules == WAY_OUT:
        return None
    said: dict[str, Any] = {}
    if rules.tries != WAY_OUT.tries:
        said["tries"] = [_tries(one) for one in rules.tries]
    if rules.days != WAY_OUT.days:
        said["days"] = rules.days
    if rules.within != WAY_OUT.within:
        said["within"] = write_span(rules.within)
    if rules.approval:
        said["approval"] = True
    if rules.death_review:
        said["death_review"] = write_span(rules.death_review)
    return said | {"source": source}


def _tries(one: Tries) -> dict[str, Any]:
    return {"times": one.times} | ({"mode": [str(mode) for mode in one.modes]} if one.modes else {})


def write_discharge_reason(reason: DischargeReason) -> dict[str, Any]:
    """One reason; its way only where its key does not say it."""
    said: dict[str, Any] = {"key": reason.key, "title": reason.title}
    if reason.planned:
        said["planned"] = True
    return said | ({"way": str(reason.way)} if reason.way != way_of(reason.key) else {})
