"""Help where it is needed: one page a screen, written in plain words."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from goldthread.doors.web.entry import StaffRequest, staff_page


@dataclass(frozen=True, slots=True)
class Topic:
    key: str
    title: StrOrPromise
    about: StrOrPromise


TOPICS = {
    topic.key: topic
    for topic in (
        Topic("clients", _("Your list of clients"), _("Find people, narrow the list, keep a view, take it with you.")),
        Topic("record", _("A client's record"), _("The brief, details, circle, and what has changed.")),
        Topic("search", _("Search"), _("What you can type, and why somebody may not be found.")),
        Topic("privacy", _("Who may see what"), _("Roles, relationships, labels, breaking the glass, blocks.")),
        Topic("signing-in", _("Signing in"), _("Passwords, the second step, signing out everywhere.")),
        Topic("settings", _("Setting up the agency"), _("Sites, teams, staff, roles, handing clients over.")),
        Topic("keys", _("Keys and phone"), _("Working without a mouse, on a phone, and with no network.")),
    )
}


@require_GET
@staff_page()
def index(request: StaffRequest) -> HttpResponse:
    """All topics."""
    return render(request, "shell/help.html", {"topics": TOPICS.values()})


@require_GET
@staff_page()
def topic(request: StaffRequest, topic: str) -> HttpResponse:
    """One topic."""
    if topic not in TOPICS:
        raise Http404
    return render(request, f"shell/help/{topic}.html", {"topic": TOPICS[topic], "topics": TOPICS.values()})
