"""Explanations and rules in the reader's language. Stored are codes and values, so that each reader gets their own words."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.tasks.rules import nouns
from goldthread.casework.tasks.rules.obligation import Why
from goldthread.foundation.lib.written import written_day
from goldthread.foundation.programs.rules.words import say

__all__ = ["explain", "say"]


def explain(why: Iterable[Why], today: date | None = None) -> str:
    """Why something is due, or done: *due Thu 3 Dec: 30 days after the home visit of 3 Nov*.

    Years are told where they are not that of *today* (without it: that of the due date).
    """
    parts = list(why)
    year = today.year if today else _year(parts)
    return "; ".join(PARTS[part["code"]](part, Days(year)) for part in parts)


def because(why: Iterable[Why], today: date) -> str:
    """The same without the due date, for a line that shows it already: *30 days after the home visit of 3 Nov*."""
    days = Days(today.year)
    return "; ".join(SHORT.get(part["code"], PARTS[part["code"]])(part, days) for part in why)


class Days:
    """Writes days, with the year where it is not the one that goes without saying."""

    def __init__(self, year: int) -> None:
        self.year = year

    def full(self, day: str) -> str:
        """*Thu 3 Dec*."""
        found = date.fromisoformat(day)
        return written_day(found, "D j M" if found.year == self.year else "D j M Y")

    def short(self, day: str) -> str:
        """*3 Dec*."""
        found = date.fromisoformat(day)
        return written_day(found, "j M" if found.year == self.year else "j M Y")


def _year(parts: list[Why]) -> int:
    days = [part["on"] for part in parts if "on" in part]
    return date.fromisoformat(days[0]).year if days else 0


def _due(part: Why, days: Days) -> str:
    due = days.full(part["on"])
    if "at" in part:
        due = _("%(day)s, %(time)s") % {
            "day": due,
            "time": date_format(datetime.fromisoformat(part["at"]), "TIME_FORMAT"),
        }
    return _("due %(day)s: %(because)s") % {"day": due, "because": _because(part, days)}


def _because(part: Why, days: Days) -> str:
    what = nouns.event_phrase(part["from"], days.short(part["from"]["on"]))
    count, unit = part.get("span", (0, "days"))
    if count == 0:
        return _("with %(what)s") % {"what": what}
    values = {"span": nouns.span_words(count, unit), "what": what}
    return (_("%(span)s before %(what)s") if part.get("before") else _("%(span)s after %(what)s")) % values


def _each(part: Why, days: Days) -> str:
    values = {"day": days.full(part["on"]), "because": nouns.PERIODS[part["period"]]}
    return _("due %(day)s: %(because)s") % values


def _remind(part: Why, days: Days) -> str:
    return _("reminder from %(day)s: %(because)s") % {"day": days.full(part["on"]), "because": _because(part, days)}


def _moved(part: Why, days: Days) -> str:
    return ngettext("%(days)d paused day not counted", "%(days)d paused days not counted", part["days"]) % part


def _count(part: Why, days: Days) -> str:
    return _("%(done)d of %(of)d done") % part


def _partial(part: Why, days: Days) -> str:
    return _("not a whole period: it can be met, never missed")


def _excused(part: Why, days: Days) -> str:
    values = {"on": days.short(part["on"]), "reason": nouns.REASONS.get(part["reason"], part["reason"])}
    if "until" in part:
        values["until"] = days.short(part["until"])
        return _("excused from %(on)s to %(until)s: %(reason)s") % values
    return _("excused on %(on)s: %(reason)s") % values


def _met(part: Why, days: Days) -> str:
    met = _("met by %(what)s") % {"what": nouns.event_phrase(part["by"], days.short(part["by"]["on"]))}
    late = part.get("late")
    if not late:
        return met
    return ngettext("%(met)s, %(late)d day late", "%(met)s, %(late)d days late", late) % {"met": met, "late": late}


def _missed(part: Why, days: Days) -> str:
    return _("missed: the period ended without it")


def _missed_at_discharge(part: Why, days: Days) -> str:
    return _("missed: the episode ended without it")


def _paused(part: Why, days: Days) -> str:
    return _("paused since %(on)s") % {"on": days.short(part["on"])}


def _level(part: Why, days: Days) -> str:
    return str(nouns.LEVELS[part["level"]])


def _plan(part: Why, days: Days) -> str:
    return _("as the plan says")


def _waits(part: Why, days: Days) -> str:
    return str(nouns.WAITS.get(part["for"], _("has not started")))


def _since(part: Why, days: Days) -> str:
    return _("asked for since %(on)s") % {"on": days.short(part["on"])}


def _no_interval(part: Why, days: Days) -> str:
    return _("no date yet: nobody has said how often")


def _share(part: Why, days: Days) -> str:
    if not part["of"]:
        return _("nothing to count yet")
    values = part | {"rate": round(100 * part["counted"] / part["of"])}
    return _("%(counted)d of %(of)d (%(rate)d %%) in %(months)d months; wanted: %(percent)d %%") % values


PARTS: dict[str, Callable[[Why, Days], str]] = {
    "due": _due,
    "each": _each,
    "remind": _remind,
    "moved": _moved,
    "count": _count,
    "partial": _partial,
    "excused": _excused,
    "met": _met,
    "missed": _missed,
    "missed_at_discharge": _missed_at_discharge,
    "paused": _paused,
    "level": _level,
    "plan": _plan,
    "waits": _waits,
    "no_interval": _no_interval,
    "since": _since,
    "share": _share,
}

SHORT: dict[str, Callable[[Why, Days], str]] = {
    "due": _because,
    "each": lambda part, _days: str(nouns.PERIODS[part["period"]]),
    "remind": _because,
}
"""Where a due date would be said twice."""
