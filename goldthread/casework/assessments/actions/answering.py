"""An open assessment: begun, answered by one or several people, thrown away. Whoever writes locks its row first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.safety import raise_alarms, worker_of
from goldthread.casework.assessments.changes import (
    LATEST,
    Clash,
    Said,
    Sheet,
    Writer,
    add_turn,
    check_skips,
    key_is_of,
    lay_over,
    moved_since,
    number_after,
    remove_turn,
    renumbered,
    turns_of,
)
from goldthread.casework.assessments.enums import AssessmentState, VersionState
from goldthread.casework.assessments.following import follow_answers
from goldthread.casework.assessments.models import Assessment, Instrument, InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.answers import Answer
from goldthread.casework.assessments.rules.definition import Questionnaire
from goldthread.casework.assessments.rules.logic import Context, begin_turn
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person

LARGEST = 1_000_000
"""Bytes of all answers as JSON: more than anybody types, less than what would fill a disk."""
ANSWERED = ("answers", "skipped", "touched", "saves", "saved_at")


class SignedMeanwhile(DomainError):
    """A save that came after the signature."""

    def __init__(self) -> None:
        super().__init__(_("This is already signed. To change an answer, correct it."))


@dataclass(frozen=True, slots=True)
class Saved:
    """The assessment as it stands after a save; ``clashes``: what was not written, because somebody else had been there."""

    assessment: Assessment
    clashes: list[Clash]
    alarms: list[str]
    """What the answers just given ask for at once, in words: a task was opened for each."""


@transaction.atomic
def begin(
    *,
    instrument: Instrument,
    person: Person,
    episode: Episode | None,
    by: Actor,
    form_id: UUID | None = None,
    answers: Mapping[str, list[Answer]] | None = None,
) -> Assessment:
    """Begin to ask *person* what *instrument* asks today. The same *form_id* begins one.

    *answers*: what it starts with (initial values, what the record knows). DomainError: it is not asked any more.
    """
    pk = form_id or new_id()
    begun = Assessment.objects.filter(pk=pk).first()
    if begun:
        if begun.person_id != person.pk:
            raise DomainError(_("This form is of somebody else. Open the page again."))
        return begun
    version = InstrumentVersion.objects.filter(instrument=instrument, state=VersionState.IN_USE).first()
    if version is None:
        raise DomainError(_("This is not asked any more. Choose another one from the list."))
    try:
        with transaction.atomic():
            made = _new(pk, version, person, episode, by, dict(answers or {}))
    except IntegrityError:
        return Assessment.objects.get(pk=pk, person=person)
    record(
        by=by,
        action="assessments.begun",
        kind="assessment",
        object_id=made.pk,
        client=person.pk,
        details=_what(version),
    )
    return made


@transaction.atomic
def save_answers(
    *,
    assessment: Assessment,
    changes: Mapping[str, Said],
    by: Actor,
    seen: int = LATEST,
    writer: str = "",
    stroke: int = 0,
    whole: bool = False,
    placed: frozenset[str] = frozenset(),
) -> Saved:
    """Keep what one page says of the items *changes* names. What somebody else answered since is not overwritten.

    *seen*: the save up to which this page knows what stands. *writer*, *stroke*: which open page saves, and its how many-th
    save; it is never in conflict with itself, and its late, older saves change nothing. *whole*: see ``lay_over``. *placed*: items of
    turns that were given their numbers just now.
    SignedMeanwhile: nothing is written. DomainError: there is no such item, or it is more than can be kept.
    """
    row = open_row(assessment)
    questionnaire = questionnaire_of(row.version)
    if any(key_is_of(questionnaire, key) is None for key in changes):
        raise DomainError(_("This page asks something else than the instrument. Open it again."))
    check_skips(changes)
    sheet, before, token = sheet_of(row), sheet_of(row), writer[:40]
    moved = moved_since(sheet, questionnaire, changes.keys() - placed, seen=seen, token=token)
    written, clashes = lay_over(
        sheet, changes, seen=seen, writer=Writer(by.staff, by.at, token, stroke), whole=whole, moved=moved
    )
    if written:
        follow_answers(sheet, questionnaire, changes, before)
        _keep(row, sheet, by)
    alarms = (
        raise_alarms(row, questionnaire, {key: row.answers.get(key, []) for key in changes}, by=by) if written else []
    )
    return Saved(row, clashes, alarms)


@transaction.atomic
def move_turn(
    *, assessment: Assessment, key: str, remove: int | None = None, by: Actor, context: Context | None = None
) -> Assessment:
    """Add a turn to the repeating group at *key*, with its initial values, or *remove* the one of that number. Removed twice is
    removed once more. *context*: what initial expressions may know besides the answers."""
    row = open_row(assessment)
    questionnaire = questionnaire_of(row.version)
    item = key_is_of(questionnaire, key)
    if item is None or not item.many or (remove is None and item.type.is_question):  # an answer of nothing is none
        raise DomainError(_("This page asks something else than the instrument. Open it again."))
    sheet, writer = sheet_of(row), Writer(by.staff, by.at)
    if remove is None:
        done = add_turn(sheet, key, writer, begin_turn(questionnaire, row.answers, key, context))
    else:
        done = remove_turn(sheet, item, key, remove, writer)
    if not done and remove is None:
        raise DomainError(_("There are as many as there can be."))
    if done:
        _keep(row, sheet, by)
    return row


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that a page without a network has added to the group at *key*, or (*number*) taken away. *act*: its own name."""

    act: str
    key: str
    number: int = 0


