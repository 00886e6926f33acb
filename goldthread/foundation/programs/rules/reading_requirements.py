"""The part of reading that reads one requirement."""

from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import (
    Activity,
    Acuity,
    Clock,
    EventKind,
    Mode,
    Period,
    Place,
    Reason,
    Seen,
    Unit,
    Weight,
)
from goldthread.foundation.programs.rules.fields import NAME, NO_SPAN, Fields, Notes
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.template import (
    ESCALATE,
    JUDGEMENT,
    REMIND,
    Accepts,
    Interval,
    Requirement,
    Share,
    Source,
    Span,
    Trigger,
)

REQUIREMENT_KEYS = (
    "key",
    "title",
    "weight",
    "trigger",
    "due",
    "every",
    "each",
    "share",
    "accepts",
    "at_least",
    "partial_periods",
    "due_day",
    "earliest",
    "grace",
    "remind",
    "escalate",
    "exceptions",
    "each_member",
    "pauses",
    "minutes",
    "action",
    "source",
)
ACCEPTS_KEYS = ("kind", "mode", "place", "activity", "seen", "minutes", "name", "attempted")
TRIGGER_KEYS = ("age", "each_year", *ACCEPTS_KEYS)
SHARE_KEYS = ("of", "percent", "window", "whose", "accepts", "remind_after")
INTERVAL_KEYS = ("span", "by_acuity", "from_plan")
SOURCE_KEYS = ("text", "effective", "verified", "judgement")
ACTIONS = ("note", "visit", "elsewhere", "assess", "appointment")
WHOSE = ("client", "agency")
JUDGEMENT_WORD = "judgement"


def read_requirement(notes: Notes, value: Any, path: Path) -> Requirement:
    """One requirement. What clock it has follows from which of ``due``, ``every``, ``each`` and ``share`` it says."""
    fields = notes.fields(value, path, REQUIREMENT_KEYS, ("key", "title", "source"))
    share = _share(notes, fields.values["share"], fields.at("share")) if fields.has("share") else None
    interval = _interval(notes, fields.values["every"], fields.at("every")) if fields.has("every") else None
    return Requirement(
        key=fields.key("key"),
        title=fields.text("title", longest=120),
        weight=fields.word("weight", Weight, Weight.OTHER),
        clock=_clock(fields),
        trigger=_trigger(notes, fields.values.get("trigger", EventKind.ENROLLED), fields.at("trigger")),
        accepts=fields.every("accepts", read_accepts),
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
        at_least=fields.number("at_least", 1, 1, 100),
        offset=notes.span(fields.values["due"], fields.at("due")) if fields.has("due") else None,
        interval=interval,
        period=fields.word("each", Period, Period.MONTH) if fields.has("each") else None,
        partial_periods=fields.flag("partial_periods"),
        due_day=fields.number("due_day", 1, 1, 366) if fields.has("due_day") else None,
        earliest=fields.span("earliest"),
        grace=fields.span("grace"),
        remind=fields.span("remind") or REMIND,
        escalate=fields.span("escalate") or ESCALATE,
        exceptions=frozenset(fields.words("exceptions", Reason)),
        share=share,
        each_member=fields.flag("each_member"),
        only_pauses=fields.flag("pauses", True),
        minutes=fields.number("minutes", 30, 1, 1440),
        action=_chosen(fields, "action", ACTIONS),
    )


def _clock(fields: Fields) -> Clock:
    said = [name for name in ("every", "each", "share") if fields.has(name)]
    if len(said) > 1:
        what = _("A rule has one clock, and this one has two: %(names)s. Keep one of them.")
        fields.notes.wrong(fields.at(said[1]), what % {"names": ", ".join(said)})
    if not said and not fields.has("due"):
        fields.notes.wrong(fields.path, _("Say when it is due: “due”, “every”, “each” or “share” is missing."))
    if "every" in said:
        return Clock.LAST
    return Clock.PERIOD if said else Clock.TRIGGER


def read_source(notes: Notes, value: Any, path: Path) -> Source:
    """A source: its words, or its fields, or ``judgement`` for what the product thinks right."""
    if value is None:
        return JUDGEMENT
    if value == JUDGEMENT_WORD:
        return JUDGEMENT
    if isinstance(value, str):
        value = {"text": value}
    fields = notes.fields(value, path, SOURCE_KEYS, ("text",))
    source = Source(
        text=fields.text("text", longest=300),
        effective=fields.day("effective"),
        verified=fields.flag("verified"),
        judgement=fields.flag("judgement"),
    )
    if source.verified and source.judgement:
        fields.wrong("judgement", _("A judgement is not read in any source: it is not “verified”."))
    return source


