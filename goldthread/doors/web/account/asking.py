"""How somebody who is not (or no longer) signed in is asked to sign in, without losing where they were or what they typed."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

KEPT = "kept"
KEPT_AT_MOST = 200_000
"""Characters of a form that are kept while its writer signs in again."""
KEPT_FOR = 3600
NOT_KEPT = {"csrfmiddlewaretoken"}


def answer_anywhere(request: HttpRequest, url: str) -> HttpResponse:
    """Send the whole browser window to *url*, also when only a part of the page was asked for."""
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(url)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = url
    return answer


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, which says why, and from there back to where the person was.

    A form that was just sent is kept in the new, still anonymous session (only when a session of ours had ended: a
    stranger cannot fill the table), and offered to its writer after signing in. Files that were chosen cannot be kept.
    """
    back = place_of(request)
    ended = getattr(request, "ended", None)
    if request.method == "POST" and ended and keep(request):
        back = reverse("account:kept") + "?" + urlencode({"from": back})
    query = {"next": back} | ({"why": ended.value} if ended else {})
    return answer_anywhere(request, f"{reverse('account_login')}?{urlencode(query)}")


def place_of(request: HttpRequest) -> str:
    """The page the person looks at: for a part of a page, and for a form, the page around it."""
    around = request.headers.get("HX-Current-URL", "")
    if request.method != "GET" and not around:
        around = request.headers.get("Referer", "")
    parts = urlsplit(around)
    if parts.path and parts.netloc in ("", request.get_host()):
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path() if request.method == "GET" else "/"


def keep(request: HttpRequest) -> bool:
    """Keep the sent form in the session. False when it is too long."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    if not fields or sum(len(str(value)) for _name, value in fields) > KEPT_AT_MOST:
        return False
    request.session.set_expiry(KEPT_FOR)
    request.session[KEPT] = {
        "user": getattr(request, "session_owner", None),
        "path": request.get_full_path(),
        "fields": fields,
    }
    return True


def take_kept(request: HttpRequest) -> dict[str, Any] | None:
    """The form that was kept, when it is this person's own."""
    kept: dict[str, Any] | None = request.session.get(KEPT)
    if kept and kept["user"] == str(request.user.pk):
        return kept
    return None
