"""What the composer offers to choose from, for one client and one worker: programs, ways, people, checklists."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.queries import own_first
from goldthread.casework.contacts.enums import MODES, PLACES
from goldthread.casework.contacts.rules.checklists import Checklist, checklists
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.plans.toward import NOTHING, AtWork, planned_episodes
from goldthread.doors.web.clients.around import namable
from goldthread.doors.web.contacts.toward import as_uuid, read_plan
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Mode, Place, Seen
from goldthread.foundation.programs.queries import Rules, in_force, rules_of
from goldthread.foundation.programs.rules.template import ContactKind, Template
from goldthread.people.persons.enums import RelationshipKind
from goldthread.people.persons.models import Person, Relationship
from goldthread.people.persons.queries import circle_of

GENERAL: tuple[tuple[Mode, Place | None], ...] = (
    (Mode.IN_PERSON, Place.RESIDENCE),
    (Mode.PHONE, None),
    (Mode.VIDEO, None),
    (Mode.TEXT, None),
    (Mode.IN_PERSON, Place.OFFICE),
    (Mode.EMAIL, None),
    (Mode.LETTER, None),
)
"""The ways that are offered whatever the program names."""
ELSEWHERE = "elsewhere"
CHECKLIST_AT = {
    Place.RESIDENCE: "home",
    Place.SCHOOL: "school",
    Place.DAY_SUPPORT: "day_support",
    Place.WORK: "work_program",
    Place.SHELTER: "shelter",
    Place.CLINIC: "clinic",
    Place.HOSPITAL: "hospital",
}
MINUTES = {Mode.PHONE: 10, Mode.VIDEO: 30, Mode.TEXT: 5, Mode.EMAIL: 5, Mode.LETTER: 10}
"""How long it usually takes; in person 45."""
AROUND = {
    RelationshipKind.PARENT: Seen.PARENT,
    RelationshipKind.FOSTER_PARENT: Seen.FOSTER_PARENT,
    RelationshipKind.GUARDIAN: Seen.GUARDIAN,
    RelationshipKind.CAREGIVER: Seen.CAREGIVER,
    RelationshipKind.FRIEND: Seen.NATURAL_SUPPORT,
}
"""What somebody of the circle is for the requirements; others are family."""
AFTER = 365
"""Days after a discharge in which aftercare can still be chosen."""


@dataclass(frozen=True, slots=True)
class Way:
    """One chip of *How and where*."""

    value: str
    label: str
    mode: Mode | None
    place: Place | None = None
    kind: str = ""
    checklist: str = ""
    minutes: int = 45
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody of the client's circle who may have been there."""

    person: UUID
    role: Seen
    label: str


@dataclass(frozen=True, slots=True)
class Offered:
    """Everything there is to choose from."""

    client: Person
    episodes: list[Episode]
    episode: Episode | None
    template: Template | None
    ways: list[Way]
    clients: list[Person] = field(default_factory=list)
    """The client first, then the others served under the same episode."""
    around: list[Around] = field(default_factory=list)
    named: list[Person] = field(default_factory=list)
    """The other clients among all these: who shows them records it."""
    rules: Rules = ()
    """All that the program has had, by the days they were in force."""
    plan: AtWork = NOTHING
    """The open goals and the services of the clients' plan in this program."""

    @property
    def silent_days(self) -> int:
        """After how many days without a contact toward a goal its thread is broken."""
        return self.template.plan.silent_days if self.template else 0

    def way(self, value: str) -> Way | None:
        """The chip with that value."""
        return next((one for one in self.ways if one.value == value), None)

    def checklist_of(self, way: Way | None, place: Place | None = None) -> Checklist | None:
        """What is looked at there."""
        return checklist_at(way, place)


def checklist_at(way: Way | None, place: Place | None) -> Checklist | None:
    """What is looked at in a contact of that *way*, at that *place*."""
    key = way.checklist if way and way.value != ELSEWHERE else CHECKLIST_AT.get(place) if place else ""
    return checklists().get(key or "")