def read_accepts(notes: Notes, value: Any, path: Path) -> Accepts:
    """What counts: the word of a kind, or a kind with what narrows it."""
    if isinstance(value, str):
        value = {"kind": value}
    return _accepts(notes.fields(value, path, ACCEPTS_KEYS, ("kind",)))


def _accepts(fields: Fields) -> Accepts:
    return Accepts(
        kind=fields.word("kind", EventKind, EventKind.CONTACT),
        modes=frozenset(fields.words("mode", Mode)),
        places=frozenset(fields.words("place", Place)),
        activities=frozenset(fields.words("activity", Activity)),
        seen=frozenset(fields.words("seen", Seen)),
        minutes=fields.number("minutes", 0, 0, 1440),
        name=fields.key("name", NAME),
        attempted=fields.flag("attempted"),
    )


def _trigger(notes: Notes, value: Any, path: Path) -> Trigger:
    if isinstance(value, str):
        value = {"kind": value}
    fields = notes.fields(value, path, TRIGGER_KEYS)
    ways = [name for name in ("kind", "age", "each_year") if fields.has(name)]
    if len(ways) != 1 or (ways != ["kind"] and len(fields.values) > 1):
        notes.wrong(path, _("A clock starts with a kind of event, at an age, or each year on a day: say one of them."))
        return Trigger()
    if ways == ["age"]:
        return Trigger(kind=None, age=fields.span("age"))
    if fields.values.get("each_year") == BIRTHDAY:
        return Trigger(kind=None, birthday=True)
    if ways == ["each_year"]:
        month, day = _month_and_day(fields)
        return Trigger(kind=None, month=month, day=day)
    match = _accepts(fields)
    return Trigger(kind=match.kind, match=match if match != Accepts(match.kind) else None)


BIRTHDAY = "birthday"
LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The last day that each month has every year."""


def _month_and_day(fields: Fields) -> tuple[int, int]:
    month, dash, day = str(fields.values["each_year"]).partition("-")
    if (
        dash
        and month.isdecimal()
        and day.isdecimal()
        and 1 <= int(month) <= 12
        and 1 <= int(day) <= LAST_DAYS[int(month) - 1]
    ):
        return int(month), int(day)
    fields.wrong("each_year", _("A day that every year has, as 09-01 for the first of September, or: birthday."))
    return 1, 1


def _interval(notes: Notes, value: Any, path: Path) -> Interval:
    if not isinstance(value, dict):
        return Interval(span=_positive(notes, notes.span(value, path), path))
    fields = notes.fields(value, path, INTERVAL_KEYS)
    span = fields.span("span")
    levels = fields.values.get("by_acuity")
    interval = Interval(
        span=_positive(notes, span, fields.at("span")) if span else None,
        by_acuity=_levels(notes, levels, fields.at("by_acuity")) if levels is not None else {},
        from_plan=fields.flag("from_plan"),
    )
    if interval.span is None and len(interval.by_acuity) < len(Acuity):
        notes.wrong(path, _("Say how often while no level and no plan says it: “span” is missing."))
    return interval


def _levels(notes: Notes, value: Any, path: Path) -> dict[Acuity, Span]:
    levels = notes.fields(value, path, [str(level) for level in Acuity])
    found = {level: levels.span(level) for level in Acuity if levels.has(level)}
    return {level: _positive(notes, span, (*path, level)) for level, span in found.items() if span}


def _positive(notes: Notes, span: Span, path: Path) -> Span:
    if span.before:
        notes.wrong(path, _("“before” cannot stand here."))
    if span.count == 0:
        notes.wrong(path, _("How often cannot be zero."))
        return NO_SPAN
    return span


def _share(notes: Notes, value: Any, path: Path) -> Share:
    fields = notes.fields(value, path, SHARE_KEYS, ("of", "percent", "window", "whose"))
    accepts = fields.values.get("accepts")
    return Share(
        of=fields.key("of"),
        percent=fields.number("percent", 50, 1, 100),
        accepts=read_accepts(notes, accepts, fields.at("accepts")) if accepts is not None else None,
        window_months=_months(fields),
        whose=_chosen(fields, "whose", WHOSE),
        remind_after=fields.span("remind_after"),
    )


def _months(fields: Fields) -> int:
    span = fields.span("window")
    if span is None or span is NO_SPAN:
        return 12
    if span.unit not in (Unit.MONTHS, Unit.YEARS) or not span.count:
        fields.wrong("window", _("The window of a share is a number of months or years."))
        return 12
    return span.count * (12 if span.unit is Unit.YEARS else 1)


def _chosen(fields: Fields, name: str, words: tuple[str, ...]) -> str:
    value = fields.values.get(name, words[0])
    if value in words:
        return str(value)
    fields.wrong(name, _("“%(name)s” is one of: %(words)s.") % {"name": name, "words": ", ".join(words)})
    return words[0]
