"""Enrolling a person or a household in a program."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.assigning import assign
from goldthread.casework.caseload.actions.common import end_row, last_day
from goldthread.casework.caseload.actions.proving import follow_workers, prove_enrolment
from goldthread.casework.caseload.actions.telling import tell_ledger
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.rules import check_enrolment, check_life, is_child, labels_for
from goldthread.casework.record.enums import EntryKind
from goldthread.foundation.agency.models import Team
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, Person


def enrol(
    *,
    program: Program,
    person: Person | None = None,
    household: Household | None = None,
    members: Sequence[Person] = (),
    enrolled_on: date,
    referred_on: date | None = None,
    by: Actor,
    form_id: UUID | None = None,
    staff: Staff | None = None,
    team: Team | None = None,
    seconds: Sequence[Staff] = (),
    cosign: bool = False,
) -> Episode:
    """Enroll *person*, or *household* with *members* (clients), in *program* from *enrolled_on* on.

    *staff* becomes the primary worker, *seconds* second workers, all in *team* (None: the program's team). *cosign*:
    the primary worker's notes need a co-signature, as they do where the program's rules say so. The same *form_id* twice makes one episode.
    DomainError: nobody or no client named, days that cannot be, already enrolled in the program, a worker who is not here.
    """
    served = [person] if person else list(dict.fromkeys(members))
    _check(program, person, household, served, enrolled_on, referred_on, by.today)
    try:
        with transaction.atomic():
            program = _as_it_is(program, enrolled_on, referred_on, by)
            _lock(served)
            if form_id and (made := Episode.objects.filter(pk=form_id, program=program).first()):
                return made
            check_alone(program, served, enrolled_on)
            episode = Episode.objects.create(
                id=form_id or new_id(),
                program=program,
                person=person,
                household=household,
                referred_on=referred_on,
                enrolled_on=enrolled_on,
                labels=labels_for(program),
                enrolled_by=by.staff,
                enrolled_at=by.at,
            )
            _join(episode, served, enrolled_on)
            _record(by, episode, served)
            tell_ledger(EntryKind.ENROLLED, episode, served, enrolled_on, episode.pk, by)
            cosigned = cosign or _always_cosigned(program, enrolled_on)
            _give(episode, served, staff, seconds, team or program.team, cosigned, by)
            follow_workers([episode.pk], by)
            prove_enrolment(episode, served, by)
            return episode
    except IntegrityError as error:
        raise DomainError(
            _("Somebody else has just enrolled this client. Look again, then decide."), "program"
        ) from error


def _always_cosigned(program: Program, day: date) -> bool:
    """Do the rules of *program* ask for a co-signature from everybody?"""
    rules = rules_of([program.pk]).get(program.pk)
    return bool(rules and in_force(rules, day).cosign_default)


def _check(
    program: Program,
    person: Person | None,
    household: Household | None,
    served: Sequence[Person],
    enrolled_on: date,
    referred_on: date | None,
    today: date,
) -> None:
    if bool(person) == bool(household):
        raise DomainError(_("Say who is enrolled: one client, or one household."), "person")
    if household and program.unit != "household":
        raise DomainError(_("This program enrolls one person, not a household."), "program")
    if not served:
        raise DomainError(_("Choose at least one member of the household."), "members")
    if any(one.client_number is None for one in served):
        raise DomainError(_("Only clients can be enrolled. Make this person a client first."), "members")
    check_enrolment(program, enrolled_on, referred_on, today)
    for one in served:
        check_life(one, enrolled_on)


def _as_it_is(program: Program, enrolled_on: date, referred_on: date | None, by: Actor) -> Program:
    """*program* locked, and asked again: somebody may just have closed it."""
    row = Program.objects.select_for_update(no_key=True, of=("self",)).select_related("team").get(pk=program.pk)
    check_enrolment(row, enrolled_on, referred_on, by.today)
    return row


def _lock(served: Iterable[Person]) -> None:
    """Two hands at once: one after the other. In one order, so that they cannot lock each other."""
    ids = sorted(one.pk for one in served)
    list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def check_alone(program: Program, served: Sequence[Person], enrolled_on: date, field: str = "program") -> None:
    """Nobody is twice in one program at a time, alone or with a household."""
    running = Q(episode__discharged_on__isnull=True) | Q(episode__discharged_on__gt=enrolled_on)
    there = EpisodeMember.objects.filter(running, episode__program=program, person__in=[one.pk for one in served])
    there = there.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=enrolled_on))
    names = there.order_by("person__sort_key").values_list("person__display_name", flat=True)
    if names:
        raise DomainError(
            _("%(name)s is already in this program on that day.") % {"name": ", ".join(dict.fromkeys(names))},
            field,
        )


def _join(episode: Episode, served: Iterable[Person], enrolled_on: date) -> None:
    EpisodeMember.objects.bulk_create(
        EpisodeMember(episode=episode, person=one, child=is_child(one, enrolled_on), starts_on=enrolled_on)
        for one in served
    )


def _record(by: Actor, episode: Episode, served: Iterable[Person]) -> None:
    for one in served:
        record(by=by, action="episodes.enrolled", kind="episode", object_id=episode.pk, client=one.pk)


def _give(
    episode: Episode,
    served: Iterable[Person],
    staff: Staff | None,
    seconds: Iterable[Staff],
    team: Team | None,
    cosign: bool,
    by: Actor,
) -> None:
    """Assign the workers: a row for each client served. What a worker had of the client as a whole becomes this."""
    others = [one for one in dict.fromkeys(seconds) if staff is None or one.pk != staff.pk]
    workers = [(one, AssignmentKind.SECONDARY) for one in others]
    if staff:
        workers.insert(0, (staff, AssignmentKind.PRIMARY))
    for client in served:
        for worker, kind in workers:
            end_as_a_whole(client, worker, kind, episode.enrolled_on, by)
            assign(
                client=client,
                staff=worker,
                kind=kind,
                team=team,
                starts_on=episode.enrolled_on,
                episode=episode,
                cosign=cosign and kind == AssignmentKind.PRIMARY,
                by=by,
            )


def end_as_a_whole(client: Person, worker: Staff, kind: AssignmentKind | str, enrolled_on: date, by: Actor) -> None:
    """End what *worker* had of the client from before programs: from now on it is this episode that they serve."""
    rows = Assignment.objects.filter(client=client, staff=worker, kind=kind, episode__isnull=True, ends_on__isnull=True)
    for row in rows:
        end_row(row, last_day(row, enrolled_on), by, "")
