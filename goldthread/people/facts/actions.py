"""Writing facts: stated, corrected, ended, taken back. No statement is ever edited or lost."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy
from goldthread.people.facts.enums import SaidBy
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import ONE_AT_A_TIME, code_of, next_of_its_kind, overlaps, read_value
from goldthread.people.persons.models import Person

AHEAD = timedelta(days=366)
"""What is already certain (a coverage from next month on) can be written down so long before."""


@transaction.atomic
def state_fact(
    *,
    person: Person,
    kind: str,
    value: Mapping[str, Any],
    said_by: str,
    said_on: date,
    by: Actor,
    starts_on: date | None = None,
    ends_on: date | None = None,
    said_words: str = "",
    source_kind: str = "",
    source_id: UUID | None = None,
    labels: int = 0,
    episode_id: UUID | None = None,
    form_id: UUID | None = None,
) -> Fact:
    """Write down that *value* holds of *person*, from *starts_on* (None: for as long as is known) to *ends_on* (None: still).

    *said_by*: a word of SaidBy; *said_words*: who exactly. The same *form_id* makes one fact. Of the kinds that hold one at a
    time, a newer one ends the one before on its first day, among those that the same people read. DomainError: what cannot be, at its field.
    """
    _lock(person)  # first: of two presses at once the second finds what the first wrote
    if made := made_before(Fact, form_id, person_id=person.pk):
        return made
    clean = read_value(kind, value)
    fact = Fact(
        id=form_id or new_id(),
        person=person,
        kind=kind,
        value=clean,
        code=code_of(kind, clean),
        starts_on=starts_on,
        ends_on=ends_on,
        said_by=_said_by(said_by),
        said_words=tidy(said_words)[:160],
        said_on=said_on,
        source_kind=source_kind,
        source_id=source_id,
        labels=labels,
        episode_id=episode_id,
        recorded_by=by.staff,
        recorded_at=by.at,
    )
    _check_days(fact, by)
    _make_room(fact)
    fact.save(force_insert=True)
    record(by=by, action="facts.stated", kind="fact", object_id=fact.pk, client=person.pk, details={"kind": kind})
    return fact


@transaction.atomic
def correct_fact(
    *,
    fact: Fact,
    value: Mapping[str, Any],
    said_by: str,
    said_on: date,
    reason: str,
    by: Actor,
    starts_on: date | None = None,
    ends_on: date | None = None,
    said_words: str = "",
    form_id: UUID | None = None,
) -> Fact:
    """*fact*, as its reader saw it, was not right: a new statement takes its place, with the reason; the old one is kept in the
    history.

    DomainError: no reason, what cannot be, or that somebody corrected or ended it in the meantime.
    """
    _lock(fact.person_id)
    if made := made_before(Fact, form_id, person_id=fact.person_id):
        return made
    old = _still_current(fact)
    if old.ends_on != fact.ends_on:
        raise DomainError(_("Somebody has ended this in the meantime. Look at it again."))
    clean = read_value(old.kind, value)
    new = Fact(
        id=form_id or new_id(),
        person_id=old.person_id,
        kind=old.kind,
        value=clean,
        code=code_of(old.kind, clean),
        starts_on=starts_on,
        ends_on=ends_on,
        said_by=_said_by(said_by),
        said_words=tidy(said_words)[:160],
        said_on=said_on,
        labels=old.labels,
        episode_id=old.episode_id,
        replaces=old,
        reason=_reason(reason),
        recorded_by=by.staff,
        recorded_at=by.at,
    )
    _check_days(new, by)
    old.current = False
    old.save(update_fields=["current"])
    _make_room(new)
    new.save(force_insert=True)
    record(by=by, action="facts.corrected", kind="fact", object_id=new.pk, client=old.person_id)
    return new


@transaction.atomic
def end_fact(*, fact: Fact, ends_on: date, by: Actor, reason: str = "", ended_by: UUID | None = None) -> Fact:
    """It held until *ends_on*; *ended_by*: the assessment that says so. DomainError: a day ahead, or before its first day."""
    found = _still_current(fact)
    if found.ends_on is not None:
        raise DomainError(_("It has ended already. Correct it when the day is wrong."), "ends_on")
    if ends_on > by.today:
        raise DomainError(_("This day has not come yet."), "ends_on")
    if found.starts_on and ends_on < found.starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "ends_on")
    found.ends_on, found.reason, found.ended_by = ends_on, tidy(reason)[:300], ended_by
    found.save(update_fields=["ends_on", "reason", "ended_by"])
    record(by=by, action="facts.ended", kind="fact", object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def mark_mistaken(*, fact: Fact, reason: str, by: Actor) -> Fact:
    """It was never true: it is shown in the history alone. DomainError without a reason."""
    found = _still_current(fact)
    found.reason, found.mistaken, found.current = _reason(reason), True, False
    found.save(update_fields=["reason", "mistaken", "current"])
    record(by=by, action="facts.taken_back", kind="fact", object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def reopen_fact(*, fact: Fact, by: Actor) -> Fact:
    """It holds still: what had ended it was taken back. Nothing happens where it holds, or where something else holds since."""
    found = _still_current(fact)
    taken = found.kind in ONE_AT_A_TIME and any(overlaps(found.starts_on, None, other) for other in _beside(found))
    if found.ends_on is None or taken:
        return found
    found.ends_on, found.reason, found.ended_by = None, "", None
    found.save(update_fields=["ends_on", "reason", "ended_by"])
    record(by=by, action="facts.reopened", kind="fact", object_id=found.pk, client=found.person_id)
    return found


def _lock(person: Person | UUID) -> None:
    """One after the other for each person: what holds one at a time is compared with what is there."""
    pk = person if isinstance(person, UUID) else person.pk
    Person.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk").first()


def _still_current(fact: Fact) -> Fact:
    _lock(fact.person_id)
    found = Fact.objects.select_for_update().get(pk=fact.pk)
    if not found.current:
        raise DomainError(_("Somebody has corrected this in the meantime. Look at it again."))
    return found


def _reason(text: str) -> str:
    clean = tidy(text)[:300]
    if not clean:
        raise DomainError(_("Say why."), "reason")
    return clean


def _said_by(word: str) -> str:
    if word not in SaidBy.values:
        raise DomainError(_("Say who told you."), "said_by")
    return word


def _check_days(fact: Fact, by: Actor) -> None:
    if fact.said_on > by.today:
        raise DomainError(_("This day has not come yet."), "said_on")
    if fact.starts_on and fact.starts_on > by.today + AHEAD:
        raise DomainError(_("This is more than a year ahead."), "starts_on")
    if fact.ends_on and fact.starts_on and fact.ends_on < fact.starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "ends_on")


def _make_room(fact: Fact) -> None:
    """Of the kinds that hold one at a time: end the one before on the first day of *fact*. DomainError where two would hold."""
    if fact.kind not in ONE_AT_A_TIME:
        return
    others = _beside(fact)
    for other in others:
        if other.ends_on is None and _comes_after(fact, other):
            other.ends_on = fact.starts_on
            other.save(update_fields=["ends_on"])
    if any(overlaps(fact.starts_on, fact.ends_on, other) for other in others):
        follows = next_of_its_kind(fact.starts_on, others)
        field = "ends_on" if follows and not fact.ends_on else "starts_on"
        raise DomainError(_("Something else is written down for these days. Only one can hold at a time."), field)


def _beside(fact: Fact) -> list[Fact]:
    """The others of its kind that the same people read. What stands under a label is neither ended nor told of by what is written
    for everybody, nor the other way round (ADR 0042)."""
    rows = Fact.objects.filter(person_id=fact.person_id, kind=fact.kind, current=True, labels=fact.labels)
    return list((rows.filter(episode_id=fact.episode_id) if fact.labels else rows).exclude(pk=fact.pk))


def _comes_after(fact: Fact, other: Fact) -> bool:
    return fact.starts_on is not None and (other.starts_on is None or fact.starts_on > other.starts_on)
