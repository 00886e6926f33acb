"""What every signed-in page shows around its own content: who looks, the agency's words, the navigation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.shell.guide import topic_of
from goldthread.foundation.agency.queries import client_words
from goldthread.foundation.workforce.queries import unseen_notices

FOOT = 5
SETTINGS_ACTS = (Act.MANAGE_AGENCY, Act.MANAGE_STAFF, Act.READ_STAFF, Act.READ_POLICY)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the layouts. Nobody signed in: only what the door pages need.

    The navigation is worked out when it is shown: fragments show none.
    """
    viewer: Viewer | None = getattr(request, "viewer", None)
    agency = getattr(request, "agency", None)
    if viewer is None or agency is None:
        return {"viewer": None, "agency": agency, "navigation": []}
    places: Any = SimpleLazyObject(lambda: navigation(request, viewer))
    return {
        "viewer": viewer,
        "agency": agency,
        "today": viewer.today,
        "client_word": client_words(agency),
        "navigation": places,
        "phone_navigation": SimpleLazyObject(lambda: phone_navigation(places)),
        "help_topic": topic_of(request),
    }


def navigation(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    """The places this viewer can go, in order; the one they are in is marked. Parts that have not come are absent."""
    may_settings = any(gate.may(viewer, act) for act in SETTINGS_ACTS)
    places = [
        _place("day:my_day", _("My day"), "sun", shown=gate.may(viewer, Act.WRITE_TASK)),
        _place("clients:list", _("Clients"), "people", shown=gate.may(viewer, Act.FIND)),
        _place("schedule:week", _("Calendar"), "cal", shown=gate.may(viewer, Act.WRITE_SCHEDULE)),
        _place("team:overview", _("Team"), "team", shown=gate.may(viewer, Act.OVERSEE)),
        _place("clients:new", _("New"), "plus", shown=gate.may(viewer, Act.CREATE), new=True),
        _place("shell:notices", _("Notices"), "bell", count=SimpleLazyObject(lambda: unseen_notices(viewer.staff))),
        _place("reports:list", _("Safety reports"), "shield", shown=_sees_reports(viewer)),
        _place("shell:help", _("Help"), "help", last=True),
        _place("settings:overview", _("Settings"), "gear", shown=may_settings),
    ]
    shown = [place for place in places if place["shown"]]
    here = max((place["url"] for place in shown if request.path.startswith(place["url"])), key=len, default="")
    return [place | {"current": place["url"] == here} for place in shown]


def _sees_reports(viewer: Viewer) -> bool:
    """Those who watch over reports, and those who may make one and have no My day on which it would stand."""
    return gate.may(viewer, Act.READ_REPORT) or (
        gate.may(viewer, Act.MAKE_REPORT) and not gate.may(viewer, Act.WRITE_TASK)
    )


def _place(name: str, label: str, icon: str, *, shown: bool = True, **more: Any) -> dict[str, Any]:
    return {"url": reverse(name), "label": label, "icon": icon, "shown": shown, **more}


def phone_navigation(places: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Five along the foot of a phone at most: the way to make something new in the middle, and *More* when not all fit."""
    new = [place for place in places if place.get("new")]
    others = [place for place in places if not place.get("new")]
    room = FOOT - len(new)
    if len(others) <= room:
        return [*others[:2], *new, *others[2:]]
    shown, rest = others[: room - 1], others[room - 1 :]
    more = {"more": rest, "label": _("More"), "icon": "dots", "current": any(place["current"] for place in rest)}
    return [*shown[:2], *new, *shown[2:], more]
