"""A report begins."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import labels_for
from goldthread.casework.incidents.actions.following import ORAL, SOURCE, WRITTEN, log, put_on_list, tell_ledger
from goldthread.casework.incidents.models import MandatedReport
from goldthread.casework.incidents.notices import tell_of_report
from goldthread.casework.incidents.rules.checks import check_suspicion, check_text
from goldthread.casework.incidents.rules.clocks import clocks_of
from goldthread.casework.incidents.rules.jurisdictions import ruling_for
from goldthread.casework.tasks.actions.evidence import NewEvidence, record_evidence
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.agency.queries import calendar_of
from goldthread.foundation.agency.rules import local_date
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


@transaction.atomic
def start_report(
    *,
    client: Person,
    population: str,
    state: str,
    seen: str,
    suspected_at: datetime,
    agency: Agency,
    by: Actor,
    episode: Episode | None = None,
    contact: UUID | None = None,
    about: str = "",
    about_staff: Staff | None = None,
    labels: int = 0,
    form_id: UUID | None = None,
) -> MandatedReport:
    """Start the report of *by* on *client*: its clocks, its tasks, the notice that there is one. The same *form_id* makes one.

    *about_staff*: whom of the staff it concerns, who is neither told nor allowed to read it; its traces elsewhere are sealed.
    *labels*: of the note that *seen* was taken from. DomainError: nothing seen, or a suspicion that lies in the future.
    """
    if by.staff is None:
        raise ValueError("Somebody reports: a job has no duty to.")
    if made := made_before(MandatedReport, form_id, reporter_id=by.staff, client_id=client.pk):
        return made
    check_suspicion(suspected_at, by.at)
    if about_staff and about_staff.pk == by.staff:
        raise DomainError(_("This is yourself. Ask a colleague to report, or call without this page."), "about_staff")
    zone = agency.time_zone
    day = local_date(suspected_at, zone)
    ruling = ruling_for(state, population, day)
    clocks = clocks_of(ruling, suspected_at, calendar_of(agency, range(day.year, day.year + 2)), zone)
    own = labels_for(episode, labels) if episode else labels
    report = MandatedReport.objects.create(
        id=form_id or new_id(),
        client=client,
        episode=episode,
        contact=contact,
        population=population,
        about=about.strip()[:200],
        state=state,
        ruling=asdict(ruling),
        seen=check_text(seen, "seen", _("Write what you saw or were told, in a sentence at least.")),
        suspected_at=suspected_at,
        reporter_id=by.staff,
        reporter_labels=own | Label.CHILD_WELFARE_REPORTER | (Label.SEALED if about_staff else 0),
        about_staff=about_staff,
        oral_due_at=clocks.oral,
        written_due_at=clocks.written,
        internal_due_at=clocks.internal,
        made_at=by.at,
        labels=own,
    )
    put_both_on_list(report, zone, by)
    if tell_of_report(report, by):
        report.told_at = by.at
        report.save(update_fields=["told_at"])
    tell_ledger(report, by)
    prove(report, zone, by)
    log(report, "reports.started", by, population=population, state=state)
    return report


def put_both_on_list(report: MandatedReport, zone: str, by: Actor) -> None:
    """The call and the written report, as tasks of the reporter."""
    put_on_list(report, ORAL, _("Safety report: call it in"), report.oral_due_at, zone, by)
    put_on_list(report, WRITTEN, _("Safety report: send the written report"), report.written_due_at, zone, by)


def prove(report: MandatedReport, zone: str, by: Actor) -> None:
    """It is an incident of the episode, for the rules that ask what is done after one."""
    day = local_date(report.suspected_at, zone)
    if report.episode is None or day < report.episode.enrolled_on:
        return
    item = NewEvidence(
        kind=EventKind.INCIDENT,
        episode=report.episode,
        person=report.client,
        happened_on=day,
        happened_at=report.suspected_at,
        labels=report.reporter_labels,
    )
    record_evidence(source_kind=SOURCE, source_id=report.pk, items=[item], by=by)
