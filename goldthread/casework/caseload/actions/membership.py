"""Who is served under a household's episode while it runs: somebody joins, somebody leaves, and a slip is taken back.

What is due for a member follows from the days of their place; workers follow it with a row of their own for each client.
"""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.actions.common import end_row, record_assignment
from goldthread.casework.caseload.actions.covering import LASTING, cut_covers, extend_covers, mend_covers
from goldthread.casework.caseload.actions.enrolling import check_alone, end_as_a_whole
from goldthread.casework.caseload.actions.proving import JOINED, LEFT, prove_joining, prove_leaving
from goldthread.casework.caseload.actions.telling import tell_ledger
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.episodes.rules import check_joining, check_leaving, check_life, is_child, may_undo
from goldthread.casework.record.actions import void_entries
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.tasks.actions.evidence import void_evidence
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Evidence
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person

TOO_LATE = _("It is too late to take this back. Write down what is so now.")


def join(
    *, episode: Episode, person: Person, joined_on: date, by: Actor, reason: str = "", form_id: UUID | None = None
) -> EpisodeMember:
    """*person*, a client, is served under *episode*, a household's, from *joined_on* on, by the workers it has.

    The same *form_id* twice makes one place. DomainError: no household's episode, no client, days that cannot be, or they are
    in the program already.
    """
    if episode.household_id is None:
        raise DomainError(_("This program serves one person. Enroll the other one on their own page."), "person")
    if person.client_number is None:
        raise DomainError(_("Only clients can be enrolled. Make this person a client first."), "person")
    try:
        with transaction.atomic():
            row = _locked(episode)
            Person.objects.select_for_update().get(pk=person.pk)
            if form_id and (made := EpisodeMember.objects.filter(pk=form_id, episode=row, person=person).first()):
                return made
            check_joining(row, joined_on, by.today)
            check_life(person, joined_on, "joined_on")
            check_alone(row.program, [person], joined_on, "person")
            made = EpisodeMember.objects.create(
                id=form_id or new_id(),
                episode=row,
                person=person,
                child=is_child(person, joined_on),
                starts_on=joined_on,
                joined_by=by.staff,
                joined_at=by.at,
            )
            _record(by, "episodes.joined", made)
            tell_ledger(EntryKind.ENROLLED, row, [person], joined_on, made.pk, by, text=reason.strip()[:300])
            _give_the_same_workers(row, person, joined_on, by)
            prove_joining(row, made, by)
            return made
    except IntegrityError as error:
        raise DomainError(_("Somebody else has just changed this. Look again, then decide."), "person") from error


def leave(*, member: EpisodeMember, left_on: date, reason: str, by: Actor) -> EpisodeMember:
    """*left_on* is the last day on which *member* is served; the others go on. What was not done for them by then is closed.

    Leaving again changes nothing. DomainError: no reason, a day that cannot be, or nobody else would be left.
    """
    if not reason.strip():
        raise DomainError(_("Say why they leave."), "reason")
    with transaction.atomic():
        episode = _locked(member.episode)
        row = EpisodeMember.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
        if row.left_at is not None:
            return row
        check_leaving(episode, row.starts_on, left_on, by.today)
        if all(one.person_id == row.person_id for one in members_of(episode, by.today)):
            raise DomainError(_("Nobody else is left in this episode. Discharge it instead."))
        row.ends_on, row.reason = left_on, reason.strip()[:300]
        row.left_by, row.left_at = by.staff, by.at
        row.save(update_fields=["ends_on", "reason", "left_by", "left_at"])
        _record(by, "episodes.left", row)
        tell_ledger(EntryKind.DISCHARGED, episode, [row.person], left_on, row.pk, by, text=row.reason)
        _end_workers(row, left_on, by)
        prove_leaving(episode, row, by)
        return row


def undo_leave(*, member: EpisodeMember, by: Actor) -> EpisodeMember:
    """*member* did not leave: place, workers and what is due are as before. Undoing it again changes nothing.

    DomainError: too long ago, the episode has ended, or they are in the program otherwise meanwhile.
    """
    try:
        with transaction.atomic():
            episode = _locked(member.episode)
            row = EpisodeMember.objects.select_for_update(of=("self",)).select_related("person").get(pk=member.pk)
            left_on, at = row.ends_on, row.left_at
            if at is None or left_on is None:
                return row
            if not may_undo(at, by.at) or episode.discharged_on is not None:
                raise DomainError(TOO_LATE)
            row.ends_on, row.reason, row.left_by, row.left_at = None, "", None, None
            row.save(update_fields=["ends_on", "reason", "left_by", "left_at"])
            _check_not_twice(episode, row)
            _record(by, "episodes.leaving_undone", row)
            void_entries(source_kind=EntryKind.DISCHARGED, source_id=row.pk, by=by)
            ended = Assignment.objects.filter(episode=episode, client=row.person_id, kind__in=LASTING, ended_at=at)
            for one in ended:
                one.ends_on, one.ended_by, one.ended_at, one.reason = None, None, None, ""
                one.save(update_fields=["ends_on", "ended_by", "ended_at", "reason"])
                record_assignment(by, "caseload.reopened", one)
                mend_covers(one, left_on, by)
            void_evidence(source_kind=LEFT, source_id=row.pk, by=by)
            recompute(episodes=[episode.pk], by=by)
            return row
    except IntegrityError as error:
        raise DomainError(_("Somebody else has just changed this. Look again, then decide.")) from error


