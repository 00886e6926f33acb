"""The facts that were given in an inquiry, and whose word they are. Pure."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from goldthread.casework.intake.enums import Caller
from goldthread.casework.intake.rules.said import Said, many, one
from goldthread.people.facts.enums import FactKind, SaidBy

SAID_BY = {
    Caller.SELF: SaidBy.CLIENT,
    Caller.PARENT: SaidBy.FAMILY,
    Caller.FAMILY: SaidBy.FAMILY,
    Caller.PROFESSIONAL: SaidBy.PROFESSIONAL,
}
FIELDS = {FactKind.INCOME: "income", FactKind.HOUSEHOLD_SIZE: "household", FactKind.COVERAGE: "coverage"}
"""The field of an inquiry that each kind of fact is typed into."""


def facts_said(said: Said) -> Iterator[tuple[FactKind, dict[str, Any]]]:
    """The facts that were given, as ``facts`` keeps them: each with its value."""
    if one(said, "income").strip() or one(said, "income_source") == "none":
        source = one(said, "income_source") or "other"
        value = {"source": source}
        if source != "none":
            value |= {"amount": one(said, "income"), "every": one(said, "income_every") or "month"}
        yield FactKind.INCOME, value
    if one(said, "household").strip():
        yield FactKind.HOUSEHOLD_SIZE, {"people": one(said, "household")}
    for kind in many(said, "coverage"):
        yield FactKind.COVERAGE, {"type": kind}


def said_by(said: Said) -> str:
    """Whose word the facts are."""
    given = one(said, "said_by")
    with suppress(ValueError):
        return str(SaidBy(given) if given else SAID_BY.get(Caller(one(said, "caller")), SaidBy.CLIENT))
    return str(SaidBy.CLIENT)
