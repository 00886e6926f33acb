"""What goes on after an inquiry was answered: places on waitlists, hand-offs; and how the page asks of the order."""

from datetime import date
from typing import Any

from goldthread.casework.intake.models import HandOff, Place
from goldthread.casework.intake.queries.fitting import Fit
from goldthread.casework.intake.queries.waiting import places_of, positions
from goldthread.casework.intake.rules.waiting import Standing, standings
from goldthread.doors.web.intake.desk import Desk

FIRST = "first:"
"""Begins the name of a yes or no to a group of the waitlist."""


def answers_sent(sent: Any) -> dict[str, bool]:
    """What was said of the groups, as the form sends it; what is not known is left out."""
    found = {name[len(FIRST) :]: sent[name] for name in sent if name.startswith(FIRST)}
    return {key: value == "yes" for key, value in found.items() if value in ("yes", "no")}


def groups_of(fit: Fit, sent: Any, today: date) -> list[Standing]:
    """The groups of the waitlist of a program for whom this inquiry is about, with what the page says already."""
    return standings(fit.template.comes_first, answers_sent(sent), fit.known, today)


def waits_of(desk: Desk) -> list[tuple[Place, int]]:
    """The places that hang on the inquiry, each with its position (0: no longer on the list)."""
    found = places_of(desk.inquiry) if desk.kept else []
    where = {place.pk: positions([place])[place.pk] for place in found if not place.ended_on}
    return [(place, where.get(place.pk, 0)) for place in found]


def hand_offs_of(desk: Desk) -> list[HandOff]:
    """Where they were referred to, the newest first."""
    return list(desk.inquiry.hand_offs.order_by("-made_at", "-pk")) if desk.kept else []
