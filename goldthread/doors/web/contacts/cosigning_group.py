"""The notes of one group on one page: read each, co-sign them all in one go, or return one with a comment."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.contacts.actions import cosigning
from goldthread.casework.contacts.enums import ACTIVITIES
from goldthread.casework.contacts.models import Addendum, Contact
from goldthread.doors.web.contacts.cosigning import waiting_for
from goldthread.doors.web.contacts.note import others_of, title_of, way_of
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Activity
from goldthread.foundation.ui.toasts import tell


@dataclass(frozen=True, slots=True)
class Card:
    """What one client's note says beyond what all of them say."""

    contact: Contact
    narrative: str
    own_part: str
    activities: list[tuple[StrOrPromise, int]]
    addenda: list[Addendum]
    comment: str
    """What was typed to return it."""


@require_http_methods(["GET", "POST"])
@staff_page(Act.COSIGN_CONTACT)
def cosign_group(request: StaffRequest, group: UUID) -> HttpResponse:
    """The notes of *group* that wait for the viewer. ``do``: cosign (``note``: all that were shown), or return (one, ``comment``)."""
    found = _waiting(request, group)
    if request.method != "POST":
        return _page(request, found) if found else redirect("contacts:to_cosign")
    try:
        _do(request, group, found)
    except DomainError as error:
        return _page(request, _waiting(request, group), str(error.message))
    left = waiting_for(request.viewer).filter(group=group).exists()
    return redirect("contacts:cosign_group", group) if left else redirect("contacts:to_cosign")


def _do(request: StaffRequest, group: UUID, found: list[Contact]) -> None:
    """Only what the viewer may see is signed or returned, and only what stood on the page."""
    asked = [one for one in found if str(one.pk) in request.POST.getlist("note")]
    if len(asked) != len(set(request.POST.getlist("note"))):
        raise DomainError(_("Somebody else was faster: this is what still waits."))
    if request.POST.get("do") == "return":
        if len(asked) != 1:
            raise Http404
        cosigning.send_back(contact=asked[0], comment=request.POST.get("comment", ""), by=request.viewer.actor)
        tell(request, _("Returned with your comment."))
        return
    signed = cosigning.cosign_group(group=group, notes=[one.pk for one in asked], by=request.viewer.actor)
    said = ngettext("%(n)d note is co-signed.", "%(n)d notes are co-signed.", len(signed))
    tell(request, said % {"n": len(signed)})


def _waiting(request: StaffRequest, group: UUID) -> list[Contact]:
    """By client; what was signed anew after it came back among them."""
    rows = waiting_for(request.viewer).filter(group=group).order_by("person__sort_key", "pk")
    return list(rows.prefetch_related("people__person", "activities", "addenda__staff"))


def _page(request: StaffRequest, found: list[Contact], wrong: str = "") -> HttpResponse:
    viewer = request.viewer
    if not found:
        raise Http404
    gate.read_together(viewer, [one.person for one in found], "contacts:cosign_group")
    first = next((one for one in found if not one.attempted), found[0])
    returning = request.POST.get("note", "") if request.POST.get("do") == "return" else ""
    context = {
        "first": first,
        "group": first.group,
        "title": title_of(first),
        "way": way_of(first.mode, first.place),
        "people": others_of(viewer, first),
        "cards": [
            _card(one, first.narrative, request.POST.get("comment", "") if str(one.pk) == returning else "")
            for one in found
        ],
        "activities": _activities(first),
        "came": sum(not one.attempted for one in found),
        "wrong": wrong,
    }
    return render(request, "contacts/cosign_group.html", context, status=422 if wrong else 200)


def _card(contact: Contact, shared: str, comment: str) -> Card:
    own = next((row.own_part for row in contact.people.all() if row.client and row.person_id == contact.person_id), "")
    return Card(
        contact=contact,
        narrative="" if contact.narrative == shared else contact.narrative,
        own_part=own,
        activities=_activities(contact),
        addenda=sorted(contact.addenda.all(), key=lambda one: (one.at, one.pk)),
        comment=comment,
    )


def _activities(contact: Contact) -> list[tuple[StrOrPromise, int]]:
    minutes = {row.activity: row.minutes for row in contact.activities.all()}
    return [(ACTIVITIES[one], minutes[one.value]) for one in Activity if one.value in minutes]
