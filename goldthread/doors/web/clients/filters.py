"""The client list's filters: read from the address, kept in the address."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.rules import Relation, ways_of
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.queries import on
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.tasks.queries.nearest import Lateness, with_lateness
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Alert, Person
from goldthread.people.persons.queries import names_matching

WHOSE = {"mine": _("My clients"), "team": _("My team"), "all": _("Everyone I may see")}
STATES = {
    "assigned": _("Has a worker"),
    "unassigned": _("No worker"),
    "died": _("Has died"),
    "any": _("Any"),
}
LATE = {
    Lateness.OVERDUE: _("Overdue"),
    Lateness.TODAY: _("Due today"),
    Lateness.WEEK: _("Due within a week"),
    Lateness.NONE: _("Nothing late"),
}
BY_DUE = "due"
"""What the list can be put in order by, besides names."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to, and its order. Empty values narrow nothing."""

    whose: str
    text: str = ""
    team: UUID | None = None
    worker: UUID | None = None
    program: UUID | None = None
    language: str = ""
    state: str = ""
    late: str = ""
    alerts_due: bool = False
    order: str = ""
    """``BY_DUE``, or empty for by name."""

    @property
    def on(self) -> int:
        """How many filters are on, besides whose clients are shown and the name that is typed beside the button."""
        chosen = (self.team, self.worker, self.program, self.language, self.state, self.late, self.alerts_due)
        return sum(map(bool, chosen))

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
        program=_uuid(query.get("program", "")),
        language=query.get("language", "")[:12],
        state=query.get("state", "") if query.get("state", "") in STATES else "",
        late=query.get("late", "") if query.get("late", "") in LATE else "",
        alerts_due=query.get("alerts_due", "") == "1",
        order=BY_DUE if query.get("order", "") == BY_DUE and learns_what_is_late(viewer) else "",
    )


def narrow(clients: QuerySet[Person], filters: Filters, viewer: Viewer) -> QuerySet[Person]:
    """*clients* (already scoped by the gate) narrowed by *filters*."""
    clients = _narrow_whose(clients, filters, viewer)
    clients = _narrow_state(clients, filters, viewer)
    if filters.program:
        clients = clients.filter(pk__in=_enrolled_in(filters.program, viewer))
    if filters.text:
        clients = names_matching(clients, filters.text)
    if filters.language:
        clients = clients.filter(language=filters.language)
    if filters.late:
        may_see = gate.content_in(viewer)
        clients = clients.filter(with_lateness(Lateness(filters.late), may_see, viewer.today, viewer.at))
    if filters.late == Lateness.NONE:
        clients &= gate.clients(viewer, Act.READ_RECORD)  # of others it could not be said that nothing is late
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
        mine = Assignment.objects.filter(on(viewer.today), staff=viewer.staff)
        clients = clients.filter(pk__in=mine.values("client"))
    elif filters.whose == "team":
        theirs = Q(AnyOf(F("team"), viewer.teams)) | Q(AnyOf(F("team"), viewer.supervised))
        clients = clients.filter(assigned(viewer, theirs))
    if filters.team:
        clients = clients.filter(assigned(viewer, Q(team=filters.team)))
    if filters.worker:
        clients = clients.filter(assigned(viewer, Q(staff=filters.worker)))
    return clients


def _enrolled_in(program: UUID, viewer: Viewer) -> QuerySet[EpisodeMember, Any]:
    """The ids of whoever is in *program* today, as far as the viewer may know: from the index of its open episodes."""
    known = gate.content_in(viewer, Act.READ_EPISODE, client="person", labels="episode__labels")
    rows = EpisodeMember.objects.filter(
        Q(episode__labels=0) | known,
        on(viewer.today),
        episode__program=program,
        episode__discharged_on__isnull=True,
    )
    return rows.values("person")


def _narrow_state(clients: QuerySet[Person], filters: Filters, viewer: Viewer) -> QuerySet[Person]:
    if filters.state == "assigned":
        return clients.filter(assigned(viewer, Q()))
    if filters.state == "unassigned":
        return clients.filter(~assigned(viewer, Q()), deceased=False)
    if filters.state == "died":
        return clients.filter(deceased=True)
    return clients


def assigned(viewer: Viewer, to: Q) -> Q:
    """Has an assignment today that is *to*, and that the viewer may know of. As a set of ids: both databases then start
    from the few assignments."""
    open_today = Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.today)
    known = Q(labels=0) | gate.content_in(viewer, Act.READ_EPISODE)
    return Q(pk__in=Assignment.objects.filter(to, open_today, known, starts_on__lte=viewer.today).values("client"))


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
_PROGRAMS = Compiled(
    lambda: (
        Program.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=Given("today")))
        .order_by("name")
        .values_list("pk", "name")
    )
)


def learns_what_is_late(viewer: Viewer) -> bool:
    """Does a role open records to the viewer day by day? Through broken glass, one client's page says what is late of them."""
    return any(way.to != Relation.GLASS for way in ways_of(viewer.roles, Act.READ_RECORD))


def choices(filters: Filters, viewer: Viewer) -> dict[str, Any]:
    """What the filter form offers. Three queries; one where whose clients are shown leaves neither team nor worker to choose."""
    narrowing = filters.whose != "mine"
    return {
        "whose": WHOSE.items(),
        "teams": _TEAMS.ask() if narrowing else [],
        "workers": _WORKERS.ask() if narrowing else [],
        "programs": _PROGRAMS.ask(today=viewer.today),
    }
