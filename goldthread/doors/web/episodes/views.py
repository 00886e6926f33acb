"""A client's programs: those of now and of before, who works in each, pauses, and what can be done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.aftercare.queries import back_in_time
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.caseload.queries import history
from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.casework.episodes.queries import episodes_of
from goldthread.casework.episodes.rules import may_undo
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.doors.web.episodes.elsewhere import elsewhere_of
from goldthread.doors.web.episodes.reasons import reason_words
from goldthread.foundation.programs.queries import rules_of
from goldthread.people.persons.models import HouseholdMember, Person


@dataclass(slots=True)
class Card:
    """One episode as the page shows it."""

    episode: Episode
    now: list[Assignment] = field(default_factory=list)
    before: list[Assignment] = field(default_factory=list)
    together: list[EpisodeMember] = field(default_factory=list)
    """The others of the household who are served, or were, as far as they may be named."""
    unnamed: bool = False
    """Is the household called by somebody of whom the viewer is not to be told?"""
    own: EpisodeMember | None = None
    """The client's own place in a household's episode; of several stays the last."""
    stays: list[EpisodeMember] = field(default_factory=list)
    """Earlier ones."""
    paused: Pause | None = None
    reason: str = ""
    may_manage: bool = False
    may_prepare: bool = False
    """May the viewer prepare and sign a discharge, whoever ends it?"""
    may_undo: bool = False

    back: bool = False
    """They left so lately that coming back goes on with it."""
    may_undo_join: bool = False
    may_undo_leave: bool = False

    @property
    def over(self) -> bool:
        """Has it ended, for everybody or for this client?"""
        return self.episode.discharged_on is not None or self.left

    @property
    def left(self) -> bool:
        """Did this client leave, while others go on, or went on?"""
        return self.own is not None and self.own.left_at is not None

    @property
    def there(self) -> list[EpisodeMember]:
        """The others who are served now, or were to the end."""
        return [one for one in self.together if one.left_at is None]

    @property
    def gone(self) -> list[EpisodeMember]:
        """The others who left."""
        return [one for one in self.together if one.left_at is not None]


@require_GET
@client_page(Act.READ_EPISODE)
def of_client(request: StaffRequest, client: Person) -> HttpResponse:
    """The tab *Programs*. Who may find a client and not open the record (billing) sees programs and days alone."""
    viewer = request.viewer
    may_read = gate.may_on(viewer, Act.READ, client)
    cards = cards_of(viewer, client)
    context = {
        "client": client,
        "current": [card for card in cards if not card.over],
        "past": [card for card in cards if card.over],
        "may_read": may_read,
        "may_enroll": gate.may_on(viewer, Act.ENROL, client),
        "to_read": [row for card in cards for row in card.now if waits_for(viewer, row)],
        "layout": "clients/layout.html" if may_read else "episodes/plain.html",
    }
    if may_read:
        context |= elsewhere_of(viewer, client)
        context |= {"header": header_of(viewer, client, "programs"), "tab_title": _("programs")}
    return render(request, "episodes/of_client.html", context)


def cards_of(viewer: Viewer, client: Person) -> list[Card]:
    """The episodes that the viewer may know of, newest first. Few queries, however many there are."""
    known = gate.content(viewer, client, Act.READ_EPISODE, episode="pk")
    manage = gate.sight(viewer, client, Act.MANAGE_EPISODE)
    prepare = gate.sight(viewer, client, Act.WRITE_DISCHARGE)
    cards = {episode.pk: Card(episode) for episode in episodes_of(client).filter(known)}
    for row in history(client).filter(episode__in=cards).select_related("cover__absent", "follows__staff"):
        card = cards[row.episode_id]  # type: ignore[index]  # filtered by episode: it has one
        (card.now if _is_now(row, viewer) else card.before).append(row)
    _fill_together(viewer, client, cards)
    back = {one.pk for one in back_in_time(client, [card.episode for card in cards.values()], viewer.today).values()}
    rules = rules_of({card.episode.program_id for card in cards.values() if card.over})
    for card in cards.values():
        episode = card.episode
        card.paused = next((one for one in episode.pauses_newest if one.ends_on is None), None)  # type: ignore[attr-defined]  # prefetched under this name
        card.back = episode.pk in back
        card.reason = reason_words(episode, rules)
        card.may_manage = manage.sees_episode(episode.pk, episode.labels)
        card.may_prepare = prepare.sees_episode(episode.pk, episode.labels)
        card.may_undo = card.may_manage and undoable(episode, viewer.at)
        running = card.may_manage and episode.discharged_on is None
        card.may_undo_join = running and not card.left and _fresh(card.own.joined_at if card.own else None, viewer.at)
        card.may_undo_leave = running and _fresh(card.own.left_at if card.own else None, viewer.at)
        card.now.sort(key=lambda one: (one.kind != AssignmentKind.PRIMARY, one.starts_on))
    return list(cards.values())


def undoable(episode: Episode, at: datetime) -> bool:
    """Could the discharge of *episode* be taken back at the instant *at*?"""
    return episode.discharged_at is not None and may_undo(episode.discharged_at, at)


def _fresh(done_at: datetime | None, at: datetime) -> bool:
    return done_at is not None and may_undo(done_at, at)


def waits_for(viewer: Viewer, row: Assignment) -> bool:
    """Was *row* handed over to the viewer, who has not yet said that they read it?"""
    return row.staff_id == viewer.staff.pk and row.follows_id is not None and row.read_at is None


def _is_now(row: Assignment, viewer: Viewer) -> bool:
    return row.ends_on is None or row.ends_on >= viewer.today


def _fill_together(viewer: Viewer, client: Person, cards: dict[UUID, Card]) -> None:
    """Who of the household is in the same episode, as far as they may be named. Who is named goes on the audit log."""
    households = [pk for pk, card in cards.items() if card.episode.household_id]
    if not households:
        return
    rows = EpisodeMember.objects.filter(episode__in=households).select_related("person")
    rows = rows.order_by("person__sort_key", "person_id", "starts_on")
    heads = _heads({cards[pk].episode.household_id for pk in households})
    people = [*(row.person for row in rows), *(head.person for head in heads)]
    hidden = gate.unnamable(viewer, [person for person in people if person.pk != client.pk])
    unnamed = {head.household_id for head in heads if head.person_id in hidden}
    for pk in households:
        cards[pk].unnamed = cards[pk].episode.household_id in unnamed
    for row in rows:
        card = cards[row.episode_id]
        if row.person_id == client.pk:
            card.stays += [card.own] if card.own else []
            card.own = row
        elif row.person_id not in hidden:
            card.together.append(row)
    _saw(viewer, (row.person for card in cards.values() for row in card.together))


def _heads(households: Iterable[UUID | None]) -> list[HouseholdMember]:
    """Whom the households are called by, now or before."""
    return list(HouseholdMember.objects.filter(household__in=households, is_head=True).select_related("person"))


def _saw(viewer: Viewer, persons: Iterable[Person]) -> None:
    people = list({person.pk: person for person in persons}.values())
    if people:
        gate.saw(viewer, people, "episodes:of_client")
