"""What every page of one way out works with: the way out, what the viewer may do with it, and where they stand in the flow."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.discharge.actions.signing import unsettled
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import Settlement, WayOut
from goldthread.casework.discharge.queries.items import open_items, scope_of
from goldthread.casework.discharge.queries.known import known_of
from goldthread.casework.discharge.queries.ways import settlements_of, tries_of, way_named
from goldthread.casework.discharge.rules.drafting import drafted
from goldthread.casework.discharge.rules.paths import Asked, unanswered
from goldthread.casework.discharge.rules.settling import Item
from goldthread.casework.discharge.rules.summary import Drafted
from goldthread.casework.discharge.rules.tries import Tried
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, page_of
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Leaving
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.persons.models import Person, Relationship

STEPS = (
    ("reason", gettext_lazy("Why and when")),
    ("summary", gettext_lazy("Summary")),
    ("settle", gettext_lazy("What is open")),
    ("sign", gettext_lazy("Sign")),
)


@dataclass
class Desk:
    """One way out before one viewer."""

    request: StaffRequest
    client: Person
    way: WayOut

    @property
    def viewer(self) -> Viewer:
        return self.request.viewer

    @cached_property
    def rules(self) -> Template:
        """What the program asks for on the last day."""
        return template_on(self.way.episode.program, self.way.last_day or self.viewer.today)

    @property
    def day(self) -> date:
        """The last day, or today while none is written."""
        return self.way.last_day or self.viewer.today

    @cached_property
    def may_end(self) -> bool:
        """May the viewer end this episode?"""
        episode = self.way.episode
        return gate.sight(self.viewer, self.client, Act.MANAGE_EPISODE).sees_episode(episode.pk, episode.labels)

    @cached_property
    def may_write(self) -> bool:
        """May the viewer prepare and sign it?"""
        episode = self.way.episode
        return gate.sight(self.viewer, self.client, Act.WRITE_DISCHARGE).sees_episode(episode.pk, episode.labels)

    @property
    def open(self) -> bool:
        """Can it still be written?"""
        return self.way.state == WayState.OPEN and self.way.episode.discharged_on is None

    @property
    def reason(self) -> str:
        """Why, in the words of the program."""
        found = self.rules.discharge_reason(self.way.reason) if self.way.reason else None
        return spoken(found.title) if found else self.way.reason

    @cached_property
    def items(self) -> list[Item]:
        """What is open, as far as the viewer may see it."""
        seen = gate.sight(self.viewer, self.client, Act.READ_RECORD)
        return open_items(scope_of(self.way.episode, self.client), seen, self.viewer.at, self.way.path)

    @cached_property
    def settled(self) -> dict[tuple[str, UUID], Settlement]:
        """What was decided."""
        return settlements_of(self.way)

    @cached_property
    def left(self) -> list[Item]:
        """What is open and not decided."""
        return unsettled(self.way, self.items, self.viewer.today) if self.items else []

    @cached_property
    def tried(self) -> Tried | None:
        """The tries, where somebody is lost."""
        if self.way.path != Leaving.LOST:
            return None
        return tries_of(self.way.episode, self.client, self.rules, self.day)

    @property
    def unanswered(self) -> list[Asked]:
        """What the way asks and nobody answered yet."""
        return unanswered(self.way.path, self.way.said)

    @property
    def tries_missing(self) -> bool:
        """Are tries missing, and nobody said yet that it does without them?"""
        return self.tried is not None and not self.tried.enough and not self.way.override

    @cached_property
    def drafts(self) -> dict[str, Drafted]:
        """The summary as the record has it now."""
        known = known_here(self.viewer, self.client, self.way, self.day)
        return drafted(known, path=self.way.path, reason=self.reason, last_day=self.day, said=self.way.said)

    def context(self, step: str, **more: Any) -> dict[str, Any]:
        """What every page shows."""
        return {
            "client": self.client,
            "way": self.way,
            "desk": self,
            "step": step,
            "steps": [(key, words, _done(self, key)) for key, words in STEPS],
            "header": header_of(self.viewer, self.client, "ready"),
            "tab_title": _("discharge"),
            "rules": self.rules,
            **more,
        }


def _done(desk: Desk, step: str) -> bool:
    if step == "reason":
        return bool(desk.way.reason) and not desk.unanswered and not desk.tries_missing
    if step == "summary":
        return bool(desk.way.sections)
    if step == "settle":
        return not desk.left
    return desk.way.state in (WayState.WAITING, WayState.DONE)


def desk_of(request: StaffRequest, client: Person, row: UUID, act: Act) -> Desk:
    """The desk of the way out *row* of *client*, when the viewer may do *act* in its episode. Otherwise Http404."""
    way = way_named(client, row, gate.content(request.viewer, client, act))
    if way is None:
        gate.refuse(request.viewer, act, client.pk, why="label", page=page_of(request))
        raise Http404
    return Desk(request, client, way)


def known_here(viewer: Viewer, client: Person, way: WayOut, day: date, *, summary: bool = True) -> Any:
    """What the record knows, for a summary with the labels of *way*, or for the reader's own eyes."""
    ties = Relationship.objects.filter(person=client, ends_on__isnull=True).select_related("other")
    hidden = gate.unnamable(viewer, [tie.other for tie in ties])
    return known_of(
        way.episode,
        client,
        seen=gate.sight(viewer, client, Act.READ_RECORD),
        seen_facts=gate.sight(viewer, client, Act.READ_FACT),
        on=day,
        cleared=gate.cleared_labels(viewer, client),
        hidden=hidden,
        written=way.labels if summary else None,
    )


def plain_uuid(text: object) -> UUID | None:
    """*text* as an id; None when it is none."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
