"""The catalogue of a client's tabs. A room adds its own here: one line, where it stands among the others."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the client. *act*: who may do that sees it; None: whoever may open the client."""

    key: str
    """What the page calls itself (``header_of``)."""
    label: StrOrPromise
    url: str
    """Name of its address, which takes the client's id alone."""
    act: Act | None = Act.READ_RECORD


ROW = (
    Tab("brief", _("Brief"), "clients:brief", None),
    Tab("timeline", _("Timeline"), "timeline:list"),
    Tab("thread", _("Thread"), "thread:of_client"),
    Tab("assessments", _("Assessments"), "assessments:of_client"),
    Tab("plan", _("Plan"), "plans:of_client"),
    Tab("circle", _("Circle"), "clients:circle", None),
    Tab("calendar", _("Calendar"), "schedule:of_client"),
    Tab("documents", _("Documents"), "documents:of_client", Act.READ_DOCUMENT),
)
"""Those that always stand in the row. Between *Plan* and *Circle* come referrals."""
MORE = (
    Tab("tasks", _("Tasks"), "day:tasks"),
    Tab("needs", _("Needs"), "needs:of_client"),
    Tab("facts", _("Facts"), "facts:of_client", Act.READ_FACT),
    Tab("skills", _("Independence"), "skills:of_client"),
    Tab("ready", _("Ready for discharge"), "discharge:ready"),
    Tab("programs", _("Programs"), "episodes:of_client", None),
    Tab("aftercare", _("Aftercare"), "aftercare:of_client"),
    Tab("packages", _("Transfer packages"), "packages:of_client"),
    Tab("details", _("Details"), "clients:details", None),
    Tab("brought", _("Brought along"), "imports:of_client"),
    Tab("same", _("Same person?"), "twins:of_client", Act.MERGE),
    Tab("history", _("History"), "clients:history", None),
    Tab("access", _("Who saw this"), "audit:who_saw", Act.SEE_WHO_SAW),
)
"""Those under *More*, the most used first."""


@dataclass(frozen=True, slots=True)
class Tabs:
    """What one viewer is shown: ``name`` of the address, ``label``, ``current``."""

    row: list[dict[str, Any]]
    more: list[dict[str, Any]]

    @property
    def here(self) -> StrOrPromise:
        """The page that is open, when it is one of those under *More*."""
        return next((one["label"] for one in self.more if one["current"]), "")


def tabs_of(viewer: Viewer, client: Person, current: str) -> Tabs:
    """The tabs that *viewer* may open. Those of capabilities that have not come are absent."""
    may = {act: gate.may_on(viewer, act, client) for act in {one.act for one in (*ROW, *MORE) if one.act}}

    def shown(tabs: tuple[Tab, ...]) -> list[dict[str, Any]]:
        seen = (one for one in tabs if one.act is None or may[one.act])
        return [{"name": one.url, "label": one.label, "current": one.key == current} for one in seen]

    return Tabs(shown(ROW), shown(MORE))
