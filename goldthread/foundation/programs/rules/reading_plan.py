"""Reading what a program asks of its plans."""

from typing import Any

from goldthread.foundation.programs.enums import Break, PlanPart, Signer
from goldthread.foundation.programs.rules.fields import Notes
from goldthread.foundation.programs.rules.reading_requirements import read_source
from goldthread.foundation.programs.rules.template import PLAN_RULES, REVIEW, SILENT_DAYS, PlanRules

PLAN_KEYS = ("parts", "approval", "signers", "review", "thread_tasks", "silent_days", "source")


def read_plan(notes: Notes, value: Any) -> PlanRules:
    """The rules about plans in *value*; the usual ones where there are none. Mistakes are noted."""
    if value is None:
        return PLAN_RULES
    fields = notes.fields(value, ("plan",), PLAN_KEYS, ("source",))
    return PlanRules(
        parts=tuple(fields.words("parts", PlanPart)),
        approval=fields.flag("approval"),
        signers=tuple(fields.words("signers", Signer)) or PLAN_RULES.signers,
        review=fields.span("review") or REVIEW,
        thread_tasks=tuple(fields.words("thread_tasks", Break)),
        silent_days=fields.number("silent_days", SILENT_DAYS, 1, 366),
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
    )
