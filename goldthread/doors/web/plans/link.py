"""Signing by a link from a mail, without an account: that version and nothing else. A link that is wrong, too old or used looks
like any other that does not work."""

import hashlib
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from goldthread.casework.plans import actions
from goldthread.casework.plans.models import Signature
from goldthread.doors.web.account.at import actor_at_door, instant_of
from goldthread.doors.web.entry import anyone
from goldthread.doors.web.plans.drawing import read_strokes
from goldthread.doors.web.plans.mailing import language_for
from goldthread.doors.web.plans.shown import Seen, Work, document_of
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.queries import template_on


@anyone
@never_cache
@require_http_methods(["GET", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The words that are signed, and below them: sign, or say no with a reason. Opening it changes nothing; the audit log is told."""
    if not AxesProxyHandler.is_allowed(request, _as(token)):
        return render(request, "plans/link_useless.html", {"waits": True}, status=429)
    asked = actions.link_of(token, instant_of(request))
    if asked is None:
        request.axes_path_info = "/sign/"  # type: ignore[attr-defined]  # axes keeps it, and the address holds the secret
        AxesProxyHandler.user_login_failed(get_user_model(), _as(token), request)
        return _useless(request)
    language = language_for(asked.version.plan.person.language)
    with translation.override(language):
        answer = _answer(request, token, asked)
        answer["Content-Language"] = language
        answer["Referrer-Policy"] = "same-origin"  # none at all, and browsers send the form from nowhere: it is refused
        answer["X-Robots-Tag"] = "noindex"
        return answer


def _answer(request: HttpRequest, token: str, asked: Signature) -> HttpResponse:
    if request.method == "GET":
        actions.read_by_link(signature=asked, by=actor_at_door(request))
        return _page(request, asked)
    by, sent = actor_at_door(request), request.POST
    try:
        if "decline" in sent:
            done = actions.decline_by_link(token=token, reason=sent.get("reason", ""), by=by)
        else:
            strokes = read_strokes(sent.get("strokes", ""))
            done = actions.sign_by_link(token=token, typed=sent.get("typed", ""), strokes=strokes, by=by)
    except DomainError as error:
        return _page(request, asked, problem=str(error.message), status=422)
    if done is None:
        return _useless(request)
    return render(request, "plans/link_done.html", {"signed": done.state == "signed"})


def _page(request: HttpRequest, asked: Signature, *, problem: str = "", status: int = 200) -> HttpResponse:
    version, today = asked.version, actor_at_door(request).today
    seen = Seen(version.content, [], {}, Work())
    context: dict[str, Any] = {
        "client": version.plan.person,
        "version": version,
        "plan": version.plan,
        "doc": document_of(seen),
        "rules": template_on(version.plan.episode.program, today),
        "asked": asked,
        "today": today,
        "problem": problem,
        "typed": request.POST.get("typed", ""),
        "reason": request.POST.get("reason", ""),
        "says_no": "decline" in request.POST,
    }
    return render(request, "plans/link.html", context, status=status)


def _useless(request: HttpRequest) -> HttpResponse:
    return render(request, "plans/link_useless.html", {"waits": False}, status=410)


def _as(token: str) -> dict[str, str]:
    """Under which name tries are counted: each token by itself, so that nobody locks others out, all of an address together."""
    return {"email": f"link-{hashlib.sha256(token.encode()).hexdigest()[:24]}"}
