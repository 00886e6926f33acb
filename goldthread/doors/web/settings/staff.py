"""The staff list, and the page of one staff member with everything that can be changed there."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.caseload.queries import counts
from goldthread.casework.intake.actions.leavers import tasks_of_intake
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings import forms
from goldthread.doors.web.settings.saving import done, form_page, saved, sent, tried
from goldthread.foundation.agency.queries import open_sites, open_teams
from goldthread.foundation.workforce import actions, queries
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import RoleAssignment, Staff, TeamMembership
from goldthread.foundation.workforce.notices import tell
from goldthread.people.persons.rules import language_name

PAGE = 50
LEFT = "staff_left"


@staff_page(Act.READ_STAFF)
def staff_list(request: StaffRequest) -> HttpResponse:
    """Who works here: found by text, role, team, site and state, all of it in the address; pages go on after a name."""
    today = request.viewer.today
    asked = {key: request.GET.get(key, "").strip()[:100] for key in ("q", "role", "team", "site", "state")}
    asked["state"] = asked["state"] or "working"
    found = queries.staff_list(
        today=today,
        text=asked["q"],
        role=asked["role"],
        team=_uuid(asked["team"]),
        site=_uuid(asked["site"]),
        state=asked["state"],
    )
    after, after_id = request.GET.get("after", "")[:120], _uuid(request.GET.get("id", ""))
    if after and after_id:
        found = found.filter(Q(name__gt=after) | Q(name=after, pk__gt=after_id))
    rows = list(found[: PAGE + 1])
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("id", None)
    context = {
        "rows": rows[:PAGE],
        "last": rows[PAGE - 1] if len(rows) > PAGE else None,
        "asked": asked,
        "query": query.urlencode(),
        "roles": Role.choices,
        "teams": open_teams(today),
        "sites": open_sites(today),
        "states": [("working", _("Work here")), ("invited", _("Invited")), ("left", _("Left")), ("all", _("All"))],
        "may_edit": gate.may(request.viewer, Act.MANAGE_STAFF),
    }
    return render(request, "settings/staff.html", context)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


HAPPENED = {
    "workforce.added": gettext_lazy("added them to the staff"),
    "workforce.edited": gettext_lazy("changed their entry"),
    "workforce.renamed_oneself": gettext_lazy("changed their own name"),
    "workforce.role_given": gettext_lazy("gave a role"),
    "workforce.role_ended": gettext_lazy("ended a role"),
    "workforce.team_joined": gettext_lazy("put them in a team"),
    "workforce.team_left": gettext_lazy("took them out of a team"),
    "workforce.disabled": gettext_lazy("set the last day"),
    "workforce.enabled": gettext_lazy("let them work here again"),
    "accounts.opened": gettext_lazy("opened the account"),
    "accounts.invited": gettext_lazy("sent an invitation"),
    "accounts.invitation_accepted": gettext_lazy("took up the invitation"),
    "accounts.disabled": gettext_lazy("switched the account off"),
    "accounts.enabled": gettext_lazy("opened the account again"),
}


def told(events: list[Any]) -> list[Any]:
    """*events* with ``words`` for each: what happened, and the role or team it was about."""
    labels = {field.name: field.verbose_name for field in Staff._meta.fields}
    for event in events:
        subject = event.details.get("team") or dict(Role.choices).get(event.details.get("role", ""), "")
        words = HAPPENED.get(event.action, event.action.rsplit(".", 1)[-1].replace("_", " "))
        event.words = f"{words}: {subject}" if subject else str(words)
        changes = event.details.get("changes", {})
        event.changed = [(labels.get(name, name), *pair) for name, pair in changes.items()]
    return events


CASELOAD = {
    "primary": gettext_lazy("as primary worker"),
    "secondary": gettext_lazy("as second worker"),
    "cover": gettext_lazy("to cover"),
}


def with_ends(rows: Iterable[Any], today: date) -> list[Any]:
    """Roles or places in teams, each with ``may_end``: it still holds, or is still to come, and so can be ended (sooner)."""
    found = list(rows)
    for row in found:
        row.may_end = row.ends_on is None or row.ends_on >= today
    return found


@staff_page(Act.READ_STAFF)
def staff(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One staff member: roles and teams by dates, caseload in numbers, and what was changed about them."""
    row = get_object_or_404(Staff.objects.select_related("user", "site"), pk=pk)
    may_edit = gate.may(request.viewer, Act.MANAGE_STAFF)
    load = counts([row.pk], request.viewer.today)[row.pk]
    context: dict[str, Any] = {
        "staff": row,
        "languages": [language_name(one) for one in row.languages],
        "roles": with_ends(row.roles.select_related("site").order_by("-starts_on"), request.viewer.today),
        "memberships": with_ends(row.memberships.select_related("team").order_by("-starts_on"), request.viewer.today),
        "caseload": [(many, CASELOAD[kind]) for kind, many in load.items()],
        "has_load": any(load.values()),
        "may_edit": may_edit,
        "own": row.pk == request.viewer.staff.pk,
        "invited": not row.user.has_usable_password(),
        "may_hand_over": gate.may(request.viewer, Act.HAND_OVER),
        "may_cover": gate.workers(request.viewer, Act.COVER).filter(pk=row.pk).exists(),
        "history": told(queries.history_of(row)) if may_edit else [],
    }
    return render(request, "settings/staff_page.html", context)


