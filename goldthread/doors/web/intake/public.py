"""The public page of a program: no sign-in, no cookie but the one against forged requests, works without scripts, and the same
answer whoever it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from goldthread.casework.intake.actions.public import FIELDS, TooMany, receive
from goldthread.casework.intake.actions.writing import our_calendar
from goldthread.casework.intake.enums import Caller
from goldthread.casework.intake.models import PublicDoor
from goldthread.casework.intake.queries.doors import door_of, numbers_of, open_doors, the_settings
from goldthread.casework.intake.rules.due import answer_by
from goldthread.doors.web.account.address import client_address
from goldthread.doors.web.account.at import actor_at_door, instant_of
from goldthread.doors.web.entry import anyone
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Urgency
from goldthread.foundation.programs.queries import template_on

SALT = "goldthread.intake.ask"
SOONEST = 3
"""Seconds: nobody fills the page in faster; programs do."""
LONGEST = 24 * 3600
TRAP = "website"
"""A field that people do not see. What fills it in is no person, and is answered as if it were one."""


@anyone
@never_cache
@require_GET
def doors(request: HttpRequest) -> HttpResponse:
    """The programs that can be asked for help here."""
    with _speaking(request) as language:
        open_ones = [(door, _words(door, language)) for door in open_doors(actor_at_door(request).today)]
        return _answer(request, "intake/public/doors.html", {"doors": open_ones}, language)


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """The page of one program; sent, it leads to what happens next. A page that is closed looks like one that never was."""
    with _speaking(request) as language:
        door = door_of(key, actor_at_door(request).today)
        if door is None:
            return _answer(request, "intake/public/closed.html", {}, language, status=404)
        if request.method == "GET":
            return _page(request, door, language)
        return _sent(request, door, language)


@anyone
@never_cache
@require_GET
def thanks(request: HttpRequest, key: str) -> HttpResponse:
    """What happens next: by when somebody calls."""
    with _speaking(request) as language:
        door = door_of(key, actor_at_door(request).today)
        if door is None:
            return _answer(request, "intake/public/closed.html", {}, language, status=404)
        urgent = "urgent" in request.GET
        by = _days(request, door)["urgent" if urgent else "routine"]
        return _answer(request, "intake/public/thanks.html", {"door": door, "urgent": urgent, "by": by}, language)


def _sent(request: HttpRequest, door: PublicDoor, language: str) -> HttpResponse:
    sent = request.POST
    led = f"{reverse('intake:thanks', args=[door.program.key])}?language={language}"
    if sent.get("urgency") == Urgency.URGENT:
        led += "&urgent"
    if sent.get(TRAP, "").strip():
        return redirect(led)
    try:
        pk, seconds = _read(sent.get("token", ""), request)
    except signing.BadSignature:
        said = _("This page was open for too long. Please send it once more.")
        return _page(request, door, language, problem=("", said), status=422)
    if seconds < SOONEST:
        said = _("That was very quick. Please look over what you wrote, and send it once more.")
        return _page(request, door, language, problem=("", said), token=sent["token"], status=422)
    try:
        receive(
            pk=pk,
            program=door.program,
            given=_given(request, language),
            digest=_digest(request),
            by=actor_at_door(request),
        )
    except TooMany as error:
        return _page(request, door, language, problem=("", str(error.message)), token=sent["token"], status=429)
    except DomainError as error:
        problem = (error.field or "", str(error.message))
        return _page(request, door, language, problem=problem, token=sent["token"], status=422)
    return redirect(led)


def _given(request: HttpRequest, language: str) -> dict[str, Sequence[str]]:
    sent = request.POST
    given: dict[str, Sequence[str]] = {name: sent.getlist(name) for name in FIELDS if name in sent}
    given["urgency"] = [Urgency.URGENT if sent.get("urgency") == Urgency.URGENT else Urgency.ROUTINE]
    if not sent.get("language"):
        given["language"] = [language]
    return given


def _page(
    request: HttpRequest,
    door: PublicDoor,
    language: str,
    *,
    problem: tuple[str, str] | None = None,
    token: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "door": door,
        "about": _words(door, language),
        "token": token or _token(request),
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
        "callers": [(key, name) for key, name in Caller.choices if key != Caller.SELF],
        "problem": problem,
        "days": _days(request, door),
    }
    return _answer(request, "intake/public/ask.html", context, language, status=status)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], language: str, *, status: int = 200
) -> HttpResponse:
    others = [(code, name, code == language) for code, name in settings.LANGUAGES]
    shared = {"numbers": _numbers(language), "languages": others, "language": language}
    answer = render(request, template, shared | context, status=status)
    answer["Content-Language"] = language
    return answer


def _numbers(language: str) -> list[tuple[str, str]]:
    own = "es" if language == "es" else "en"
    return [(one["number"], one.get(own) or one.get("en", "")) for one in numbers_of(the_settings())]


def _words(door: PublicDoor, language: str) -> str:
    return door.words_es if language == "es" else door.words_en


def _days(request: HttpRequest, door: PublicDoor) -> dict[str, date]:
    """By when somebody calls who asks now, urgently or not."""
    today = actor_at_door(request).today
    rules = [template_on(door.program, today).eligibility]
    calendar = our_calendar(today)
    return {str(one): answer_by(one, today, rules, calendar) for one in (Urgency.URGENT, Urgency.ROUTINE)}


def _token(request: HttpRequest) -> str:
    """When the page was opened, and the id that what is sent from it will have: signed, so that neither can be made up."""
    return signing.dumps([str(new_id()), int(instant_of(request).timestamp())], salt=SALT)


def _read(token: str, request: HttpRequest) -> tuple[UUID, int]:
    """The id, and how many seconds ago the page was opened. BadSignature: made up, or too old."""
    pk, at = signing.loads(token, salt=SALT)
    seconds = int(instant_of(request).timestamp()) - at
    if not 0 <= seconds <= LONGEST:
        raise signing.BadSignature
    return UUID(pk), seconds


def _digest(request: HttpRequest) -> str:
    return salted_hmac(SALT, client_address(request), algorithm="sha256").hexdigest()


class _speaking:
    """The language of a public page in force: the one in its address, else the one the browser asks for. No cookie is set."""

    def __init__(self, request: HttpRequest) -> None:
        known = dict(settings.LANGUAGES)
        asked = request.GET.get("language") or request.POST.get("page_language") or translation.get_language() or "en"
        self.language = asked if asked in known else settings.LANGUAGE_CODE
        self.held = translation.override(self.language)

    def __enter__(self) -> str:
        self.held.__enter__()
        return self.language

    def __exit__(self, *problem: Any) -> None:
        self.held.__exit__(*problem)
