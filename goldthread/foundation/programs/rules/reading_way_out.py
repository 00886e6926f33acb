"""Reading what a program asks of the way out."""

from typing import Any

from goldthread.foundation.programs.enums import Leaving, Mode
from goldthread.foundation.programs.rules.fields import Notes
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.reading_requirements import read_source
from goldthread.foundation.programs.rules.template import DischargeReason
from goldthread.foundation.programs.rules.way_out import WAY_OUT, WITHIN, Tries, WayOutRules, way_of

WAY_OUT_KEYS = ("tries", "days", "within", "approval", "death_review", "source")
TRIES_KEYS = ("mode", "times")
DISCHARGE_KEYS = ("key", "title", "planned", "way")


def read_way_out(notes: Notes, value: Any) -> WayOutRules:
    """The rules about the way out in *value*; the usual ones where there are none. Mistakes are noted."""
    if value is None:
        return WAY_OUT
    fields = notes.fields(value, ("way_out",), WAY_OUT_KEYS, ("source",))
    return WayOutRules(
        tries=fields.every("tries", _tries) if "tries" in fields.values else WAY_OUT.tries,
        days=fields.number("days", WAY_OUT.days, 0, 30),
        within=fields.span("within") or WITHIN,
        approval=fields.flag("approval"),
        death_review=fields.span("death_review"),
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
    )


def _tries(notes: Notes, value: Any, path: Path) -> Tries:
    fields = notes.fields(value, path, TRIES_KEYS, ("times",))
    return Tries(times=fields.number("times", 1, 1, 20), modes=fields.words("mode", Mode))


def read_discharge_reason(notes: Notes, value: Any, path: Path) -> DischargeReason:
    """One reason; its way follows from its key where it is not said."""
    fields = notes.fields(value, path, DISCHARGE_KEYS, ("key", "title"))
    key = fields.key("key")
    way = fields.word("way", Leaving, Leaving.ORDINARY) if fields.has("way") else way_of(key)
    return DischargeReason(key, fields.text("title", longest=120), fields.flag("planned"), way)