@staff_page(Act.MANAGE_STAFF)
def new(request: StaffRequest) -> HttpResponse:
    """Add somebody and send the invitation."""
    form = forms.NewStaffForm(sent(request), initial={"started_on": request.viewer.today})
    if saved(
        form,
        lambda: actions.add_staff(
            **{**form.values, "roles": [Role(role) for role in form.cleaned_data["roles"]]},
            form_id=form.own_id,
            by=request.viewer.actor,
        ),
    ):
        message = _("%s is added and invited by email.") % form.cleaned_data["name"]
        return done(request, message, "settings:staff_page", form.own_id)
    return form_page(
        request, form, title=_("New staff member"), button=_("Add and send invitation"), back="settings:staff"
    )


@staff_page(Act.MANAGE_STAFF)
def edit(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Change name, title, phone, site, languages."""
    row = get_object_or_404(Staff.objects.select_related("site"), pk=pk)
    initial = {"name": row.name, "title": row.title, "phone": row.phone, "site": row.site, "version": row.version}
    initial["languages"] = row.languages
    form = forms.StaffForm(sent(request), initial=initial)
    if saved(
        form,
        lambda: actions.edit_staff(staff=row, values=form.values, version=form.version_seen, by=request.viewer.actor),
        lambda: Staff.objects.get(pk=pk).version,
    ):
        return done(request, _("Saved."), "settings:staff_page", pk)
    return form_page(
        request,
        form,
        title=_("Edit %s") % row.name,
        button=_("Save"),
        back="settings:staff_page",
        back_id=pk,
        back_label=row.name,
    )


@staff_page(Act.MANAGE_STAFF)
def give_role(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Give a role by dates."""
    row = get_object_or_404(Staff, pk=pk)
    form = forms.RoleForm(sent(request), initial={"starts_on": request.viewer.today})
    if saved(
        form,
        lambda: actions.give_role(
            staff=row,
            **{**form.values, "role": Role(form.cleaned_data["role"])},
            form_id=form.own_id,
            by=request.viewer.actor,
        ),
    ):
        return done(request, _("The role is given."), "settings:staff_page", pk)
    title = _("Give %s a role") % row.name
    return form_page(
        request, form, title=title, button=_("Give role"), back="settings:staff_page", back_id=pk, back_label=row.name
    )


@staff_page(Act.MANAGE_STAFF)
def end_role(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a role with a day."""
    row = get_object_or_404(RoleAssignment.objects.select_related("staff"), pk=pk)
    form = forms.LastDayForm(sent(request), initial={"last_day": request.viewer.today})
    if saved(
        form,
        lambda: actions.end_role(assignment=row, last_day=form.cleaned_data["last_day"], by=request.viewer.actor),
    ):
        return done(request, _("The end of the role is set."), "settings:staff_page", row.staff_id)
    title = _("End the role %(role)s of %(name)s") % {"role": row.get_role_display(), "name": row.staff.name}
    return form_page(
        request,
        form,
        title=title,
        button=_("End role"),
        back="settings:staff_page",
        back_id=row.staff_id,
        back_label=row.staff.name,
    )


@staff_page(Act.MANAGE_STAFF)
def join_team(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Put somebody in a team by dates."""
    row = get_object_or_404(Staff, pk=pk)
    form = forms.MembershipForm(sent(request), initial={"starts_on": request.viewer.today})
    if saved(
        form,
        lambda: actions.join_team(staff=row, **form.values, form_id=form.own_id, by=request.viewer.actor),
    ):
        return done(request, _("The team is set."), "settings:staff_page", pk)
    title = _("Put %s in a team") % row.name
    return form_page(
        request, form, title=title, button=_("Put in team"), back="settings:staff_page", back_id=pk, back_label=row.name
    )


@staff_page(Act.MANAGE_STAFF)
def leave_team(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let somebody leave a team with a day."""
    row = get_object_or_404(TeamMembership.objects.select_related("staff", "team"), pk=pk)
    form = forms.LastDayForm(sent(request), initial={"last_day": request.viewer.today})
    if saved(
        form,
        lambda: actions.leave_team(membership=row, last_day=form.cleaned_data["last_day"], by=request.viewer.actor),
    ):
        return done(request, _("The last day in the team is set."), "settings:staff_page", row.staff_id)
    title = _("%(name)s leaves %(team)s") % {"name": row.staff.name, "team": row.team.name}
    return form_page(
        request,
        form,
        title=title,
        button=_("Set last day"),
        back="settings:staff_page",
        back_id=row.staff_id,
        back_label=row.staff.name,
    )


@staff_page(Act.MANAGE_STAFF)
def disable(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let somebody leave. Their open work is counted here; who may see it is told to hand it over."""
    row = get_object_or_404(Staff.objects.select_related("user"), pk=pk)
    form = forms.LeavingForm(sent(request), initial={"last_day": request.viewer.today})
    load = counts([row.pk], request.viewer.today)[row.pk]
    heads = list(queries.supervisors_of(row, request.viewer.today)) or list(
        queries.holders(Role.PROGRAM_MANAGER, request.viewer.today)
    )

    def act() -> None:
        actions.disable_staff(staff=row, last_day=form.cleaned_data["last_day"], by=request.viewer.actor)
        if any(load.values()):
            tell(
                to=heads, kind=LEFT, by=request.viewer.actor, about_staff=row.pk, source_kind="staff", source_id=row.pk
            )

    if saved(form, act):
        return done(request, _("The last day of %s is set.") % row.name, "settings:staff_page", pk)
    return form_page(
        request,
        form,
        title=_("%s leaves") % row.name,
        text=_("Their account, roles and teams end with that day. What they wrote stays."),
        facts=[*_open_work(load, [head.name for head in heads]), *_of_intake(row)],
        button=_("Set last day"),
        back="settings:staff_page",
        back_id=pk,
        back_label=row.name,
    )


def _open_work(load: dict[str, int], heads: list[str]) -> list[str]:
    """What is open, in sentences: how many stay assigned until they are handed over, and who will be told."""
    many = sum(load.values())
    if not many:
        return [_("Nobody is assigned to them.")]
    told = ", ".join(heads) or _("nobody: there is no supervisor and no program manager")
    return [
        _("Assigned to them: %s. They stay so until they are handed over.") % many,
        _("Told to hand them over: %s.") % told,
    ]


def _of_intake(row: Staff) -> list[str]:
    many = tasks_of_intake(row.pk).count()
    said = ngettext(
        "They have %(n)d thing to do for people who asked, wait or were referred elsewhere. It goes to the team the hour after they have left.",
        "They have %(n)d things to do for people who asked, wait or were referred elsewhere. They go to the team the hour after they have left.",
        many,
    )
    return [said % {"n": many}] if many else []


@staff_page(Act.MANAGE_STAFF)
@require_POST
def enable(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Let somebody work here again."""
    row = get_object_or_404(Staff.objects.select_related("user"), pk=pk)
    message = _("The account is open again. Give a role, so that they can open something.")
    tried(request, lambda: actions.enable_staff(staff=row, by=request.viewer.actor), message)
    return redirect("settings:staff_page", pk)


@staff_page(Act.MANAGE_STAFF)
@require_POST
def invite(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Send the invitation again."""
    row = get_object_or_404(Staff.objects.select_related("user"), pk=pk)
    tried(request, lambda: actions.invite_again(staff=row, by=request.viewer.actor), _("A new invitation is sent."))
    return redirect("settings:staff_page", pk)
