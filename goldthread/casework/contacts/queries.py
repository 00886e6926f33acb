"""Reading contacts, and what a note is checked against."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.caseload.queries import on as assigned_on
from goldthread.casework.contacts.enums import CONCERN, ContactState
from goldthread.casework.contacts.models import Concern, Contact, ContactPerson
from goldthread.casework.contacts.rules.known import Enrolment, Known, Life
from goldthread.casework.contacts.rules.written import Written
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.compiled import Compiled, Given
from goldthread.people.persons.models import Person

GONE = (ContactState.VOIDED, ContactState.REPLACED)
LONGEST_AGO = timedelta(hours=24)
MOST_LOOKED_AT = 10
NOBODY = UUID(int=0)
MOST_NAMED = 3
"""Overlapping contacts that are named."""


def known_for(
    note: Written, *, zone: tzinfo, by: Actor, episode: Episode | None, people: Mapping[UUID, Person]
) -> Known:
    """Everything *note* is checked against, before it is signed. *episode*: that of the note, when its person was served under it;
    *people*: the clients in it, as far as they are known."""
    day = note.day or by.today
    hours = hours_of(note, zone, by.at)
    return known_by(
        note,
        zone=zone,
        by=by,
        episode=episode,
        people=people,
        members=_members(episode, day) if episode and _names_others(note) else frozenset(),
        cosign=by.staff is not None
        and bool(_COSIGNED.ask(today=by.today, client=note.person, staff=by.staff, episode=note.episode)),
        overlapping=tuple(_OVERLAPPING.ask(staff=by.staff or NOBODY, **hours)),
    )


def known_by(
    note: Written,
    *,
    zone: tzinfo,
    by: Actor,
    episode: Episode | None,
    people: Mapping[UUID, Person],
    members: frozenset[UUID],
    cosign: bool,
    overlapping: tuple[tuple[datetime, datetime], ...],
) -> Known:
    """The same where most of it was read already. No query but for a note of no program."""
    return Known(
        zone=zone,
        at=by.at,
        today=by.today,
        lives={pk: _life(one) for pk, one in people.items() if one.client_number is not None},
        episode=_enrolment(episode) if episode else None,
        has_episodes=note.episode is not None or _is_enrolled(note.person, by.today),
        members=members if episode and _names_others(note) else frozenset(),
        cosign=cosign,
        overlapping=overlapping[:MOST_NAMED],
    )


def locked_episode(person: UUID, episode: UUID | None) -> Episode | None:
    """The episode with its program, when *person* is or was served under it; locked until the transaction ends."""
    return _EPISODE.first(person=person, episode=episode) if episode else None


_EPISODE: Compiled[Episode] = Compiled(
    lambda: (
        Episode.objects.select_for_update(of=("self",))
        .select_related("program")
        .filter(
            Q(person=Given("person"))
            | Exists(EpisodeMember.objects.filter(episode=OuterRef("pk"), person=Given("person"))),
            pk=Given("episode"),
        )
    )
)


def lock(contact: UUID) -> None:
    """Lock the contact until the transaction ends."""
    list(Contact.objects.select_for_update().filter(pk=contact).values_list("pk"))


def contact_of(person: Person, pk: UUID, content: Q) -> Contact | None:
    """The contact *pk*, when *person* was part of it and *content* (of the gate) lets it through."""
    rows = Contact.objects.filter(content, pk=pk, people__person=person, people__client=True)
    return rows.select_related("staff", "episode__program", "person", "replaces", "cosigned_by", "voided_by").first()


def standing(person: Person, content: Q) -> QuerySet[Contact]:
    """The contacts of *person* that count, newest first."""
    rows = Contact.objects.filter(content, people__person=person, people__client=True).exclude(state__in=GONE)
    return rows.order_by("-started_at", "-pk")


def of_group(group: UUID) -> QuerySet[Contact]:
    """The contacts of one group, by client."""
    rows = Contact.objects.filter(group=group).select_related("person", "staff", "episode__program")
    return rows.order_by("person__sort_key", "pk")


def last_group(staff: UUID, program: UUID) -> UUID | None:
    """The group of *program* that *staff* wrote last: most groups meet again."""
    rows = Contact.objects.filter(staff=staff, group__isnull=False, episode__program=program)
    return rows.order_by("-started_at").values_list("group", flat=True).first()


def newest_standing(person: Person, sees: Callable[[Contact], bool]) -> Contact | None:
    """The newest contact of *person* that counts and that *sees* (of the gate) lets through. One query, compiled once; one
    more where the newest ten are all hidden."""
    newest = _NEWEST.ask(person=person.pk)
    found = next((one for one in newest if sees(one)), None)
    if found or len(newest) < MOST_LOOKED_AT:
        return found
    return next((one for one in standing(person, Q()).iterator() if sees(one)), None)


_NEWEST: Compiled[Contact] = Compiled(
    lambda: (
        Contact.objects.filter(
            pk__in=ContactPerson.objects.filter(person=Given("person"), client=True).values("contact")
        )
        .exclude(state__in=GONE)
        .order_by("-started_at", "-pk")[:MOST_LOOKED_AT]
    )
)


def waiting(content: Q) -> QuerySet[Contact]:
    """The notes that wait for a co-signature, of those that *content* (of the gate) lets through, the oldest first."""
    rows = Contact.objects.filter(content, state=ContactState.WAITING)
    return rows.select_related("person", "staff", "episode__program").order_by("signed_at", "pk")


def concerns_of(person: Person, content: Q) -> QuerySet[Concern]:
    """The concerns of *person*, the newest first, with ``answered_by``: the name of who answers for each."""
    rows = Concern.objects.filter(content, person=person).select_related("person", "staff", "episode__program")
    has_its_task = tasks_of_concerns(OuterRef("pk")).values("owner__name")[:1]
    return rows.annotate(answered_by=Coalesce(Subquery(has_its_task), "staff__name")).order_by("-raised_on", "-pk")


def tasks_of_concerns(pk: Any) -> QuerySet[Task]:
    """The open task of the concern *pk*: it goes along when the client goes to another worker, who then answers for the concern."""
    return Task.objects.filter(source_kind=CONCERN, source_id=pk, state=TaskState.OPEN, asked_by=None)


def open_concerns(persons: Iterable[UUID], content: Q) -> QuerySet[Concern]:
    """The concerns of *persons* (ids) that nobody has resolved, the oldest first."""
    return Concern.objects.filter(content, person__in=list(persons), resolved_on__isnull=True).order_by(
        "raised_on", "pk"
    )


def _life(person: Person) -> Life:
    return Life(person.display_name, person.birth_date, person.died_on if person.deceased else None)


def _enrolment(episode: Episode) -> Enrolment:
    return Enrolment(episode.program.name, episode.enrolled_on, episode.referred_on, episode.discharged_on)


def _is_enrolled(person: UUID, on: date) -> bool:
    rows = EpisodeMember.objects.filter(person=person, starts_on__lte=on).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    )
    return rows.filter(Q(episode__discharged_on__isnull=True) | Q(episode__discharged_on__gte=on)).exists()


def cosigned() -> QuerySet[Assignment]:
    """The assignments by which the notes of a worker on a client (in a program) need a co-signature today; for ``Compiled``."""
    rows = Assignment.objects.filter(
        assigned_on(Given("today")), client=Given("client"), staff=Given("staff"), cosign=True
    )
    return rows.filter(Q(episode=Given("episode")) | Q(episode__isnull=True))


_COSIGNED: Compiled[tuple[UUID]] = Compiled(lambda: cosigned().values_list("pk")[:1])


def _names_others(note: Written) -> bool:
    return any(part.person != note.person for part in note.parts)


def _members(episode: Episode, on: date) -> frozenset[UUID]:
    return frozenset(person for (person,) in _MEMBERS.ask(episode=episode.pk, on=on))


_MEMBERS: Compiled[tuple[UUID]] = Compiled(
    lambda: (
        EpisodeMember.objects.filter(episode=Given("episode"), starts_on__lte=Given("on"))
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=Given("on")))
        .values_list("person")
    )
)


def hours_of(note: Written, zone: tzinfo, now: datetime) -> dict[str, Any]:
    """The hours of *note*, as ``overlapping`` asks for them; none, where it has none."""
    span = note.span(zone)
    start, end = span if span and span[0] < span[1] else (now, now - LONGEST_AGO)
    return {
        "start": start,
        "end": end,
        "longest": start - LONGEST_AGO,
        "replaces": note.replaces or NOBODY,
        "group": note.group or _group_of(note.replaces) or NOBODY,
    }


def overlapping() -> QuerySet[Contact]:
    """Other contacts of a worker that share time with a note: touching ends do not count. For ``Compiled``."""
    return (
        Contact.objects.filter(
            staff=Given("staff"),
            started_at__lt=Given("end"),
            started_at__gt=Given("longest"),
            ended_at__gt=Given("start"),
        )
        .exclude(state__in=GONE)
        .exclude(pk=Given("replaces"))
        .exclude(group=Given("group"))
    )


_OVERLAPPING: Compiled[tuple[datetime, datetime]] = Compiled(
    lambda: overlapping().order_by("started_at").values_list("started_at", "ended_at")[:MOST_NAMED]
)


def _group_of(contact: UUID | None) -> UUID | None:
    """The group of which the returned note *contact* was one."""
    return Contact.objects.filter(pk=contact).values_list("group", flat=True).first() if contact else None