def undo_join(*, member: EpisodeMember, by: Actor) -> None:
    """*member* was added by mistake: the place is gone, their workers' rows end today, since those could see them until now.

    DomainError: too long ago, or something is written about them in this program.
    """
    with transaction.atomic():
        episode = _locked(member.episode)
        row = (
            EpisodeMember.objects.select_for_update(of=("self",)).select_related("person").filter(pk=member.pk).first()
        )
        if row is None:
            return
        if row.joined_at is None or not may_undo(row.joined_at, by.at) or episode.discharged_on is not None:
            raise DomainError(TOO_LATE)
        if _is_written_about(row):
            raise DomainError(_("Something is written about them in this program already. Let them leave instead."))
        _record(by, "episodes.joining_undone", row)
        void_entries(source_kind=EntryKind.ENROLLED, source_id=row.pk, by=by)
        _end_workers(row, by.today, by, str(_("Added to the program by mistake.")))
        pk = row.pk
        row.delete()
        void_evidence(source_kind=JOINED, source_id=pk, by=by)
        recompute(episodes=[episode.pk], by=by)


def _locked(episode: Episode) -> Episode:
    return Episode.objects.select_for_update(of=("self",)).select_related("program").get(pk=episode.pk)


def _record(by: Actor, action: str, member: EpisodeMember) -> None:
    record(
        by=by,
        action=action,
        kind="episode",
        object_id=member.episode_id,
        client=member.person_id,
        details={
            "starts_on": member.starts_on.isoformat(),
            "ends_on": member.ends_on.isoformat() if member.ends_on else None,
        },
    )


def _give_the_same_workers(episode: Episode, person: Person, joined_on: date, by: Actor) -> None:
    """Whoever works with the others from *joined_on* on works with *person*, too, on the same days."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=joined_on)
    theirs = Assignment.objects.filter(running, episode=episode, kind__in=LASTING).exclude(client=person)
    made: dict[tuple[UUID, str, date], Assignment] = {}
    for one in theirs.select_related("staff").order_by("starts_on", "pk"):
        starts_on = max(one.starts_on, joined_on)
        if (one.staff_id, one.kind, starts_on) in made:
            continue
        end_as_a_whole(person, one.staff, one.kind, starts_on, by)
        made[one.staff_id, one.kind, starts_on] = Assignment(
            client=person,
            staff=one.staff,
            team_id=one.team_id,
            episode=episode,
            labels=one.labels,
            kind=one.kind,
            starts_on=starts_on,
            ends_on=one.ends_on,
            cosign=one.cosign,
            given_by=by.staff,
            given_at=by.at,
        )
    rows = list(made.values())
    Assignment.objects.bulk_create(rows)
    for row in rows:
        record_assignment(by, "caseload.assigned", row)
    extend_covers(rows, by)


def _end_workers(member: EpisodeMember, last_day: date, by: Actor, reason: str = "") -> None:
    """The workers of *member* in this episode end with *last_day*; one who began later, with their own first day."""
    beyond = Q(ends_on__isnull=True) | Q(ends_on__gt=last_day)
    rows = list(Assignment.objects.filter(beyond, episode=member.episode_id, client=member.person_id, kind__in=LASTING))
    for row in rows:
        end_row(row, max(last_day, row.starts_on), by, reason)
    cut_covers(rows)


def _is_written_about(member: EpisodeMember) -> bool:
    said = Evidence.objects.filter(episode=member.episode_id, person=member.person_id, voided=False)
    return said.exclude(source_kind=JOINED, source_id=member.pk).filter(happened_on__gte=member.starts_on).exists()


def _check_not_twice(episode: Episode, member: EpisodeMember) -> None:
    running = Q(episode__discharged_on__isnull=True) & (Q(ends_on__isnull=True) | Q(ends_on__gte=member.starts_on))
    others = EpisodeMember.objects.filter(running, episode__program=episode.program_id, person=member.person_id)
    if others.exclude(pk=member.pk).filter(starts_on__gte=member.starts_on).exists():
        raise DomainError(_("They are in this program otherwise since. It cannot be taken back."))
