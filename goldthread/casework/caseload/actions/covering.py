"""Cover for the days on which a worker is away: all of their clients and tasks, ended by the calendar."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldthread.casework.caseload.actions.common import check_works
from goldthread.casework.caseload.models import Assignment, AssignmentKind, Cover
from goldthread.foundation.audit.actions import record, record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.notices import tell
from goldthread.foundation.workforce.queries import roles_on, supervisors_of

LASTING = (AssignmentKind.PRIMARY, AssignmentKind.SECONDARY)
LONGEST = 90
"""Days: whoever is away for longer hands their clients over (product judgement)."""
COVER_ARRANGED = "cover_arranged"


def cover(
    *,
    absent: Staff,
    colleague: Staff,
    starts_on: date,
    ends_on: date,
    by: Actor,
    note: str = "",
    form_id: UUID | None = None,
) -> Cover:
    """*colleague* looks after all clients of *absent* from *starts_on* to *ends_on*, both included.

    Clients whom *absent* is given meanwhile are covered as well. Both workers and their supervisors are told. The same
    *form_id*, or the same days again, return the cover there is.
    DomainError: days that cannot be, a colleague who is not here on them or is no case manager, or another cover then.
    """
    _check(absent, colleague, starts_on, ends_on, by.today)
    with transaction.atomic():
        Staff.objects.select_for_update(no_key=True).get(pk=absent.pk)  # two hands at once: one after the other
        made = _same(form_id, absent, colleague, starts_on, ends_on)
        if made:
            return made
        made = Cover.objects.create(
            id=form_id or new_id(),
            absent=absent,
            colleague=colleague,
            starts_on=starts_on,
            ends_on=ends_on,
            note=note.strip()[:300],
            made_by=by.staff,
            made_at=by.at,
        )
        theirs = Assignment.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), staff=absent, kind__in=LASTING, starts_on__lte=ends_on
        )
        _cover_each(made, list(theirs), by)
        record(by=by, action="caseload.cover_made", kind="cover", object_id=made.pk, details=_said(made))
        told = {absent, colleague, *supervisors_of(absent, by.today), *supervisors_of(colleague, by.today)}
        tell(to=told, kind=COVER_ARRANGED, by=by, about_staff=absent.pk, source_kind="cover", source_id=made.pk)
        return made


def end_cover(*, cover: Cover, ends_on: date, by: Actor) -> Cover:
    """*ends_on* is the last day of *cover*: the worker is back sooner. A cover that has not begun by then is gone.

    Ending it later than it does changes nothing.
    """
    with transaction.atomic():
        row = Cover.objects.select_for_update(of=("self",)).filter(pk=cover.pk).first()
        if row is None or ends_on >= row.ends_on:
            return row or cover
        held = Assignment.objects.filter(cover=row)
        held.filter(starts_on__gt=ends_on).delete()  # these never held
        if ends_on < row.starts_on:
            record(by=by, action="caseload.cover_cancelled", kind="cover", object_id=row.pk, details=_said(row))
            Cover.objects.filter(pk=row.pk).delete()
            return row
        held.filter(ends_on__gt=ends_on).update(ends_on=ends_on, ended_by=by.staff, ended_at=by.at)
        row.ends_on, row.ended_by, row.ended_at = ends_on, by.staff, by.at
        row.save(update_fields=["ends_on", "ended_by", "ended_at"])
        record(by=by, action="caseload.cover_ended", kind="cover", object_id=row.pk, details=_said(row))
        return row


def extend_covers(given: Sequence[Assignment], by: Actor) -> None:
    """Whoever was just given to a worker who is, or will be, away is covered with the others."""
    lasting = [row for row in given if row.kind in LASTING]
    if not lasting:
        return
    covers = Cover.objects.filter(absent__in={row.staff_id for row in lasting}, ends_on__gte=by.today)
    for one in covers.select_related("absent", "colleague"):
        _cover_each(one, [row for row in lasting if row.staff_id == one.absent_id], by)


def cut_covers(ended: Iterable[Assignment]) -> None:
    """Whoever no longer is a worker's client is not covered for them after that day."""
    rows = {(row.staff_id, row.client_id, row.episode_id): row.ends_on for row in ended if row.kind in LASTING}
    if not rows:
        return
    earliest = min(last for last in rows.values() if last)
    held = Assignment.objects.filter(
        cover__absent__in={staff for staff, _client, _episode in rows}, ends_on__gt=earliest
    )
    for row in held.select_related("cover"):
        last = rows.get((row.cover.absent_id, row.client_id, row.episode_id)) if row.cover else None
        if last is None or last >= row.ends_on:  # type: ignore[operator]  # filtered: every row has a last day
            continue
        if last < row.starts_on:
            row.delete()
            continue
        row.ends_on = last
        row.save(update_fields=["ends_on"])


