"""Reading how a waitlist is ranked, how often whoever waits is called, and by when an offer is answered."""

from typing import Any

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import Priority, Unit
from goldthread.foundation.programs.rules.fields import NAME, Fields, Notes, unknown
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.reading_eligibility import LONGEST_TITLE, read_criteria
from goldthread.foundation.programs.rules.reading_requirements import read_source
from goldthread.foundation.programs.rules.values import Span
from goldthread.foundation.programs.rules.waitlist import ANSWER, CONTACT, WAITLIST, First, Waitlist

WAITLIST_KEYS = ("first", "contact", "answer", "places", "source")
FIRST_KEYS = ("priority", "key", "title", "title_es", "when")
MOST_GROUPS = 20
MOST_PLACES = 100_000
WORDS = tuple(one for one in Priority if one is not Priority.WAITING_LONGEST)


def read_waitlist(notes: Notes, value: Any) -> Waitlist:
    """The ranking in *value*; the usual one where there is none. Mistakes are noted."""
    if value is None:
        return WAITLIST
    path: Path = ("waitlist",)
    fields = notes.fields(value, path, WAITLIST_KEYS, ("source",))
    items = notes.items(fields.values.get("first"), fields.at("first"))
    if len(items) > MOST_GROUPS:
        fields.wrong("first", _("A waitlist has at most %(most)s groups.") % {"most": MOST_GROUPS})
    found: list[First] = []
    for item, at in items[:MOST_GROUPS]:
        one = _first(notes, item, at)
        if any(one.key == other.key for other in found):
            notes.wrong(at, _("“%(key)s” is the key of another one above.") % {"key": one.key})
        found.append(one)
    return Waitlist(
        first=tuple(found),
        contact=_span(fields, "contact", CONTACT, (Unit.DAYS, Unit.WEEKS, Unit.MONTHS)),
        answer=_span(fields, "answer", ANSWER, (Unit.DAYS, Unit.BUSINESS_DAYS, Unit.WEEKS)),
        places=fields.number("places", 0, 1, MOST_PLACES) if fields.has("places") else 0,
        source=read_source(notes, fields.values.get("source"), fields.at("source")),
    )


def _span(fields: Fields, name: str, default: Span, units: tuple[Unit, ...]) -> Span:
    span = fields.span(name) or default
    if span.unit not in units or not 0 < span.count <= 366:
        what = _("“%(name)s” is given in %(units)s, and is no longer than a year.")
        fields.wrong(name, what % {"name": name, "units": ", ".join(str(one).replace("_", " ") for one in units)})
        return default
    return span


def _first(notes: Notes, value: Any, path: Path) -> First:
    given = value if isinstance(value, dict) else {"priority": value}
    fields = notes.fields(given, path, FIRST_KEYS)
    when = read_criteria(notes, fields.values["when"], fields.at("when")) if fields.has("when") else None
    if not fields.has("priority"):
        if not fields.has("key") or not fields.has("title"):
            notes.wrong(path, _("Name a priority, or give a key and a title of your own."))
        own = fields.key("key", NAME)
        if own in set(Priority):
            fields.wrong("key", _("“%(key)s” is a priority: write “priority: %(key)s”.") % {"key": own})
        title = fields.text("title", longest=LONGEST_TITLE)
        return First(own, title, fields.text("title_es", longest=LONGEST_TITLE), when)
    word = str(fields.values["priority"])
    if word not in WORDS:
        fields.wrong("priority", unknown(word, list(WORDS), _("“%(word)s” cannot stand here.")))
    for name in ("key", "title", "title_es"):
        if fields.has(name):
            fields.wrong(name, _("A priority has its own words: “%(name)s” cannot stand here.") % {"name": name})
    return First(word, when=when)
