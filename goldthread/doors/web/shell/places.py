"""The navigation: the places a viewer can go, along the side of a desk's screen and along the foot of a phone's.

Equal places look the same: the layout keeps what it has drawn for them (``unchanging``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goldthread.access.acts import Act
from goldthread.access.rules import ways_of
from goldthread.access.viewer import Viewer
from goldthread.foundation.workforce.enums import Role

FOOT = 5
SETTINGS_ACTS = (Act.MANAGE_AGENCY, Act.MANAGE_STAFF, Act.READ_STAFF, Act.READ_POLICY)
NOTICES = "shell:notices"


@dataclass(frozen=True, slots=True)
class Place:
    """One place. ``new``: where something is made; ``last``: it stands at the end; ``count``: what waits there;
    ``more``: the places that *More* opens."""

    name: str
    url: str
    label: str
    icon: str
    new: bool = False
    last: bool = False
    current: bool = False
    count: int = 0
    more: tuple["Place", ...] = ()


def places_for(viewer: Viewer) -> tuple[Place, ...]:
    """The places this viewer can go, in order. Parts that have not come are absent."""
    return _places(viewer.roles, get_language())


def navigation(viewer: Viewer, path: str, notices: int) -> tuple[Place, ...]:
    """The same with the one at *path* marked, and with how many *notices* wait."""
    places = places_for(viewer)
    here = max((place.url for place in places if path.startswith(place.url)), key=len, default="")
    return tuple(
        replace(place, current=place.url == here, count=notices if place.name == NOTICES else 0)
        if place.url == here or place.name == NOTICES
        else place
        for place in places
    )


@lru_cache(maxsize=200)
def _places(roles: frozenset[Role], language: str | None) -> tuple[Place, ...]:
    """What *roles* open, in the *language* in force: worked out once."""

    def granted(*acts: Act) -> bool:
        return any(ways_of(roles, act) for act in acts)

    places = [
        (_place("day:my_day", _("My day"), "sun"), granted(Act.WRITE_TASK)),
        (_place("team:overview", _("Team"), "team"), granted(Act.OVERSEE)),
        (_place("clients:list", _("Clients"), "people"), granted(Act.FIND)),
        (_place("intake:list", _("Inquiries"), "phone"), granted(Act.READ_INQUIRY)),
        (_place("schedule:week", _("Calendar"), "cal"), granted(Act.WRITE_SCHEDULE)),
        (_place("clients:new", _("New"), "plus", new=True), granted(Act.CREATE)),
        (_place("contacts:choose", _("Log"), "plus", new=True), granted(Act.WRITE_CONTACT) and not granted(Act.CREATE)),
        (_place(NOTICES, _("Notices"), "bell"), True),
        (_place("twins:list", _("Doubles"), "pair"), granted(Act.MERGE)),
        (_place("reports:list", _("Safety reports"), "shield"), _see_reports(roles)),
        (_place("shell:help", _("Help"), "help", last=True), True),
        (_place("settings:overview", _("Settings"), "gear"), granted(*SETTINGS_ACTS)),
    ]
    return tuple(place for place, shown in places if shown)


def _see_reports(roles: frozenset[Role]) -> bool:
    """Those who watch over reports, and those who may make one and have no My day on which it would stand."""
    return bool(ways_of(roles, Act.READ_REPORT)) or bool(
        ways_of(roles, Act.MAKE_REPORT) and not ways_of(roles, Act.WRITE_TASK)
    )


def _place(name: str, label: str, icon: str, *, new: bool = False, last: bool = False) -> Place:
    return Place(name, reverse(name), label, icon, new=new, last=last)


def phone_navigation(places: Sequence[Place]) -> tuple[Place, ...]:
    """Five along the foot of a phone at most: the way to make something new in the middle, and *More* when not all fit."""
    new = [place for place in places if place.new]
    others = [place for place in places if not place.new]
    room = FOOT - len(new)
    if len(others) <= room:
        return (*others[:2], *new, *others[2:])
    shown, rest = others[: room - 1], tuple(others[room - 1 :])
    more = Place("", "", _("More"), "dots", current=any(place.current for place in rest), more=rest)
    return (*shown[:2], *new, *shown[2:], more)
