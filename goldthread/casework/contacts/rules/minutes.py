"""Minutes of each activity, lateness, lengths. Pure."""

from datetime import date

from goldthread.foundation.programs.enums import Activity

LATE_AFTER = 1
"""A note is late when written more than so many local days after the contact, unless the program's template says otherwise."""


def split(minutes: int, said: dict[Activity, int | None]) -> dict[Activity, int]:
    """The minutes of each activity: one takes all; several share evenly what nobody wrote down, the first ones a minute more
    where it does not come out even."""
    left = minutes - sum(value for value in said.values() if value is not None)
    open_ones = [activity for activity, value in said.items() if value is None]
    shares = {}
    for number, activity in enumerate(open_ones):
        shares[activity] = max(0, left) // len(open_ones) + (1 if number < max(0, left) % len(open_ones) else 0)
    return {activity: shares[activity] if value is None else value for activity, value in said.items()}


def is_late(happened_on: date, written_on: date, after: int = LATE_AFTER) -> bool:
    """Was the note written more than *after* local days after the contact?"""
    return (written_on - happened_on).days > after
