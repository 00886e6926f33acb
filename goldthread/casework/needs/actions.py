"""Needs are raised, changed, ranked by the person, closed. A suggestion is accepted, changed or declined by a person."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.needs.enums import NeedState, Strength
from goldthread.casework.needs.models import Need
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.lib.text import tidy
from goldthread.foundation.programs.enums import Domain
from goldthread.people.persons.models import Person

LONGEST = 300
SAID = ("domain", "words", "strength", "own_words")


@transaction.atomic
def raise_need(
    *,
    person: Person,
    domain: str,
    words: str,
    by: Actor,
    episode: Episode | None = None,
    strength: int = Strength.NEEDED,
    own_words: bool = False,
    source_kind: str = "",
    source_id: UUID | None = None,
    source_item: str = "",
    because: str = "",
    labels: int = 0,
    form_id: UUID | None = None,
) -> Need:
    """*person* needs *words* in *domain*. *own_words*: they said so themselves. The source, when an assessment or a note
    brought it up, is named by kind, id, item, and *because* in words. The same *form_id*, or the same answer of the same
    assessment, makes one need. DomainError: what is missing, at its field.
    """
    _lock(person)
    made = made_before(Need, form_id, person_id=person.pk) or _made(source_kind, source_id, source_item, domain)
    if made:
        return made
    need = _need(person, episode, domain, words, strength, by, labels, form_id)
    need.own_words = own_words
    need.source_kind, need.source_id, need.source_item = source_kind, source_id, source_item[:255]
    need.because = tidy(because)[:LONGEST]
    need.save(force_insert=True)
    _tell(need, EntryKind.NEED, by)
    record(by=by, action="needs.raised", kind="need", object_id=need.pk, client=person.pk)
    return need


@transaction.atomic
def decline_suggestion(
    *,
    person: Person,
    domain: str,
    words: str,
    strength: int,
    source_id: UUID,
    source_item: str,
    because: str,
    reason: str,
    by: Actor,
    episode: Episode | None = None,
    labels: int = 0,
) -> Need:
    """What the assessment *source_id* suggests is not taken up, for *reason*: kept, and not suggested from that answer again."""
    _lock(person)
    made = _made("assessment", source_id, source_item, domain)
    if made:
        return made
    need = _need(person, episode, domain, words, strength, by, labels, None)
    need.source_kind, need.source_id, need.source_item = "assessment", source_id, source_item[:255]
    need.because, need.state, need.closed_on = tidy(because)[:LONGEST], NeedState.DECLINED, by.today
    need.reason = _reason(reason)
    need.save(force_insert=True)
    record(by=by, action="needs.suggestion_declined", kind="need", object_id=need.pk, client=person.pk)
    return need


@transaction.atomic
def change_need(
    *, need: Need, domain: str, words: str, strength: int, own_words: bool, version_seen: int, by: Actor
) -> Need:
    """Say it better. EditConflict when somebody changed the same field since *version_seen*; DomainError at its field."""
    found = Need.objects.select_for_update().get(pk=need.pk)
    given = {"domain": _domain(domain), "words": _words(words), "strength": _strength(strength), "own_words": own_words}
    if version_seen != found.version:
        clashes = [
            FieldConflict(name, given[name], getattr(found, name), "", None)
            for name in SAID
            if given[name] != getattr(found, name)
        ]
        if clashes:
            raise EditConflict(_("Somebody else changed this need."), clashes)
        return found
    for name in SAID:
        setattr(found, name, given[name])
    _keep(found)
    _tell(found, EntryKind.NEED, by)
    record(by=by, action="needs.changed", kind="need", object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def close_need(*, need: Need, state: str, reason: str, by: Actor) -> Need:
    """It is met, is not for now, or is not wanted. DomainError: without a reason (but for what is met), or closed already."""
    if state not in (NeedState.MET, NeedState.LATER, NeedState.DECLINED):
        raise DomainError(_("Choose one from the list."), "state")
    found = Need.objects.select_for_update().get(pk=need.pk)
    if found.state == state:
        return found
    if found.state != NeedState.OPEN:
        raise DomainError(_("This need is not open any more. Open it again first."))
    found.reason = tidy(reason)[:LONGEST] if state == NeedState.MET else _reason(reason)
    found.state, found.closed_on, found.rank = state, by.today, None
    _keep(found)
    _tell(found, EntryKind.NEED, by)
    record(by=by, action="needs.closed", kind="need", object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def reopen_need(*, need: Need, by: Actor) -> Need:
    """It is open again: the undo of closing, and of declining."""
    found = Need.objects.select_for_update().get(pk=need.pk)
    if found.state == NeedState.OPEN:
        return found
    found.state, found.closed_on, found.reason = NeedState.OPEN, None, ""
    _keep(found)
    _tell(found, EntryKind.NEED, by)
    record(by=by, action="needs.reopened", kind="need", object_id=found.pk, client=found.person_id)
    return found


@transaction.atomic
def rank_needs(*, person: Person, order: Sequence[UUID], by: Actor) -> list[Need]:
    """What matters most to *person* comes first in *order*; open needs that are not in it have no place of their own.

    DomainError: something in *order* is no open need of theirs (any more).
    """
    rows = list(Need.objects.select_for_update().filter(person=person, state=NeedState.OPEN).order_by("pk"))
    by_id = {row.pk: row for row in rows}
    if len(set(order)) != len(order) or any(pk not in by_id for pk in order):
        raise DomainError(_("The list has changed in the meantime. Look at it again."))
    places = {pk: place for place, pk in enumerate(order, start=1)}
    changed = [row for row in rows if row.rank != places.get(row.pk)]
    for row in changed:
        row.rank = places.get(row.pk)
        row.version += 1
    Need.objects.bulk_update(changed, ["rank", "version"])
    if changed:
        record(by=by, action="needs.ranked", kind="need", client=person.pk)
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))


def _lock(person: Person) -> None:
    """One after the other for each person: of two presses at once the second finds what the first wrote."""
    Person.objects.select_for_update(no_key=True).filter(pk=person.pk).values_list("pk").first()


def _made(kind: str, source_id: UUID | None, item: str, domain: str) -> Need | None:
    if kind != "assessment":
        return None
    return Need.objects.filter(source_kind=kind, source_id=source_id, source_item=item[:255], domain=domain).first()


def _need(
    person: Person,
    episode: Episode | None,
    domain: str,
    words: str,
    strength: int,
    by: Actor,
    labels: int,
    form_id: UUID | None,
) -> Need:
    if by.staff is None:
        raise ValueError("Needs are raised by people.")
    return Need(
        id=form_id or new_id(),
        person=person,
        episode=episode,
        domain=_domain(domain),
        words=_words(words),
        strength=_strength(strength),
        raised_on=by.today,
        raised_by_id=by.staff,
        raised_at=by.at,
        labels=labels_for(episode, labels) if episode else labels,
    )


def _domain(word: str) -> str:
    if word not in set(Domain):
        raise DomainError(_("Choose the part of life it is about."), "domain")
    return word


def _words(text: str) -> str:
    clean = tidy(text)
    if not clean:
        raise DomainError(_("Say what is needed."), "words")
    if len(clean) > LONGEST:
        raise DomainError(_("Say it in at most %(n)s letters.") % {"n": LONGEST}, "words")
    return clean


def _strength(number: int) -> int:
    if number not in Strength.values:
        raise DomainError(_("Choose one from the list."), "strength")
    return number


def _reason(text: str) -> str:
    clean = tidy(text)[:LONGEST]
    if not clean:
        raise DomainError(_("Say why."), "reason")
    return clean


def _keep(need: Need) -> None:
    need.version += 1
    need.save()


def _tell(need: Need, kind: str, by: Actor) -> None:
    """The line of the timeline: one for each need, brought up to date."""
    write_entry(
        kind=kind,
        person=need.person,
        episode=need.episode,
        happened_at=need.raised_at,
        labels=need.labels,
        source_kind="need",
        source_id=need.pk,
        title=need.words,
        text=need.because,
        domains=[need.domain],
        facts={"state": need.state, "strength": need.strength, "own_words": need.own_words, "reason": need.reason},
        by=by,
    )
