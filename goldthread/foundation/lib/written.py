"""Days and times as the reader's language writes them, worked out once for each.

Django's ``date_format`` takes 15 µs, and a list shows the same few days in every line.
"""

from datetime import date, datetime, time
from functools import lru_cache

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language

KEPT = 4000
"""Days in one form and language: ten years of them."""


def written_day(day: date, form: str) -> str:
    """*day* in Django's *form* (``j M``, ``DATE_FORMAT``), in the language in force. Of an instant its day counts."""
    if isinstance(day, datetime):
        day = day.date()
    return _day(day, form, get_language())


def written_time(at: datetime) -> str:
    """The time of *at*, in its own zone, as the language in force writes times."""
    return _time(time(at.hour, at.minute), get_language())


@lru_cache(maxsize=KEPT)
def _day(day: date, form: str, _language: str | None) -> str:
    return date_format(day, form)


@lru_cache(maxsize=KEPT)
def _time(at: time, _language: str | None) -> str:
    return time_format(at, "TIME_FORMAT")
