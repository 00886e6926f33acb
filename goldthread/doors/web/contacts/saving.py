"""What a page that saves as it is typed is answered."""

from collections.abc import Callable

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from goldthread.casework.record.models import Draft
from goldthread.casework.record.rules import AlreadySigned, DraftConflict
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.lib.errors import DomainError


def kept_as_json(keep: Callable[[], Draft | None], signed: str) -> JsonResponse:
    """Save with *keep* and say so. 409: signed already (it stands at the address *signed*), or changed on another device."""
    try:
        draft = keep()
    except AlreadySigned as error:
        return JsonResponse({"signed": signed, "said": str(error.message)}, status=409)
    except DraftConflict as error:
        said = {"version": error.version, "theirs": error.content, "said": str(error.message)}
        return JsonResponse(said, status=409)
    except DomainError as error:
        return JsonResponse({"said": str(error.message)}, status=422)
    return JsonResponse({"version": draft.version if draft else 0})


def led_to(request: StaffRequest, url: str) -> HttpResponse:
    """Lead to *url*: for htmx by its header, so that the whole page is new."""
    if not request.htmx:
        return redirect(url)
    led = HttpResponse(status=204)
    led["HX-Redirect"] = url
    return led


def number_of(text: str | None) -> int:
    """A version or a stroke; 0 for what is none."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
