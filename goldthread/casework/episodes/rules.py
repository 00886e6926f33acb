"""Labels of content, and the days on which somebody can be enrolled, paused and discharged. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.rules import age_on

ADULT = 18
"""From this age on a member of a household is not one of the children that each-child rules count."""
UNDO_DAYS = 7
"""For so many days a discharge, or who joined or left, by mistake can be undone (product judgement); later it is done anew."""


class Labelled(Protocol):
    """A program, or an episode of it."""

    labels: int


class Offered(Protocol):
    """The days on which a program is open."""

    opened_on: date
    closed_on: date | None


class Born(Protocol):
    """What is known of the life of somebody."""

    birth_date: date | None
    deceased: bool
    died_on: date | None


class Running(Protocol):
    """The days of an episode."""

    enrolled_on: date
    discharged_on: date | None


class Resting(Protocol):
    """The days of a pause."""

    ends_on: date | None


def labels_for(source: Labelled, *more: int) -> int:
    """The labels of whatever comes of *source* (a program or an episode), with those of its own added.

    The one function that sets labels on content: program → episode → contact, task, entry, evidence, draft, appointment.
    """
    labels = int(source.labels)
    for own in more:
        labels |= int(own)
    return labels


def check_enrolment(program: Offered, enrolled_on: date, referred_on: date | None, today: date) -> None:
    """DomainError when nobody can be enrolled in *program* on that day."""
    if enrolled_on > today:
        raise DomainError(
            _("The first day cannot be in the future. Enroll the client on the day it starts."), "enrolled_on"
        )
    if enrolled_on < program.opened_on:
        raise DomainError(_("The program was not open yet on that day."), "enrolled_on")
    if program.closed_on is not None and enrolled_on >= program.closed_on:
        raise DomainError(_("The program was closed on that day."), "enrolled_on")
    if referred_on is not None and referred_on > enrolled_on:
        raise DomainError(_("The referral cannot be after the first day in the program."), "referred_on")


def check_life(person: Born, day: date, field: str = "enrolled_on") -> None:
    """DomainError, for *field*, when *person* was not born yet, or had died, on *day*."""
    if person.birth_date is not None and day < person.birth_date:
        raise DomainError(_("The client was not born yet on that day."), field)
    if person.deceased and (person.died_on is None or person.died_on < day):
        raise DomainError(_("This client has died and cannot be enrolled on that day."), field)


def check_joining(episode: Running, joined_on: date, today: date) -> None:
    """DomainError when nobody can join *episode*, which is a household's, on that day."""
    if episode.discharged_on is not None:
        raise DomainError(_("This episode has ended: nobody can join it any more."))
    if joined_on > today:
        raise DomainError(_("The first day cannot be in the future. Add them on the day it starts."), "joined_on")
    if joined_on < episode.enrolled_on:
        raise DomainError(_("The family was not in the program yet on that day."), "joined_on")


def check_leaving(episode: Running, starts_on: date, left_on: date, today: date) -> None:
    """DomainError when a member who came on *starts_on* cannot have left *episode* on that day."""
    if episode.discharged_on is not None:
        raise DomainError(_("This episode has ended for everybody."))
    if left_on > today:
        raise DomainError(_("The last day cannot be in the future."), "left_on")
    if left_on < starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "left_on")


def is_child(person: Born, day: date) -> bool:
    """Is *person* counted by each-child rules on *day*? Yes when the age is not known: nothing is silent."""
    return person.birth_date is None or age_on(person.birth_date, day) < ADULT


def check_pause(episode: Running, starts_on: date, pauses: Iterable[Resting], today: date) -> None:
    """DomainError when *episode*, which has rested on *pauses*, cannot rest from that day on."""
    if episode.discharged_on is not None:
        raise DomainError(_("This episode has ended: there is nothing to pause."))
    if starts_on > today:
        raise DomainError(_("The first day of a pause cannot be in the future."), "starts_on")
    if starts_on < episode.enrolled_on:
        raise DomainError(_("The pause cannot begin before the first day in the program."), "starts_on")
    for one in pauses:
        if one.ends_on is None:
            raise DomainError(_("It is paused already."), "starts_on")
        if starts_on <= one.ends_on:
            raise DomainError(_("It was already paused on that day. Choose a later one."), "starts_on")


def check_discharge(enrolled_on: date, discharged_on: date, today: date) -> None:
    """DomainError when the episode cannot have ended on that day."""
    if discharged_on > today:
        raise DomainError(_("The last day cannot be in the future."), "discharged_on")
    if discharged_on < enrolled_on:
        raise DomainError(_("The last day cannot be before the first day."), "discharged_on")


def may_undo(done_at: datetime, at: datetime) -> bool:
    """Is what was done fresh enough, at the instant *at*, to have been a slip of the hand?"""
    return at <= done_at + timedelta(days=UNDO_DAYS)
