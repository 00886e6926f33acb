"""Reading and writing what a program asks for after a discharge."""

from typing import Any

from goldthread.foundation.programs.enums import AftercareBy, Mode, Unit
from goldthread.foundation.programs.rules.aftercare import AFTERCARE, AftercareContact, AftercareRules
from goldthread.foundation.programs.rules.fields import Notes
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.reading_requirements import read_source
from goldthread.foundation.programs.rules.spans import write_span
from goldthread.foundation.programs.rules.values import Span

AFTERCARE_KEYS = ("contacts", "source")
CONTACT_KEYS = ("title", "after", "mode", "by", "after_death")
SOME_DAYS = Span(7, Unit.DAYS)


def read_aftercare(notes: Notes, value: Any) -> AftercareRules:
    """The rules about aftercare in *value*; none where there are none. Mistakes are noted."""
    if value is None:
        return AFTERCARE
    fields = notes.fields(value, ("aftercare",), AFTERCARE_KEYS, ("contacts", "source"))
    return AftercareRules(
        contacts=fields.every("contacts", _contact),
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
    )


def _contact(notes: Notes, value: Any, path: Path) -> AftercareContact:
    fields = notes.fields(value, path, CONTACT_KEYS, ("title", "after"))
    return AftercareContact(
        title=fields.text("title", longest=120),
        after=fields.span("after") or SOME_DAYS,
        mode=fields.word("mode", Mode, Mode.PHONE),
        by=fields.word("by", AftercareBy, AftercareBy.WORKER),
        after_death=fields.flag("after_death"),
    )


def write_aftercare(rules: AftercareRules, source: Any) -> dict[str, Any] | None:
    """*rules* as ``read_aftercare`` reads them, with their *source* as it is written; None where there are none."""
    if rules == AFTERCARE:
        return None
    return {"contacts": [_written(one) for one in rules.contacts], "source": source}


def _written(one: AftercareContact) -> dict[str, Any]:
    said: dict[str, Any] = {"title": one.title, "after": write_span(one.after)}
    said |= {"mode": str(one.mode)} if one.mode != Mode.PHONE else {}
    said |= {"by": str(one.by)} if one.by != AftercareBy.WORKER else {}
    return said | ({"after_death": True} if one.after_death else {})