@transaction.atomic
def add_turns(
    *,
    assessment: Assessment,
    added: list[Turn],
    removed: list[Turn],
    seen: int,
    writer: str,
    stroke: int,
    by: Actor,
    context: Context | None = None,
) -> tuple[Assessment, dict[str, int], list[Turn]]:
    """Add what a page has added meanwhile. Returns the row, the number of each turn by its act, and those of *removed* that may be taken
    away: nobody else has added to their group, or taken from it, since the *seen*-th save. Done twice is done once.
    """
    row = open_row(assessment)
    questionnaire, sheet = questionnaire_of(row.version), sheet_of(row)
    others = set(sheet.changed_since(seen, writer))
    numbers: dict[str, int] = {}
    real: dict[int, int] = {}
    before = sheet.saves
    # one stroke earlier than the answers that come along, which are laid over what the turn starts with
    early = Writer(by.staff, by.at, writer[:40], stroke - 1)
    for turn in added:
        key = renumbered(turn.key, real)  # a turn inside one that was added just before
        real[turn.number] = numbers[turn.act] = _added_once(
            sheet, questionnaire, replace(turn, key=key), early, context
        )
    if sheet.saves > before:
        _keep(row, sheet, by)
    named = [replace(turn, key=renumbered(turn.key, real)) for turn in removed]
    done_or_free = [one for one in named if one.key not in others or number_after(sheet, one.key, one.act) is not None]
    return row, numbers, done_or_free


def _added_once(sheet: Sheet, questionnaire: Questionnaire, turn: Turn, writer: Writer, context: Context | None) -> int:
    """The number of *turn*, which is added unless it was."""
    done = number_after(sheet, turn.key, turn.act)
    if done is not None:
        return done
    item = key_is_of(questionnaire, turn.key)
    if item is None or not item.many or item.type.is_question:
        raise DomainError(_("This page asks something else than the instrument. Open it again."))
    begun = begin_turn(questionnaire, sheet.answers, turn.key, context)
    number = len(sheet.answers.get(turn.key, []))
    if not add_turn(sheet, turn.key, writer, begun, turn.act):
        raise DomainError(_("There are as many as there can be."))
    return number


@transaction.atomic
def remove_turns(*, assessment: Assessment, removed: list[Turn], writer: str, by: Actor) -> Assessment:
    """Take away what a page has taken away meanwhile, numbered as the page knew it: what stands inside others first, the last first."""
    row = open_row(assessment)
    questionnaire, sheet = questionnaire_of(row.version), sheet_of(row)
    before = sheet.saves
    inner_first = sorted(removed, key=lambda turn: (len(turns_of(turn.key)[1]), turn.number), reverse=True)
    for turn in inner_first:
        item = key_is_of(questionnaire, turn.key)
        if item is None or not item.many:
            raise DomainError(_("This page asks something else than the instrument. Open it again."))
        if number_after(sheet, turn.key, turn.act) is None:
            remove_turn(sheet, item, turn.key, turn.number, Writer(by.staff, by.at, writer[:40]), turn.act)
    if sheet.saves > before:
        _keep(row, sheet, by)
    return row


@transaction.atomic
def discard(*, assessment: Assessment, by: Actor) -> bool:
    """Throw an open assessment away, because whoever began it says so. False when it is gone already."""
    row = Assessment.objects.select_for_update().filter(pk=assessment.pk).first()
    if row is None:
        return False
    if row.state != AssessmentState.OPEN:
        raise SignedMeanwhile
    if row.staff_id != by.staff:
        raise DomainError(_("Only whoever began it can throw it away."))
    record(by=by, action="assessments.discarded", kind="assessment", object_id=row.pk, client=row.person_id)
    row.delete()
    return True


def open_row(assessment: Assessment) -> Assessment:
    """The row, locked, while it is open. SignedMeanwhile, or DomainError when it was thrown away."""
    rows = Assessment.objects.select_for_update(of=("self",)).select_related("version__instrument", "episode", "person")
    row = rows.defer("version__content").filter(pk=assessment.pk).first()
    if row is None:
        raise DomainError(_("This was thrown away in the meantime."))
    if row.state != AssessmentState.OPEN:
        raise SignedMeanwhile
    return row


def sheet_of(row: Assessment) -> Sheet:
    """What stands in *row*."""
    return Sheet(dict(row.answers), dict(row.skipped), dict(row.touched), row.saves)


def _new(
    pk: UUID,
    version: InstrumentVersion,
    person: Person,
    episode: Episode | None,
    by: Actor,
    answers: dict[str, list[Answer]],
) -> Assessment:
    return Assessment.objects.create(
        id=pk,
        version=version,
        person=person,
        episode=episode,
        staff_id=worker_of(by),
        assessed_on=by.today,
        answers=answers,
        started_at=by.at,
        saved_at=by.at,
        labels=labels_for(episode) if episode else 0,
    )


def _keep(row: Assessment, sheet: Sheet, by: Actor) -> None:
    if len(json.dumps([sheet.answers, sheet.touched])) > LARGEST:
        raise DomainError(_("This is more than can be kept in one assessment. Shorten what you wrote."))
    row.answers, row.skipped, row.touched, row.saves = sheet.answers, sheet.skipped, sheet.touched, sheet.saves
    row.saved_at = by.at
    row.save(update_fields=ANSWERED)


def _what(version: InstrumentVersion) -> dict[str, object]:
    return {"instrument": str(version.instrument_id), "number": version.number}
