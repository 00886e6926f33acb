"""Facts written down, corrected, ended, opened again, taken back: in place with htmx, on pages of their own without."""

from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.intake.tasks import ranks_follow
from goldthread.doors.web.clients.forms.base import RecordForm
from goldthread.doors.web.entry import StaffRequest, client_page, page_of
from goldthread.doors.web.facts.answers import differences, form_page, saved
from goldthread.doors.web.facts.forms import ALL, EndForm, FactForm, MistakenForm, shown
from goldthread.doors.web.facts.views import known_kind, place_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.addresses import address
from goldthread.foundation.ui.toasts import tell
from goldthread.people.facts import actions
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import words_of
from goldthread.people.persons.models import Person


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_FACT)
def add(request: StaffRequest, client: Person, kind: str) -> HttpResponse:
    """The form of a new fact of *kind*."""
    known = known_kind(kind)
    by = request.viewer.actor
    labelled = _labelled(request.viewer, client)
    form = FactForm(
        _sent(request), kind=known, labelled=labelled, initial={"said_by": SaidBy.CLIENT, "said_on": by.today}
    )

    def act() -> None:
        chosen = form.cleaned_data.get("episode", ALL)
        episode = next((one for one in labelled if str(one.pk) == chosen), None)
        actions.state_fact(
            person=client,
            kind=known,
            value=form.value,
            labels=episode.labels if episode else 0,
            episode_id=episode.pk if episode else None,
            form_id=form.cleaned_data["form_id"],
            by=by,
            **form.said,
        )

    if _done(form, act):
        return saved(request, client, known)
    title = _("Add: %(kind)s") % {"kind": FactKind(known).label}
    return form_page(request, client, known, form, title)


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_FACT)
def correct(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that puts another statement in the place of one. Who comes second is shown what it says now, and keeps what they typed."""
    fact = _fact(request, client, row)
    title = _("Correct: %(kind)s") % {"kind": FactKind(fact.kind).label}
    if request.method == "GET":
        form = FactForm(kind=fact.kind, correcting=True, initial=shown(fact))
        return form_page(request, client, fact.kind, form, title, mistaken_url=_url("mistaken", client, fact))
    form = FactForm(request.POST, kind=fact.kind, correcting=True)
    if not form.is_valid():
        return form_page(request, client, fact.kind, form, title)
    seen = copy(fact)
    seen.ends_on = _day(form.cleaned_data["ended"])
    try:
        actions.correct_fact(
            fact=seen,
            value=form.value,
            reason=form.cleaned_data["why"],
            form_id=form.cleaned_data["form_id"],
            by=request.viewer.actor,
            **form.said,
        )
    except DomainError as error:
        now = _now(request, client, fact)
        if error.field or now is None:
            form.refuse(error)
            return form_page(request, client, fact.kind, form, title)
        return _overtaken(request, client, form, now, title)
    return saved(request, client, fact.kind)


def _overtaken(request: StaffRequest, client: Person, form: FactForm, now: Fact, title: str) -> HttpResponse:
    """What was typed, on top of what *now* says."""
    sent: Any = form.data
    renewed = sent.copy()
    renewed["ended"] = now.ends_on.isoformat() if now.ends_on else ""
    form.data = renewed
    return form_page(
        request,
        client,
        now.kind,
        form,
        title,
        status=409,
        form_url=_url("correct", client, now),
        conflicts=differences(form, shown(now), now),
    )


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_FACT)
def end(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that ends a fact: it held until then."""
    fact = _fact(request, client, row)
    by = request.viewer.actor
    form = EndForm(_sent(request), initial={"ends_on": by.today})
    form.says = words_of(fact.kind, fact.value)
    if _done(form, lambda: actions.end_fact(fact=fact, by=by, **form.values)):
        tell(request, _("Ended."), undo=_url("reopen", client, fact))
        return saved(request, client, fact.kind)
    title = _("End: %(kind)s") % {"kind": FactKind(fact.kind).label}
    return form_page(request, client, fact.kind, form, title, button=_("End it"))


@require_POST
@client_page(Act.WRITE_FACT)
def reopen(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """Take back the ending."""
    fact = _fact(request, client, row)
    try:
        again = actions.reopen_fact(fact=fact, by=request.viewer.actor)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        if again.ends_on:
            messages.error(request, _("Something else is written down for these days. Only one can hold at a time."))
        else:
            ranks_follow(client.pk)
            messages.success(request, _("It holds again."))
    return redirect(place_of(client, fact.kind))


@require_http_methods(["GET", "POST"])
@client_page(Act.WRITE_FACT)
def mistaken(request: StaffRequest, client: Person, row: UUID) -> HttpResponse:
    """The form that takes a fact back: it was never true."""
    fact = _fact(request, client, row)
    form = MistakenForm(_sent(request))
    if _done(form, lambda: actions.mark_mistaken(fact=fact, by=request.viewer.actor, **form.values)):
        messages.success(request, _("Taken back. It stays in the history."))
        return saved(request, client, fact.kind)
    title = _("Written down by mistake: %(words)s") % {"words": words_of(fact.kind, fact.value)}
    return form_page(request, client, fact.kind, form, title, button=_("Take it back"))


def _sent(request: StaffRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _done(form: RecordForm, act: Any) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except DomainError as error:
        form.refuse(error)
        return False
    return True


def _fact(request: StaffRequest, client: Person, pk: UUID) -> Fact:
    """The fact *pk* of *client* when its labels are cleared; otherwise Http404."""
    seen = gate.content(request.viewer, client, Act.WRITE_FACT, episode="episode_id")
    fact = Fact.objects.filter(seen, person=client, pk=pk).first()
    if fact is None:
        gate.refuse(request.viewer, Act.WRITE_FACT, client.pk, why="label", page=page_of(request))
        raise Http404
    return fact


def _now(request: StaffRequest, client: Person, fact: Fact) -> Fact | None:
    """What stands today in the place of *fact*; None: it was taken back."""
    found: Fact | None = _fact(request, client, fact.pk)
    while found and not found.current:
        found = Fact.objects.filter(replaces=found).first()
    return found


def _labelled(viewer: Viewer, client: Person) -> list[Episode]:
    """The programs under a label, in which the viewer may write facts."""
    sight = gate.sight(viewer, client, Act.WRITE_FACT)
    rows = open_episodes(client, viewer.today)
    return [one for one in rows if one.labels and sight.sees_episode(one.pk, one.labels)]


def _url(name: str, client: Person, fact: Fact) -> str:
    return address(f"facts:{name}", client.pk, fact.pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
