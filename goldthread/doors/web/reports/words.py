"""Spans and clocks in the reader's language."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.rules.jurisdictions import Ruling, Span, table

A_DAY = timedelta(hours=24)
"""*At once* has no last minute in the laws; after a day the page calls it late (product judgement)."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: what must be done, by when, and when it was. ``tone``: pine done, red late, amber running."""

    name: str
    due: datetime
    done: datetime | None
    late: bool
    at_once: bool = False

    @property
    def tone(self) -> str:
        if self.done:
            return "amber" if self.late else "pine"
        return "red" if self.late or self.at_once else "amber"


def clocks_words(report: MandatedReport, at: datetime) -> list[Clock]:
    """The clocks of *report* at the instant *at*. A call that must be made *at once* is called late after a day."""
    at_once = report.oral_due_at == report.suspected_at
    oral_end = report.oral_due_at + (A_DAY if at_once else timedelta())
    called, sent, told = report.oral_at, report.sent_at, report.told_at
    return [
        Clock(_("Call"), report.oral_due_at, called, (called or at) > oral_end, at_once),
        Clock(_("Written report"), report.written_due_at, sent, (sent or at) > report.written_due_at),
        Clock(_("Agency told"), report.internal_due_at, told, (told or at) > report.internal_due_at),
    ]


def span_words(span: Span) -> str:
    """*span* as *within 36 hours*."""
    if span.at_once:
        return _("at once")
    if span.working_days:
        return ngettext("within %d working day", "within %d working days", span.working_days) % span.working_days
    return ngettext("within %d hour", "within %d hours", span.hours) % span.hours


def ruling_words(ruling: Ruling) -> dict[str, Any]:
    """What the page shows of a ruling."""
    return {
        "ruling": ruling,
        "oral": span_words(ruling.oral),
        "written": span_words(ruling.written),
        "state_name": table().states.get(ruling.state, ""),
    }
