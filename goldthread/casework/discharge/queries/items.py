"""What is still open in an episode, one by one. A fixed number of statements."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.enums import Satisfied
from goldthread.casework.contacts.models import Concern
from goldthread.casework.discharge.enums import ItemKind
from goldthread.casework.discharge.queries.common import Seen
from goldthread.casework.discharge.rules.settling import Item, choices_of
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.intake.enums import HandOffState
from goldthread.casework.intake.models import HandOff
from goldthread.casework.plans.enums import GoalState, StepState
from goldthread.casework.plans.models import PlannedService, Step
from goldthread.casework.record.models import Draft
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.people.persons.models import Person

DOCUMENT, CONTACT = "document", "contact"
CLOSED = (Satisfied.YES, Satisfied.PARTLY)


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what open things are asked: those of *episode*, and, where *person* is served by no other program, those of no program."""

    episode: Episode
    person: Person
    alone: bool

    def here(self, client: str, episode: str = "episode") -> Q:
        """Rows in scope; *client* and *episode* name the fields."""
        own = Q(**{episode: self.episode})
        return own | Q(**{f"{episode}__isnull": True, client: self.person}) if self.alone else own


def scope_of(episode: Episode, person: Person) -> Scope:
    """The scope of a way out. One query."""
    others = EpisodeMember.objects.filter(
        person=person, ends_on__isnull=True, episode__discharged_on__isnull=True
    ).exclude(episode=episode)
    return Scope(episode, person, alone=not others.exists())


def open_items(scope: Scope, seen: Seen, at: datetime, path: str = "") -> list[Item]:
    """Everything that is open and may be *seen*, by kind, the soonest first."""
    found = [
        *_tasks(scope, seen, path),
        *_steps(scope, seen, path),
        *_appointments(scope, seen, at, path),
        *_concerns(scope, seen, path),
        *_services(scope, seen, path),
        *_hand_overs(scope, path),
        *_referred(scope, seen, path),
        *_notes(scope, seen, path),
        *_assessments(scope, seen, path),
    ]
    order = {kind: place for place, kind in enumerate(ItemKind)}
    return sorted(found, key=lambda one: (order[one.kind], one.on is None, one.on or at.date(), str(one.id)))


