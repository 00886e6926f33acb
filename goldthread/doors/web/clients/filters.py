"""The client list's filters: read from the address, kept in the address."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.compiled import Compiled
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Alert, Person
from goldthread.people.persons.queries import names_matching
from goldthread.people.persons.rules import languages

WHOSE = {"mine": _("My clients"), "team": _("My team"), "all": _("Everyone I may see")}
STATES = {
    "assigned": _("Has a worker"),
    "unassigned": _("No worker"),
    "died": _("Has died"),
    "any": _("Any"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to. Empty values narrow nothing."""

    whose: str
    text: str = ""
    team: UUID | None = None
    worker: UUID | None = None
    language: str = ""
    state: str = ""
    alerts_due: bool = False

    @property
    def on(self) -> int:
        """How many filters are on, besides whose clients are shown and the name that is typed beside the button."""
        return sum(map(bool, (self.team, self.worker, self.language, self.state, self.alerts_due)))

    @property
    def narrowed(self) -> bool:
        """Is anything chosen besides whose clients are shown?"""
        return bool(self.text or self.on)


def default_whose(viewer: Viewer) -> str:
    """The list that this viewer's work starts from."""
    if Role.CASE_MANAGER in viewer.roles:
        return "mine"
    if viewer.supervised or viewer.teams:
        return "team"
    return "all"


def read_filters(query: QueryDict, viewer: Viewer) -> Filters:
    """Filters from the address. What makes no sense is left out: a mistyped address still shows a list."""
    whose = query.get("whose", "")
    return Filters(
        whose=whose if whose in WHOSE else default_whose(viewer),
        text=query.get("text", "").strip()[:100],
        team=_uuid(query.get("team", "")),
        worker=_uuid(query.get("worker", "")),
        language=query.get("language", "")[:12],
        state=query.get("state", "") if query.get("state", "") in STATES else "",
        alerts_due=query.get("alerts_due", "") == "1",
    )


def narrow(clients: QuerySet[Person], filters: Filters, viewer: Viewer) -> QuerySet[Person]:
    """*clients* (already scoped by the gate) narrowed by *filters*."""
    clients = _narrow_whose(clients, filters, viewer)
    clients = _narrow_state(clients, filters, viewer)
    if filters.text:
        clients = names_matching(clients, filters.text)
    if filters.language:
        clients = clients.filter(language=filters.language)
    if filters.alerts_due:
        clients = clients.filter(
            Exists(
                Alert.objects.filter(
                    person=OuterRef("pk"), ended_on__isnull=True, review_on__lte=viewer.today, labels=0
                )
            )
        )
    return clients


def _narrow_whose(clients: QuerySet[Person], filters: Filters, viewer: Viewer) -> QuerySet[Person]:
    if filters.whose == "mine":
        clients = clients.filter(assigned(viewer, Q(staff=viewer.staff)))
    elif filters.whose == "team":
        clients = clients.filter(assigned(viewer, Q(team__in=viewer.teams | viewer.supervised)))
    if filters.team:
        clients = clients.filter(assigned(viewer, Q(team=filters.team)))
    if filters.worker:
        clients = clients.filter(assigned(viewer, Q(staff=filters.worker)))
    return clients


def _narrow_state(clients: QuerySet[Person], filters: Filters, viewer: Viewer) -> QuerySet[Person]:
    if filters.state == "assigned":
        return clients.filter(assigned(viewer, Q()))
    if filters.state == "unassigned":
        return clients.filter(~assigned(viewer, Q()), deceased=False)
    if filters.state == "died":
        return clients.filter(deceased=True)
    return clients


def assigned(viewer: Viewer, to: Q) -> Q:
    """Has an assignment today that is *to*. As a set of ids: both databases then start from the few assignments."""
    open_today = Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.today)
    return Q(pk__in=Assignment.objects.filter(to, open_today, starts_on__lte=viewer.today).values("client"))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


_TEAMS = Compiled(lambda: Team.objects.filter(closed_on__isnull=True).order_by("name").values_list("pk", "name"))
_WORKERS = Compiled(
    lambda: (
        Staff.objects.filter(ended_on__isnull=True, roles__role=Role.CASE_MANAGER)
        .distinct()
        .order_by("name")
        .values_list("pk", "name")[:200]
    )
)


def choices(filters: Filters) -> dict[str, Any]:
    """What the filter form offers. Two queries; none where whose clients are shown leaves neither team nor worker to choose."""
    narrowing = filters.whose != "mine"
    return {
        "whose": WHOSE.items(),
        "states": STATES.items(),
        "teams": _TEAMS.ask() if narrowing else [],
        "languages": languages(),
        "workers": _WORKERS.ask() if narrowing else [],
    }
