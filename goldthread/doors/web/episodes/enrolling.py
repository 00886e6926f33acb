"""Enrolling: one page, six fields at most."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.aftercare.queries import back_in_time
from goldthread.casework.caseload.queries import primary_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import episodes_of
from goldthread.casework.intake.actions.enrolling import enrol_clients
from goldthread.doors.web.clients.circle import team_of, workers_for, workers_on
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.episodes.common import back_to, form_page, saved, sent
from goldthread.doors.web.episodes.forms import EnrollForm
from goldthread.doors.web.intake.full import full_words, taken_up
from goldthread.foundation.agency.models import Team
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import open_programs
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Household, HouseholdMember, Person


@require_http_methods(["GET", "POST"])
@client_page(Act.ENROL)
def enroll(request: StaffRequest, client: Person) -> HttpResponse:
    """Enroll the client, or with them others of the household."""
    viewer = request.viewer
    programs = {str(program.pk): program for program in open_programs(viewer.today)}
    household, others = others_of(viewer, client)
    form = EnrollForm(
        sent(request),
        programs=[(key, program.name) for key, program in programs.items()],
        members=[(str(one.pk), one.display_name) for one in [client, *others]],
        workers=workers_for(client, viewer.today),
        initial={"enrolled_on": viewer.today, "members": [str(client.pk)], "program": request.GET.get("program", "")}
        | suggested(viewer, client, request.GET.get("program", "")),
    )
    chosen = programs.get(request.POST.get("program", "") or request.GET.get("program", ""))
    if chosen and taken_up(chosen, viewer.today) and gate.may(viewer, Act.MANAGE_EPISODE):
        form.ask_why_over()
    made: list[Episode] = []

    def act() -> None:
        values = form.values
        chosen = set(values.get("members") or [str(client.pk)])
        together = [one for one in [client, *others] if str(one.pk) in chosen]
        program = programs[values["program"]]
        episode = enrol_clients(
            program=program,
            why_over=values.get("why_over", ""),
            may_exceed=gate.may(viewer, Act.MANAGE_EPISODE),
            **served(program, client, household, together),
            **workers(viewer, program, values),
            enrolled_on=values["enrolled_on"],
            referred_on=values["referred_on"],
            by=viewer.actor,
            form_id=form.cleaned_data["form_id"],
        )
        if episode.continues_id:
            made.append(episode)

    with transaction.atomic():
        done = saved(form, act)
    if done and made and gate.clients(viewer, Act.READ_RECORD).filter(pk=client.pk).exists():
        return redirect("aftercare:back", pk=client.pk, episode=made[0].pk)
    if done:
        return back_to(request, client, _("Enrolled in %(program)s.") % {"program": programs[form.values["program"]]})
    if others:
        gate.saw(viewer, others, "episodes:enroll")
    text = (
        were_here(viewer, client) if programs else _("No program is open. An administrator opens one in the settings.")
    )
    full = full_words(viewer, chosen, page_of(request)) if chosen else ""
    return form_page(request, client, form, title=_("Enroll in a program"), button=_("Enroll"), text=text, full=full)


def suggested(viewer: Viewer, client: Person, program: str) -> dict[str, Any]:
    """Who comes back gets the worker of before, if the viewer may know of that, and the worker still takes clients."""
    before = next((one for one in known_before(viewer, client) if str(one.program_id) == program), None)
    worker = primary_of(before, before.discharged_on) if before and before.discharged_on else None
    return {"staff": str(worker.pk)} if worker and worker.pk in dict(workers_on(viewer.today)) else {}


def known_before(viewer: Viewer, client: Person) -> list[Episode]:
    """The episodes of *client* that have ended and of which the viewer may know, latest first."""
    known = gate.content(viewer, client, Act.READ_EPISODE, episode="pk")
    return list(episodes_of(client).filter(known, discharged_on__isnull=False).order_by("-discharged_on", "-pk"))


def were_here(viewer: Viewer, client: Person) -> str:
    """Where the client has been before, in one sentence each; what goes on and what begins anew."""
    rows = known_before(viewer, client)
    in_time = {one.pk for one in back_in_time(client, rows, viewer.today).values()}
    said = []
    for one in rows[:5]:
        words = {"program": one.program.name, "first": _day(one.enrolled_on), "last": _day(one.discharged_on)}
        again = _("Was in %(program)s from %(first)s to %(last)s: enrolled there again today, that goes on.")
        before = _("Was in %(program)s from %(first)s to %(last)s.")
        said.append((again if one.pk in in_time else before) % words)
    return " ".join(said)


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def others_of(viewer: Viewer, client: Person) -> tuple[Household | None, list[Person]]:
    """The client's household, and the other clients in it whom the viewer may enroll."""
    place = (
        HouseholdMember.objects.filter(person=client, ends_on__isnull=True)
        .select_related("household")
        .order_by("-starts_on", "pk")
        .first()
    )
    if place is None:
        return None, []
    places = HouseholdMember.objects.filter(household=place.household_id, ends_on__isnull=True).exclude(person=client)
    among = gate.clients(viewer, Act.ENROL).filter(pk__in=places.values("person"), deceased=False)
    return place.household, list(among.order_by("sort_key", "pk"))


def served(program: Program, client: Person, household: Household | None, together: list[Person]) -> dict[str, Any]:
    """Who the episode is of: a household where the program serves households, else the one client."""
    if household and (program.unit == "household" or len(together) > 1):
        return {"household": household, "members": together}
    return {"person": client}


def workers(viewer: Viewer, program: Program, values: dict[str, Any]) -> dict[str, Any]:
    """The worker who was chosen, in the program's team where they work in it, else in their own."""
    staff = Staff.objects.filter(pk=values["staff"]).first() if values["staff"] else None
    return {"staff": staff, "team": team_for(viewer, staff, program.team), "cosign": values["cosign"]}


def team_for(viewer: Viewer, staff: Staff | None, team: Team | None) -> Team | None:
    """*team* when *staff* works in it today, or when nobody is named; else the team in which they work."""
    if staff is None or (team and team.pk in teams_of(viewer, staff)):
        return team
    return team_of(staff, viewer.today) or team


def teams_of(viewer: Viewer, staff: Staff) -> set[UUID]:
    """The ids of the teams in which *staff* is today."""
    places = staff.memberships.filter(starts_on__lte=viewer.today).exclude(ends_on__lt=viewer.today)
    return set(places.values_list("team_id", flat=True))