def _tasks(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = Task.objects.filter(
        scope.here("client"), seen.rows(), state=TaskState.OPEN, requirement="", source_kind__in=["", DOCUMENT]
    )
    for row in rows.select_related("owner", "team"):
        kind = ItemKind.DOCUMENT if row.source_kind else ItemKind.TASK
        yield Item(
            kind=kind,
            id=row.pk,
            title=row.title,
            stamp=f"{row.version}",
            choices=choices_of(kind, path),
            on=row.due_on,
            whose=row.owner.name if row.owner else (row.team.name if row.team else ""),
            link=row.source_id,
            labels=row.labels,
        )


def _steps(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = Step.objects.filter(
        seen.rows(episode="goal__episode"),
        goal__episode=scope.episode,
        goal__state=GoalState.OPEN,
        state=StepState.OPEN,
    )
    for row in rows.select_related("goal", "owner_staff"):
        yield Item(
            kind=ItemKind.STEP,
            id=row.pk,
            title=row.words,
            stamp=f"{row.state} {row.words} {row.due_on}"[:64],
            choices=choices_of(ItemKind.STEP, path),
            on=row.due_on,
            whose=row.owner_words or str(row.get_owner_kind_display()),
            detail=row.goal.words,
            labels=row.labels,
        )


def _appointments(scope: Scope, seen: Seen, at: datetime, path: str) -> Iterator[Item]:
    rows = Appointment.objects.filter(scope.here("client"), seen.rows(), state=AppointmentState.PLANNED)
    rows = rows.filter(contact__isnull=True).prefetch_related("workers").order_by("starts_at", "pk")
    together: dict[UUID, list[Appointment]] = defaultdict(list)
    for row in rows:
        ahead = row.starts_at > at
        together[row.series_id if ahead and row.series_id else row.pk].append(row)
    for some in together.values():
        first = some[0]
        kind = ItemKind.APPOINTMENT if first.starts_at > at else ItemKind.PAST
        yield Item(
            kind=kind,
            id=first.pk,
            title=first.title or str(first.get_kind_display()),
            stamp=stamp_of(some),
            choices=choices_of(kind, path),
            on=localtime(first.starts_at).date(),
            whose=", ".join(one.name for one in first.workers.all()),
            detail=_("and %(n)s more of the series") % {"n": len(some) - 1} if len(some) > 1 else first.place,
            labels=first.labels,
        )


def stamp_of(rows: list[Appointment]) -> str:
    """How an appointment, or what is left of a series, stands."""
    return f"{len(rows)} {sum(row.version for row in rows)}"


def _concerns(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = Concern.objects.filter(scope.here("person"), seen.rows()).exclude(satisfied__in=CLOSED)
    for row in rows.select_related("staff"):
        yield Item(
            kind=ItemKind.CONCERN,
            id=row.pk,
            title=row.about,
            stamp=f"{row.version}",
            choices=choices_of(ItemKind.CONCERN, path, grievance=row.grievance),
            on=row.answer_due_on or row.raised_on,
            whose=row.staff.name,
            detail=_("Grievance") if row.grievance else "",
            labels=row.labels,
        )


def _services(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = PlannedService.objects.filter(
        seen.rows(episode="plan__episode"), plan__episode=scope.episode, dropped=False, ended_on__isnull=True
    )
    for row in rows:
        yield Item(
            kind=ItemKind.SERVICE,
            id=row.pk,
            title=row.words,
            stamp=f"{row.confirmed_on} {row.started_on} {row.ended_on} {row.helped}",
            choices=choices_of(ItemKind.SERVICE, path),
            on=row.started_on,
            whose=row.provider_words,
            detail="" if row.started_on else _("It has not started."),
            labels=row.labels,
        )


def _hand_overs(scope: Scope, path: str) -> Iterator[Item]:
    """Assignments that were handed over and not read by who took over."""
    rows = Assignment.objects.filter(
        episode=scope.episode, client=scope.person, follows__isnull=False, read_at__isnull=True, ends_on__isnull=True
    )
    for row in rows.select_related("staff", "follows__staff"):
        before = row.follows.staff.name if row.follows else ""
        yield Item(
            kind=ItemKind.HAND_OFF,
            id=row.pk,
            title=_("Hand-over from %(before)s to %(after)s, not read yet")
            % {"before": before, "after": row.staff.name},
            stamp="unread",
            choices=choices_of(ItemKind.HAND_OFF, path),
            on=row.starts_on,
            whose=row.staff.name,
            labels=row.labels,
        )


def _referred(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    """Whom we sent elsewhere, and do not know yet whether they were seen there."""
    rows = HandOff.objects.filter(scope.here("client"), seen.rows(), client=scope.person, state=HandOffState.OPEN)
    for row in rows.select_related("owner"):
        yield Item(
            kind=ItemKind.REFERRED,
            id=row.pk,
            title=row.organization,
            stamp=f"{row.version}",
            choices=choices_of(ItemKind.REFERRED, path),
            on=row.ask_on,
            whose=row.owner.name if row.owner else "",
            detail=row.phone,
            labels=row.labels,
        )


def _notes(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = Draft.objects.filter(scope.here("person"), seen.rows(), kind=CONTACT)
    for row in rows.select_related("staff"):
        yield Item(
            kind=ItemKind.NOTE,
            id=row.pk,
            title=_("Note begun by %(who)s") % {"who": row.staff.name},
            stamp=f"{row.version}",
            choices=choices_of(ItemKind.NOTE, path),
            on=localtime(row.started_at).date(),
            whose=row.staff.name,
            labels=row.labels,
        )


def _assessments(scope: Scope, seen: Seen, path: str) -> Iterator[Item]:
    rows = Assessment.objects.filter(scope.here("person"), seen.rows(), state=AssessmentState.OPEN)
    for row in rows.select_related("staff", "version__instrument"):
        yield Item(
            kind=ItemKind.ASSESSMENT,
            id=row.pk,
            title=row.version.instrument.title,
            stamp=f"{row.saves}",
            choices=choices_of(ItemKind.ASSESSMENT, path),
            on=row.assessed_on,
            whose=row.staff.name,
            labels=row.labels,
        )
