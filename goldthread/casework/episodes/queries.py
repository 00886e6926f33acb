"""Reading episodes."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, QuerySet

from goldthread.casework.episodes.models import Episode, EpisodeMember, Pause
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.people.persons.models import Person


def on(day: date | Given) -> Q:
    """Members, and pauses, whose days include *day*."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def open_on(day: date | Given) -> Q:
    """Episodes that are open on *day*: the first day and the day of discharge included."""
    return Q(enrolled_on__lte=day) & (Q(discharged_on__isnull=True) | Q(discharged_on__gte=day))


def _build_open() -> QuerySet[Episode]:
    day = Given("on", DateField())
    resting = Pause.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), episode=OuterRef("pk"), starts_on__lte=day
    )
    places = EpisodeMember.objects.filter(on(day), person=Given("person"))
    found = Episode.objects.filter(open_on(day), pk__in=places.values("episode")).annotate(rests=Exists(resting))
    return found.select_related("program").order_by("program__name", "enrolled_on", "pk")


_OPEN = Compiled(_build_open)


def open_episodes(person: Person | UUID, on: date) -> list[Episode]:
    """The episodes in which *person* (or their id) is served on the day *on*, by program; ``program`` comes with each,
    and ``rests``: is it paused on that day? One query."""
    return _OPEN.ask(person=person if isinstance(person, UUID) else person.pk, on=on)


def episodes_of(person: Person | UUID) -> QuerySet[Episode]:
    """Every episode *person* has been part of, newest first, with program, household and pauses (``pauses_newest``)."""
    pauses = Prefetch("pauses", Pause.objects.order_by("-starts_on", "-pk"), to_attr="pauses_newest")
    return (
        Episode.objects.filter(pk__in=_places(person).values("episode"))
        .select_related("program", "household", "person")
        .prefetch_related(pauses)
        .order_by("-enrolled_on", "-pk")
    )


_EVERY = Compiled(
    lambda: (
        Episode.objects.filter(pk__in=EpisodeMember.objects.filter(person=Given("person")).values("episode"))
        .select_related("program")
        .order_by("-enrolled_on", "-pk")
    )
)


def every_episode(person: Person) -> list[Episode]:
    """The same with the program alone. One query, compiled once."""
    return _EVERY.ask(person=person.pk)


def members_of(episode: Episode | UUID, on: date) -> list[EpisodeMember]:
    """Who is served under *episode* on the day *on*, with ``person``: by name."""
    rows = EpisodeMember.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), episode=episode, starts_on__lte=on
    )
    return list(rows.select_related("person").order_by("person__sort_key", "person_id"))


def served_on(episode: Episode | UUID, day: date) -> list[Person]:
    """Whom *episode* serves on *day*: what happens to it then is told to each of them, and not to who left before."""
    return [row.person for row in members_of(episode, day)]


def open_pause(episode: Episode | UUID) -> Pause | None:
    """The pause that has not ended yet."""
    return Pause.objects.filter(episode=episode, ends_on__isnull=True).first()


def programs_of(persons: Iterable[UUID], on: date, seen: Q) -> dict[UUID, list[Episode]]:
    """For each of *persons* (ids) their episodes on the day *on*, by program. One query.

    *seen* says, on EpisodeMember, which of them the reader may know of (``gate.content_in``).
    """
    ids = list(persons)
    found: dict[UUID, list[Episode]] = {pk: [] for pk in ids}
    open_now = Q(episode__discharged_on__isnull=True) | Q(episode__discharged_on__gte=on)
    rows = (
        EpisodeMember.objects.filter(seen, open_now, person__in=ids, starts_on__lte=on, episode__enrolled_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("episode__program")
        .order_by("episode__program__name", "episode__enrolled_on")
    )
    for row in rows:
        found[row.person_id].append(row.episode)
    return found


def _places(person: Person | UUID) -> QuerySet[EpisodeMember]:
    return EpisodeMember.objects.filter(person=person)