def offer(
    viewer: Viewer,
    client: Person,
    chosen: str,
    ticked: Collection[str] | None = None,
    *,
    planned: bool = True,
    replaces: str = "",
) -> Offered:
    """What there is for *client*; *chosen*: the id of the episode that the form names, as typed.

    For who only reads a form: *ticked*, who was there (the client's circle is looked up where one of them is no client of the
    note), and *planned*: does it say anything of the plan? *replaces*: the id of the contact of which it is a new version.
    """
    episodes = writable_episodes(viewer, client)
    episode = _chosen(episodes, chosen, viewer.today)
    rules = rules_of([episode.program_id])[episode.program_id] if episode else ()
    template = in_force(rules, viewer.today) if rules else None
    clients = _clients(viewer, client, episode)
    needs_circle = ticked is None or not {str(one.pk) for one in clients}.issuperset(ticked)
    circle = _circle(viewer, client) if needs_circle else []
    return Offered(
        client=client,
        episodes=episodes,
        episode=episode,
        template=template,
        rules=rules,
        ways=ways_of(template),
        clients=clients,
        around=[_around(row) for row in circle],
        named=[*clients[1:], *(row.other for row in circle if row.other.client_number is not None)],
        plan=read_plan(viewer, client, episode.pk, clients, as_uuid(replaces))
        if planned and episode and _works(episode)
        else NOTHING,
    )


def _works(episode: Episode) -> bool:
    """Has its plan open goals or services?"""
    return bool(getattr(episode, "at_work", True))


def writable_episodes(viewer: Viewer, client: Person) -> list[Episode]:
    """Those the viewer may write in: their own open ones first, other open ones, and those that ended within a year."""
    sight = gate.sight(viewer, client, Act.WRITE_CONTACT)
    seen = [one for one in planned_episodes(client) if sight.sees_episode(one.pk, one.labels)]
    rows = [one for one in seen if _recent(one, viewer.today)]
    rows.sort(key=lambda one: one.program.name)
    return own_first(rows, viewer.staff, client, viewer.today)


def _recent(episode: Episode, today: date) -> bool:
    return episode.discharged_on is None or (today - episode.discharged_on).days <= AFTER


def _chosen(episodes: list[Episode], chosen: str, today: date) -> Episode | None:
    """The one that was chosen; else the only open one, or the first."""
    named = next((one for one in episodes if str(one.pk) == chosen), None)
    return named or next((one for one in episodes if one.discharged_on is None), None)


def ways_of(template: Template | None) -> list[Way]:
    """The chips of *How and where*: the program's own kinds of contact, then what it does not name."""
    own = [_own(kind) for kind in template.contact_kinds] if template else []
    taken = {(way.mode, way.place) for way in own}
    general = [_general(mode, place) for mode, place in GENERAL if (mode, place) not in taken]
    return [*own, *general, Way(ELSEWHERE, _("Somewhere else"), Mode.IN_PERSON)]


def _own(kind: ContactKind) -> Way:
    return Way(
        value=f"kind:{kind.key}",
        label=spoken(kind.title),
        mode=kind.mode,
        place=kind.place,
        kind=kind.key,
        checklist=kind.checklist.value if kind.checklist else "",
        minutes=kind.minutes,
        activities=tuple(activity.value for activity in kind.activities),
    )


def _general(mode: Mode, place: Place | None) -> Way:
    if place is None:
        return Way(mode.value, str(MODES[mode]), mode, minutes=MINUTES.get(mode, 45))
    label = _("Home visit") if place == Place.RESIDENCE else str(PLACES[place])
    return Way(f"{mode.value}:{place.value}", label, mode, place, checklist=CHECKLIST_AT.get(place, ""))


def _clients(viewer: Viewer, client: Person, episode: Episode | None) -> list[Person]:
    if episode is None or episode.household_id is None:
        return [client]
    members = [row.person for row in members_of(episode, viewer.today) if row.person_id != client.pk]
    theirs = gate.clients(viewer, Act.WRITE_CONTACT).filter(pk__in=[one.pk for one in members])
    reached = set(theirs.values_list("pk", flat=True))
    return [client, *(one for one in members if one.pk in reached)]


def _circle(viewer: Viewer, client: Person) -> list[Relationship]:
    return namable(viewer, circle_of(client, gate.cleared_labels(viewer, client), viewer.today, phones=False))


def _around(row: Relationship) -> Around:
    role = AROUND.get(RelationshipKind(row.kind), Seen.FAMILY)
    return Around(row.other_id, role, f"{row.other.display_name}, {row.get_kind_display().lower()}")
