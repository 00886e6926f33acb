"""Who may be the person that somebody is typing: a part of the pages on which people are entered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.likely import Answer, likely_clients
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.queries.likely import Typed
from goldthread.people.persons.rules import age_words

LONGEST = 160
PHONES = ("phone", "mobile", "home_phone")


@require_POST
@staff_page(Act.CREATE)
def typed(request: StaffRequest) -> HttpResponse:
    """What is typed comes as a form is sent, for names belong in no address. Nothing is written but the audit log."""
    answer = likely_for(request, typed_in(request.POST))
    return render(request, "twins/typed.html", context_of(request, answer))


def typed_in(sent: Mapping[str, Any]) -> Typed:
    """The fields of a form, by their names on the pages of new clients and of inquiries, as far as they can be read."""

    def said(name: str) -> str:
        return str(sent.get(name, "") or "").strip()[:LONGEST]

    kind, born = said("birth_date_kind"), sent.get("birth_date")
    return Typed(
        given=said("given"),
        family=said("family"),
        middle=said("middle"),
        suffix=said("suffix"),
        preferred=said("preferred"),
        birth_date=born if isinstance(born, date) else _day(said("birth_date")),
        birth_date_kind=kind if kind in DateKind.values else DateKind.EXACT,
        phones=[said(name) for name in PHONES if said(name)],
        emails=[said("email")] if said("email") else [],
        line1=said("line1"),
        line2=said("line2"),
        city=said("city"),
        region=said("region"),
        postal_code=said("postal_code"),
    )


def _day(words: str) -> date | None:
    try:
        return read_date(words, latest=timezone.localdate()) if words else None
    except DomainError:
        return None


def likely_for(request: StaffRequest, typed_so_far: Typed) -> Answer:
    """Who it may be, by what the viewer may find; one line of the audit log for each who is named."""
    answer = likely_clients(request.viewer, typed_so_far)
    if answer.found:
        gate.saw(request.viewer, [likely.person for likely in answer.found], "likely")
    return answer


def context_of(request: StaffRequest, answer: Answer) -> dict[str, Any]:
    """What the part shows."""
    today = request.viewer.today
    shown = [
        {
            "person": likely.person,
            "why": likely.why,
            "strong": likely.strong,
            "line": " · ".join(
                part for part in (age_words(likely.person, today), f"#{likely.person.client_number}") if part
            ),
        }
        for likely in answer.found
    ]
    return {"likely": shown, "outside": answer.outside, "strong": answer.strong}
