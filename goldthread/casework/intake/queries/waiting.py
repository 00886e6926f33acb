"""Reading waitlists: the order, who is where, what of somebody is known for the ranking."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.intake.enums import PlaceState
from goldthread.casework.intake.models import Inquiry, Offer, Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.queries.fitting import ASKED_KINDS, OnRecord, known_of
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, rules_of
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import holding_on
from goldthread.people.persons.models import Address

ORDER = ("rank", "since", "pk")


def rules_today(program: UUID, today: date) -> Template:
    """The rules of *program* that hold today."""
    return in_force(rules_of([program])[program], today)


def positions(places: Sequence[Place]) -> dict[UUID, int]:
    """At which position each of *places*, of one program and open, stands on its waitlist, from 1. Two queries: how many stand before
    the first, and the ids from there to the last (a page of the list: as many as it shows)."""
    rows = sorted(places, key=lambda one: (one.rank, one.since, one.pk))
    if not rows:
        return {}
    first, last = rows[0], rows[-1]
    waiting = Place.objects.filter(OPEN, program=first.program_id)
    number = waiting.filter(before(first)).count() + 1
    if len(rows) == 1:
        return {first.pk: number}
    between = waiting.exclude(before(first)).filter(before(last)).order_by(*ORDER).values_list("pk", flat=True)
    found = {pk: number + n for n, pk in enumerate(between)}
    return {row.pk: found.get(row.pk, number + len(found)) for row in rows}


def before(place: Place) -> Q:
    """Who stands before *place*."""
    same = Q(rank=place.rank, since=place.since, pk__lt=place.pk)
    return Q(rank__lt=place.rank) | Q(rank=place.rank, since__lt=place.since) | same


def ahead(place: Place) -> int:
    """How many stand before *place* and were not offered a place: whom an offer to it would pass over."""
    return Place.objects.filter(before(place), program=place.program_id, state=PlaceState.WAITING).count()


def places_of(inquiry: Inquiry) -> list[Place]:
    """Every place that hangs on *inquiry*, the newest first, with its program. One query."""
    return list(inquiry.places.select_related("program", "owner", "team").order_by("-made_at", "-pk"))


def waits_of_client(client: UUID, cleared: int) -> list[tuple[Place, int]]:
    """Where *client* waits, each with the position: of programs whose labels are among *cleared*. A query, and one for each place."""
    rows = Place.objects.filter(OPEN, inquiry__client=client).select_related("program", "inquiry").order_by("since")
    seen = [row for row in rows if not row.labels & ~cleared]
    return [(row, positions([row])[row.pk]) for row in seen]


def open_offer(place: Place) -> Offer | None:
    """The offer that waits for an answer."""
    return place.offers.filter(answer="").first()


def known_for_ranking(places: Sequence[Place], program: Program, today: date) -> list[Known]:
    """What is known of who waits, place by place (their inquiries are loaded): what was said, and what everybody may read who may read
    this waitlist. Facts of other programs under labels tell nothing by a rank. At most three queries, however many."""
    persons = {place.inquiry.client_id for place in places if place.inquiry.client_id}
    facts: dict[UUID, list[Fact]] = {}
    homes: dict[UUID, Address] = {}
    programs: dict[UUID, set[str]] = {person: set() for person in persons}
    if persons:
        seen = Q(labels=0) | Q(labels=program.labels, episode_id__isnull=True)
        for fact in Fact.objects.filter(
            holding_on(today), seen, person__in=persons, current=True, kind__in=ASKED_KINDS
        ).order_by("pk"):
            facts.setdefault(fact.person_id, []).append(fact)
        at_home = Address.objects.filter(person__in=persons, kind="current", ends_on__isnull=True, labels=0)
        homes = {home.person_id: home for home in at_home.order_by("pk")}
        members = EpisodeMember.objects.filter(
            person__in=persons, ends_on__isnull=True, episode__discharged_on__isnull=True, episode__labels=0
        )
        names = members.values_list("person_id", "episode__program__key", "episode__program__template_key")
        for person, key, template in names:
            programs[person] |= {key, template} - {""}
    agency = the_agency()
    state = agency.holiday_region if agency and agency.holiday_country == "US" else ""
    found = []
    for place in places:
        who = place.inquiry.client_id
        record = OnRecord()
        if who:
            record = OnRecord(place.inquiry.client, tuple(facts.get(who, ())), homes.get(who), frozenset(programs[who]))
        found.append(known_of(place.inquiry, program, record, today, unseen=frozenset(), agency_state=state))
    return found
