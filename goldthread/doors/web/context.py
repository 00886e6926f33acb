"""What every signed-in page shows around its own content: who looks, the agency's words, the navigation."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from goldthread.access.viewer import Viewer
from goldthread.doors.web.shell.guide import topic_of
from goldthread.doors.web.shell.places import Place, navigation, phone_navigation
from goldthread.foundation.agency.queries import client_words
from goldthread.foundation.workforce.queries import unseen_notices


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the layouts. Nobody signed in: only what the door pages need.

    The navigation is worked out when it is shown: fragments show none.
    """
    viewer: Viewer | None = getattr(request, "viewer", None)
    agency = getattr(request, "agency", None)
    if viewer is None or agency is None:
        return {"viewer": None, "agency": agency, "navigation": ()}

    @cache
    def places() -> tuple[Place, ...]:
        return navigation(viewer, request.path, unseen_notices(viewer.staff))

    return {
        "viewer": viewer,
        "reader": viewer.staff.name,
        "agency": agency,
        "today": viewer.today,
        "client_word": client_words(agency),
        "navigation": places,
        "phone_navigation": lambda: phone_navigation(places()),
        "help_topic": topic_of(request),
    }
