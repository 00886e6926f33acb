"""Members of a household's episode: somebody joins, somebody leaves, and either is taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload import actions
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.schedule import actions as schedule
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.episodes.agreed import called_off_words
from goldthread.doors.web.episodes.common import back_to, episode_of, form_page, saved, sent
from goldthread.doors.web.episodes.forms import JoinForm, LeaveForm
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.models import HouseholdMember, Person


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def join(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Somebody of the household is served from a day on. *client* is one who is served already."""
    viewer = request.viewer
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    if episode.household_id is None:
        raise Http404
    people = {str(one.pk): one for one in _who_can_join(viewer, episode)}
    form = JoinForm(
        sent(request),
        people=[(key, one.display_name) for key, one in people.items()],
        initial={"joined_on": viewer.today},
    )

    def act() -> None:
        values = form.values
        person = people[values.pop("person")]
        actions.join(episode=episode, person=person, by=viewer.actor, form_id=form.cleaned_data["form_id"], **values)

    if saved(form, act):
        joined = people[form.values["person"]]
        return back_to(request, client, _("%(name)s joined, with the same workers.") % {"name": joined.display_name})
    if people:
        gate.saw(viewer, people.values(), "episodes:join")
    title = _("Somebody joins %(program)s") % {"program": episode.program}
    if not people:
        context = {"title": title, "tab_title": title, "header": header_of(viewer, client, "programs")}
        return render(request, "episodes/nobody.html", context, status=422 if form.is_bound else 200)
    text = _(
        "The workers of the family work with them from that day on. What is due for each child is due for them, too."
    )
    return form_page(request, client, form, title=title, button=_("Add to the program"), text=text)


@require_http_methods(["GET", "POST"])
@client_page(Act.MANAGE_EPISODE)
def leave(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """*client* leaves, the others of the household go on."""
    viewer = request.viewer
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    member = _place(episode, client, left=False)
    form = LeaveForm(sent(request), initial={"left_on": viewer.today})
    if saved(form, lambda: schedule.leave(member=member, by=viewer.actor, **form.values)):
        return back_to(request, client, _("They left. By mistake? It can be taken back for some days."))
    title = _("%(name)s leaves %(program)s") % {"name": client.display_name, "program": episode.program}
    text = _("The others go on. Workers see this client until the last day; what is due for them alone ends with it.")
    text = " ".join([text, called_off_words(episode, viewer.today, client)]).strip()
    return form_page(request, client, form, title=title, button=_("Leave the program"), text=text)


@require_POST
@client_page(Act.MANAGE_EPISODE)
def undo_join(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """*client* was added by mistake."""
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    member = _place(episode, client, left=False)
    try:
        actions.undo_join(member=member, by=request.viewer.actor)
    except DomainError as error:
        return _refused(request, client, error)
    return back_to(request, client, _("Taken back: they are not in this program."))


@require_POST
@client_page(Act.MANAGE_EPISODE)
def undo_leave(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """*client* did not leave."""
    episode = episode_of(request, client, row, Act.MANAGE_EPISODE)
    member = _place(episode, client, left=True)
    try:
        schedule.undo_leave(member=member, by=request.viewer.actor)
    except DomainError as error:
        return _refused(request, client, error)
    return back_to(request, client, _("Taken back: workers and due dates are as before."))


def _refused(request: StaffRequest, client: Person, error: DomainError) -> HttpResponse:
    messages.error(request, str(error.message))
    return redirect("episodes:of_client", pk=client.pk)


def _place(episode: Episode, client: Person, *, left: bool) -> EpisodeMember:
    """The newest place of *client* in *episode*, a household's; *left*: one that somebody wrote down as left. Otherwise Http404."""
    rows = EpisodeMember.objects.filter(episode=episode, person=client, left_at__isnull=not left)
    found = rows.select_related("episode__program").order_by("-starts_on").first()
    if found is None or episode.household_id is None:
        raise Http404
    return found


def _who_can_join(viewer: Viewer, episode: Episode) -> list[Person]:
    """The clients of the household who are not served yet, and whom the viewer may enroll."""
    served = [one.person_id for one in members_of(episode, viewer.today)]
    places = HouseholdMember.objects.filter(household=episode.household_id, ends_on__isnull=True)
    among = gate.clients(viewer, Act.ENROL).filter(pk__in=places.values("person"), deceased=False)
    return list(among.exclude(pk__in=served).order_by("sort_key", "pk"))
