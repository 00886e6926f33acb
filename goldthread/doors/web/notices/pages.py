"""The notices of whoever is signed in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.contacts.models import Contact
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.workforce import queries
from goldthread.foundation.workforce.models import Notice, Staff
from goldthread.foundation.workforce.notices import mark_seen

PAGE = 30
WORDS: dict[str, StrOrPromise] = {
    "inquiry_urgent": _("Somebody asks for help, and it is urgent"),
    "offer_lapsed": _("Nobody answered an offered place in time: they wait on, and somebody is to call"),
    "offer_accepted": _("An offered place was accepted: enroll them"),
    "glass_broken": _("%(who)s broke the glass to open a record"),
    "block_tried": _("%(who)s tried to open the record of somebody they are blocked from"),
    "block_set": _("%(who)s was blocked from a record"),
    "block_lifted": _("The block of %(who)s from a record was lifted"),
    "staff_left": _("%(who)s leaves, and people are still assigned to them"),
    "cover_arranged": _("%(who)s is away: a colleague looks after the clients"),
    "handed_over": _("Clients were handed over to you"),
    "cosign_waiting": _("%(who)s signed a note that waits for your co-signature"),
    "cosign_group": _("%(who)s signed the notes of a group, which wait for your co-signature"),
    "note_returned": _("A note of yours came back with a comment"),
    "note_voided": _("%(who)s voided a signed note: it counts for nothing any more"),
    "report_started": _("A safety report was started. The duty stays with whoever reports"),
    "report_closed": _("Somebody closed a safety report: it was started by mistake, they say. Read why"),
    "report_taken_up": _("A safety report that was closed as a mistake is taken up again"),
    "appointment_given": _("%(who)s put you on an appointment"),
    "appointment_moved": _("%(who)s changed an appointment of yours"),
    "safety_answer": _("An answer that %(who)s was given asks for a safety check now"),
    "appointment_off": _("%(who)s called an appointment of yours off, or took you off it"),
    "discharge_waiting": _("%(who)s signed a discharge that waits for a second pair of eyes"),
    "discharge_returned": _("A discharge of yours came back with a comment"),
    "client_died": _("Somebody you work with has died. %(who)s wrote it down"),
    "instrument_renewed": _("A newer version of an instrument came with an update, and is asked from now on"),
    "audit_unsealed": _("The audit log was not sealed in time"),
}
LOOKS = {
    "inquiry_urgent": ("phone", "red"),
    "offer_lapsed": ("hour", "amber"),
    "offer_accepted": ("check", "blue"),
    "glass_broken": ("glass", "red"),
    "block_tried": ("shield", "red"),
    "block_set": ("shield", "amber"),
    "block_lifted": ("shield", "amber"),
    "staff_left": ("move", "amber"),
    "cover_arranged": ("swap", "blue"),
    "handed_over": ("move", "blue"),
    "cosign_waiting": ("note", "amber"),
    "cosign_group": ("people", "amber"),
    "note_returned": ("undo", "amber"),
    "note_voided": ("x", "amber"),
    "report_started": ("shield", "red"),
    "report_closed": ("shield", "amber"),
    "report_taken_up": ("shield", "red"),
    "appointment_given": ("cal", "blue"),
    "appointment_moved": ("cal", "amber"),
    "appointment_off": ("cal", "amber"),
    "safety_answer": ("shield", "red"),
    "discharge_waiting": ("out", "amber"),
    "discharge_returned": ("undo", "amber"),
    "client_died": ("heart", "amber"),
    "instrument_renewed": ("doc", "blue"),
}
"""The drawing and the tone of each kind."""


@staff_page()
def notices(request: StaffRequest) -> HttpResponse:
    """The newest notices first, with the names that this viewer may see."""
    viewer = request.viewer
    rows: list[Any] = list(
        queries.notices_of(viewer.staff, before=_uuid(request.GET.get("before", "")), limit=PAGE + 1)
    )
    shown = rows[:PAGE]
    who = dict(Staff.objects.filter(pk__in={row.about_staff for row in shown}).values_list("pk", "name"))
    asked = {row.about_person for row in shown if row.about_person}
    seen = {person.pk: person for person in gate.clients(viewer, Act.READ).filter(pk__in=asked)} if asked else {}
    readable = _readable(viewer, shown)
    for row in shown:
        row.words = WORDS.get(row.kind, _("Something happened")) % {"who": who.get(row.about_staff, _("Somebody"))}
        row.icon, row.tone = LOOKS.get(row.kind, ("alert", "amber"))
        row.person = seen.get(row.about_person)
        row.readable = row.source_id in readable
        row.opens = opens(viewer, row)
    if seen:
        gate.saw(viewer, seen.values(), "notices")
    context = {
        "notices": shown,
        "fresh": any(row.seen_at is None for row in shown),
        "more": shown[-1].pk if len(rows) > PAGE else None,
    }
    return render(request, "notices/notices.html", context)


def opens(viewer: Viewer, row: Notice) -> tuple[str, StrOrPromise] | None:
    """The page on which what happened can be looked into, and what to do there; None where this viewer may not."""
    ways = {
        "inquiry_urgent": (
            Act.READ_INQUIRY,
            reverse("intake:one", args=[row.source_id]) if row.source_id else "",
            _("Open it"),
        ),
        "offer_lapsed": (Act.READ_INQUIRY, _place(row), _("Open it")),
        "offer_accepted": (Act.READ_INQUIRY, _place(row), _("Open it")),
        "glass_broken": (Act.REVIEW_GLASS, reverse("audit:glass"), _("Review it")),
        "block_tried": (
            Act.READ_WORKER_AUDIT,
            reverse("audit:worker", args=[row.about_staff]) if row.about_staff else "",
            _("See what they looked at"),
        ),
        "block_set": (Act.SEE_WHO_SAW, _blocks_of(row), _("See the blocks")),
        "block_lifted": (Act.SEE_WHO_SAW, _blocks_of(row), _("See the blocks")),
        "staff_left": (Act.HAND_OVER, f"{reverse('settings:hand_over')}?from={row.about_staff}", _("Hand over")),
        "cover_arranged": (Act.COVER, reverse("episodes:cover"), _("See the days")),
        "handed_over": (Act.READ_EPISODE, _hand_over(row), _("Read the hand-over")),
        "cosign_waiting": (Act.COSIGN_CONTACT, reverse("contacts:to_cosign"), _("Read and co-sign")),
        "cosign_group": (Act.COSIGN_CONTACT, reverse("contacts:to_cosign"), _("Read and co-sign")),
        "note_returned": (
            Act.WRITE_CONTACT,
            reverse("contacts:read", args=[row.about_person, row.source_id])
            if row.about_person and row.source_id
            else "",
            _("Read it"),
        ),
        "note_voided": (Act.READ_RECORD, _note(row), _("Read why")),
        "report_started": (Act.READ_REPORT, reverse("reports:list"), _("See the reports")),
        "report_closed": (Act.READ_REPORT, reverse("reports:list"), _("See the reports")),
        "report_taken_up": (Act.READ_REPORT, reverse("reports:list"), _("See the reports")),
        "appointment_given": (Act.WRITE_SCHEDULE, _appointment(row), _("See it")),
        "appointment_moved": (Act.WRITE_SCHEDULE, _appointment(row), _("See it")),
        "safety_answer": (
            Act.READ_RECORD,
            reverse("assessments:read", args=[row.about_person, row.source_id])
            if row.about_person and row.source_id
            else "",
            _("Read it"),
        ),
        "appointment_off": (Act.WRITE_SCHEDULE, reverse("schedule:week"), _("See your calendar")),
        "instrument_renewed": (
            Act.MANAGE_INSTRUMENTS,
            reverse("instruments:preview", args=[row.source_id]) if row.source_id else "",
            _("See what it asks"),
        ),
        "audit_unsealed": (Act.READ_JOBS, reverse("settings:jobs"), _("See failed jobs")),
    }
    act, url, words = ways.get(row.kind, (None, "", ""))
    return (url, words) if act and url and gate.may(viewer, act) else None


def _place(row: Notice) -> str:
    return reverse("intake:place", args=[row.source_id]) if row.source_id else ""


def _readable(viewer: Viewer, rows: list[Any]) -> set[UUID]:
    """Of the notes that were voided, those that the viewer may read: whoever is told need not be cleared for their program."""
    asked = [row.source_id for row in rows if row.kind == "note_voided"]
    if not asked:
        return set()
    may_see = gate.content_in(viewer, Act.READ_RECORD, client="person")
    return set(Contact.objects.filter(may_see, pk__in=asked).values_list("pk", flat=True))


def _note(row: Notice) -> str:
    """The note that was voided; empty where this viewer may not read it."""
    return reverse("contacts:read", args=[row.about_person, row.source_id]) if getattr(row, "readable", False) else ""


def _hand_over(row: Notice) -> str:
    """The hand-over page of one client; of several, the list of one's own clients."""
    if row.about_person and row.source_id:
        return reverse("episodes:hand_over", args=[row.about_person, row.source_id])
    return f"{reverse('clients:list')}?whose=mine"


def _appointment(row: Notice) -> str:
    """The appointment; where the notice names no client, the day of it in one's own calendar."""
    if getattr(row, "person", None) and row.source_id:
        return reverse("schedule:one", args=[row.about_person, row.source_id])
    return reverse("schedule:own", args=[row.source_id]) if row.source_id else reverse("schedule:week")


def _blocks_of(row: Any) -> str:
    """The page of the client's blocks; empty where this viewer may not know whose it is."""
    return reverse("audit:who_saw", args=[row.person.pk]) if getattr(row, "person", None) else ""


@staff_page()
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Mark one notice (``notice``), or all of them, as seen."""
    mark_seen(staff=request.viewer.staff, by=request.viewer.actor, notice=_uuid(request.POST.get("notice", "")))
    return redirect("shell:notices")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
