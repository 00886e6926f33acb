"""Querysets that depend on who looks, compiled once for each kind of viewer instead of at each use (ADR 14).

The words of such a statement depend on little: which roles are held, whether there are teams, blocks, broken glass. So it
is built for somebody of the same kind of whom only that is known, and asked with what is true of the viewer at hand.
"""

from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.compiled import Compiled, Given, GivenIds, Part

Row = TypeVar("Row")
Kind = tuple[Hashable, ...]


class AskedBy(Generic[Row]):
    """``build(viewer, *more)`` makes the queryset for a viewer who is known by kind alone: their fields are Givens. *more*: what
    else the words of the statement depend on."""

    def __init__(self, build: Callable[..., "QuerySet[Any, Row]"]) -> None:
        self._build = build
        self._kept: dict[Kind, Compiled[Row]] = {}

    def ask(self, viewer: Viewer, *more: Hashable, **given: Any) -> list[Row]:
        """The rows of now, for *viewer*; *given* in place of each other Given."""
        return self._for(viewer, more).ask(**values_of(viewer), **given)

    def part(self, viewer: Viewer, *more: Hashable) -> Part:
        """The query for *viewer*, as a part of another."""
        return self._for(viewer, more).part(**values_of(viewer))

    def _for(self, viewer: Viewer, more: Kind) -> Compiled[Row]:
        key = (*kind_of(viewer), *more)
        if key not in self._kept:
            stand_in = standing_in(viewer)
            self._kept[key] = Compiled(lambda: self._build(stand_in, *more))
        return self._kept[key]


def kind_of(viewer: Viewer) -> Kind:
    """All of *viewer* on which the words of a statement may depend."""
    there = (bool(viewer.teams), bool(viewer.supervised), bool(viewer.blocked), viewer.has_broken_glass)
    return (viewer.roles, frozenset(viewer.sites), *there)


def standing_in(viewer: Viewer) -> Viewer:
    """Somebody of the same kind as *viewer*, of whom nothing else is known."""
    return Viewer(
        user=_given("viewer_user"),
        staff=_given("viewer_staff"),
        at=_given("viewer_at"),
        today=_given("viewer_today"),
        request="",
        blocked=_given_ids("viewer_blocked") if viewer.blocked else frozenset(),
        roles=viewer.roles,
        teams=_given_ids("viewer_teams") if viewer.teams else frozenset(),
        supervised=_given_ids("viewer_supervised") if viewer.supervised else frozenset(),
        sites={role: _given(f"viewer_site_{role.value}") for role in viewer.sites},
        has_broken_glass=viewer.has_broken_glass,
    )


def values_of(viewer: Viewer) -> dict[str, Any]:
    """What is true of *viewer*, by the names of the stand-in's Givens."""
    return {
        "viewer_staff": viewer.staff.pk,
        "viewer_at": viewer.at,
        "viewer_today": viewer.today,
        "viewer_blocked": viewer.blocked,
        "viewer_teams": viewer.teams,
        "viewer_supervised": viewer.supervised,
        **{f"viewer_site_{role.value}": site for role, site in viewer.sites.items()},
    }


def _given(name: str) -> Any:
    return Given(name)


def _given_ids(name: str) -> Any:
    return GivenIds(name)
