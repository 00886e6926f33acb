"""Joining and leaving teams, as a worker or as supervisor, by dates."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.workforce.actions.guards import check_dates, one_at_a_time, refuse_own, write
from goldthread.foundation.workforce.models import Staff, TeamMembership
from goldthread.foundation.workforce.rules import overlaps


@transaction.atomic
def join_team(
    *,
    staff: Staff,
    team: Team,
    supervises: bool,
    starts_on: date,
    by: Actor,
    ends_on: date | None = None,
    form_id: UUID | None = None,
) -> TeamMembership:
    """Let *staff* work in *team*, or supervise it, from *starts_on* to *ends_on* (both included). Twice is once.

    DomainError: for oneself (a team opens records), dates that cannot be, in the team already, or the team is closed.
    """
    refuse_own(staff, by)
    if made := made_before(TeamMembership, form_id, staff_id=staff.pk):
        return made
    check_dates(starts_on, ends_on)
    one_at_a_time()
    team.refresh_from_db(fields=["closed_on"])
    if team.closed_on and (ends_on is None or ends_on >= team.closed_on):
        raise DomainError(_("This team is closed then."), "team")
    if overlaps(TeamMembership.objects.filter(staff=staff, team=team, supervises=supervises), starts_on, ends_on):
        raise DomainError(_("They are in this team on some of these days already."), "team")
    row = TeamMembership(
        pk=form_id or new_id(), staff=staff, team=team, supervises=supervises, starts_on=starts_on, ends_on=ends_on
    )
    row.save(force_insert=True)
    write(by, "team_joined", staff, team=team.name, supervises=supervises, starts_on=str(starts_on))
    return row


@transaction.atomic
def leave_team(*, membership: TeamMembership, last_day: date, by: Actor) -> None:
    """Let the membership end with *last_day*; a day before its first takes it back. Leaving twice changes nothing.

    DomainError: a day after the one on which it ends already.
    """
    row = TeamMembership.objects.select_related("staff", "team").filter(pk=membership.pk).first()
    if row is None or row.ends_on == last_day:
        return
    if row.ends_on is not None and last_day > row.ends_on:
        raise DomainError(_("It ends before that day already."), "last_day")
    if last_day < row.starts_on:
        row.delete()
    else:
        row.ends_on = last_day
        row.save(update_fields=["ends_on"])
    write(by, "team_left", row.staff, team=row.team.name, ends_on=str(last_day))
