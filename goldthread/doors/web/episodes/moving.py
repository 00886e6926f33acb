"""Moving the clients of a program, which closes, to another one: listed, chosen, said beforehand, confirmed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import on as running_on
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.schedule.actions import move_on
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.episodes.common import sent
from goldthread.doors.web.episodes.forms import MoveForm
from goldthread.doors.web.episodes.reasons import reasons_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import open_programs
from goldthread.people.persons.models import Person

AT_ONCE = 50
"""Episodes that are moved by one press: each takes some hundredths of a second."""
TRANSFERRED = "transferred"
"""The discharge reason that is chosen beforehand, where the program has it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One episode: who is served under it, and by whom."""

    episode: Episode
    people: list[Person]
    workers: list[str]
    chosen: bool


@require_http_methods(["GET", "POST"])
@staff_page(Act.MANAGE_EPISODE)
def move_all(request: StaffRequest, program: UUID) -> HttpResponse:
    """The clients of the program whom the viewer may move. ``episode``: those that are chosen; ``do`` = move: confirmed."""
    viewer = request.viewer
    row = get_object_or_404(Program, pk=program)
    movable = _movable(viewer, row)
    shown, many = movable[:AT_ONCE], len(movable)
    others = [one for one in open_programs(viewer.today) if one.pk != row.pk]
    reasons = reasons_of(row, viewer.today)
    usual = next((key for key, _title in reasons if key == TRANSFERRED), "")
    form = MoveForm(
        sent(request),
        programs=[(str(one.pk), one.name) for one in others],
        reasons=reasons,
        initial={"on": viewer.today, "reason": usual},
    )
    asked = set(request.POST.getlist("episode"))
    chosen = [pk for pk in shown if request.method != "POST" or str(pk) in asked]
    looked = form.is_bound and form.is_valid() and _can_be(form, chosen, viewer.today)
    if looked and request.POST.get("do") == "move":
        to = next(one for one in others if str(one.pk) == form.cleaned_data["to"])
        _move(request, chosen, to, form.cleaned_data)
        return redirect("episodes:move_all", program=row.pk)
    lines = _lines(viewer, shown, set(chosen))
    gate.saw(viewer, {one for line in lines for one in line.people}, "episodes:move_all")
    context = {
        "program": row,
        "form": form,
        "lines": lines,
        "many": many,
        "others": others,
        "looked": len(chosen) if looked else 0,
        "to": next((one for one in others if looked and str(one.pk) == form.cleaned_data["to"]), None),
    }
    return render(request, "episodes/move_all.html", context, status=422 if form.is_bound and not looked else 200)


def _can_be(form: MoveForm, chosen: list[UUID], today: date) -> bool:
    """Is there anybody to move, on a day that has come? What is not so is said before anybody confirms it."""
    if not chosen:
        form.add_error(None, _("Choose at least one."))
    if form.cleaned_data["on"] > today:
        form.add_error("on", _("This day has not come yet."))
    return form.is_valid()


def _move(request: StaffRequest, chosen: Iterable[UUID], to: Program, said: dict[str, Any]) -> None:
    """Each for itself: what stands in one's way keeps nobody else."""
    moved, left = 0, list[str]()
    for episode in Episode.objects.filter(pk__in=list(chosen)).order_by("pk"):
        try:
            moved += bool(
                move_on(episode=episode, program=to, on=said["on"], reason=said["reason"], by=request.viewer.actor)
            )
        except DomainError as error:
            names = ", ".join(_names(episode))
            left.append(_("%(names)s: %(why)s") % {"names": names, "why": error.message})
    if moved:
        text = ngettext("%(n)d moved to %(program)s.", "%(n)d moved to %(program)s.", moved)
        messages.success(request, text % {"n": moved, "program": to.name})
    for one in left:
        messages.error(request, one)


def _names(episode: Episode) -> list[str]:
    rows = EpisodeMember.objects.filter(episode=episode, ends_on__isnull=True).select_related("person")
    return [row.person.display_name for row in rows.order_by("person__sort_key")]


def _movable(viewer: Viewer, program: Program) -> list[UUID]:
    """The open episodes of *program* by their first client's name: those in which the viewer may end for everybody what is,
    and enroll everybody anew. Two queries."""
    rows = EpisodeMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.today),
        episode__program=program,
        episode__discharged_on__isnull=True,
    )
    both = [
        gate.content_in(viewer, act, client="person", episode="episode", labels="episode__labels")
        for act in (Act.MANAGE_EPISODE, Act.ENROL)
    ]
    theirs = set(rows.filter(*both).values_list("pk", flat=True))
    found: dict[UUID, bool] = {}
    for pk, episode in rows.order_by("person__sort_key", "pk").values_list("pk", "episode"):
        found[episode] = found.get(episode, True) and pk in theirs
    return [episode for episode, all_theirs in found.items() if all_theirs]


def _lines(viewer: Viewer, shown: list[UUID], chosen: set[UUID]) -> list[Line]:
    """*shown* (ids of episodes) with clients and workers, in that order. Three queries."""
    episodes = Episode.objects.in_bulk(shown)
    people: dict[UUID, list[Person]] = {}
    members = EpisodeMember.objects.filter(episode__in=shown, ends_on__isnull=True).select_related("person")
    for member in members.order_by("person__sort_key", "pk"):
        people.setdefault(member.episode_id, []).append(member.person)
    workers: dict[UUID, list[str]] = {}
    rows = Assignment.objects.filter(running_on(viewer.today), episode__in=shown, kind=AssignmentKind.PRIMARY)
    for episode, name in rows.order_by("starts_on", "pk").values_list("episode", "staff__name"):
        if episode and name not in workers.setdefault(episode, []):
            workers[episode].append(name)
    return [Line(episodes[pk], people.get(pk, []), workers.get(pk, []), pk in chosen) for pk in shown]