def mend_covers(row: Assignment, last: date, by: Actor) -> None:
    """*row* was cut off after *last* and runs on after all: so does the cover that was cut or taken away with it."""
    held = Assignment.objects.filter(
        cover__absent=row.staff_id, client=row.client_id, episode=row.episode_id, ends_on=last, cover__ends_on__gt=last
    )
    for cut in held.select_related("cover"):
        if cut.cover:
            cut.ends_on = min(cut.cover.ends_on, row.ends_on or cut.cover.ends_on)
            cut.save(update_fields=["ends_on"])
    extend_covers([row], by)


def _check(absent: Staff, colleague: Staff, starts_on: date, ends_on: date, today: date) -> None:
    if absent.pk == colleague.pk:
        raise DomainError(_("Choose a colleague: nobody covers for themselves."), "colleague")
    if ends_on < starts_on:
        raise DomainError(_("The last day cannot be before the first day."), "ends_on")
    if ends_on < today:
        raise DomainError(_("These days are over."), "ends_on")
    if ends_on - starts_on >= timedelta(days=LONGEST):
        raise DomainError(
            _("Cover lasts %(days)d days at most. For longer, hand the clients over.") % {"days": LONGEST}, "ends_on"
        )
    for day in (starts_on, ends_on):
        check_works(colleague, day, "colleague")
    if Role.CASE_MANAGER not in roles_on(colleague, max(starts_on, today)):
        raise DomainError(_("Choose a case manager: nobody else may open the records they cover."), "colleague")


def _same(form_id: UUID | None, absent: Staff, colleague: Staff, starts_on: date, ends_on: date) -> Cover | None:
    """The cover that the same form made, or that says the same already. DomainError: somebody else covers on those days."""
    if form_id and (made := Cover.objects.filter(pk=form_id, absent=absent).first()):
        return made
    others = Cover.objects.filter(absent=absent, starts_on__lte=ends_on, ends_on__gte=starts_on)
    for one in others.select_related("colleague"):
        if (one.colleague_id, one.starts_on, one.ends_on) == (colleague.pk, starts_on, ends_on):
            return one
        raise DomainError(
            _("%(name)s covers on some of these days. End that first, or choose other days.")
            % {"name": one.colleague.name},
            "starts_on",
        )
    return None


def _cover_each(made: Cover, theirs: Sequence[Assignment], by: Actor) -> None:
    """One row for each client and episode, for the days on which both the cover and the assignment hold."""
    cosign = Assignment.objects.filter(staff=made.colleague_id, cosign=True, ends_on__isnull=True).exists()
    rows: dict[tuple[UUID, UUID | None], Assignment] = {}
    there = set(Assignment.objects.filter(cover=made).values_list("client_id", "episode_id"))
    for one in theirs:
        starts_on, ends_on = max(made.starts_on, one.starts_on), min(made.ends_on, one.ends_on or made.ends_on)
        key = (one.client_id, one.episode_id)
        if ends_on < starts_on or key in there or key in rows:
            continue
        rows[key] = Assignment(
            client_id=one.client_id,
            staff_id=made.colleague_id,
            team_id=one.team_id,
            episode_id=one.episode_id,
            labels=one.labels,
            kind=AssignmentKind.COVER,
            cover=made,
            starts_on=starts_on,
            ends_on=ends_on,
            cosign=cosign,
            given_by=by.staff,
            given_at=by.at,
        )
    Assignment.objects.bulk_create(rows.values())
    clients = list(dict.fromkeys(client for client, _episode in rows))
    record_many(by=by, action="caseload.covered", kind="person", clients=clients, details=_said(made))


def _said(made: Cover) -> dict[str, str]:
    return {
        "cover": str(made.pk),
        "absent": str(made.absent_id),
        "colleague": str(made.colleague_id),
        "starts_on": made.starts_on.isoformat(),
        "ends_on": made.ends_on.isoformat(),
    }
