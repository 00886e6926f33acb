"""What happens to a waitlist by itself: offers lapse, who was enrolled or has died no longer waits, ranks follow rules and facts."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from goldthread.casework.episodes.models import EpisodeMember
from goldthread.casework.intake.actions.leaving import end_as_died, end_as_enrolled
from goldthread.casework.intake.actions.offers import lapse
from goldthread.casework.intake.actions.waiting import rank_anew
from goldthread.casework.intake.models import Place
from goldthread.casework.intake.models.waiting import OPEN
from goldthread.casework.intake.queries.waiting import known_for_ranking, rules_today
from goldthread.casework.intake.rules.waiting import ranked, standings
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.programs.models import Program

BATCH = 250


def look_after(*, program: Program, by: Actor) -> int:
    """Look after the waitlist of *program*, in short batches. Again changes nothing. How many places changed?"""
    changed = 0
    late = Place.objects.filter(OPEN, program=program, offers__answer="", offers__answer_by__lt=by.today)
    for place in late.order_by("pk"):
        changed += lapse(place, by)
    there = EpisodeMember.objects.filter(
        person=OuterRef("inquiry__client"),
        ends_on__isnull=True,
        episode__program=program,
        episode__discharged_on__isnull=True,
    )
    for place in Place.objects.filter(OPEN, Exists(there), program=program).order_by("pk"):
        with transaction.atomic():
            end_as_enrolled(place, by)
        changed += 1
    return changed + _end_of_the_dead(program, by) + rank_all(program=program, by=by)


def _end_of_the_dead(program: Program, by: Actor) -> int:
    """Whoever has died waits no longer. A household goes on waiting when the one who asked for it has died: a person decides."""
    if program.unit == "household":
        return 0
    dead = list(Place.objects.filter(OPEN, program=program, inquiry__client__deceased=True).order_by("pk"))
    for place in dead:
        with transaction.atomic():
            end_as_died(place, by)
    return len(dead)


def rank_all(*, program: Program, by: Actor) -> int:
    """Rank everybody who waits for *program* anew. How many moved?"""
    groups = rules_today(program.pk, by.today).comes_first
    moved, after = 0, UUID(int=0)
    waiting = Place.objects.filter(OPEN, program=program).select_related("inquiry__client").order_by("pk")
    while batch := list(waiting.filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        known = known_for_ranking(batch, program, by.today)
        anew = []
        for place, what in zip(batch, known, strict=True):
            rank, group = ranked(standings(groups, place.answers, what, by.today))
            if (rank, group) != (place.rank, place.group):
                place.rank, place.group = rank, group
                anew.append(place)
        Place.objects.bulk_update(anew, ["rank", "group"], batch_size=100)
        moved += len(anew)
    return moved


@transaction.atomic
def rank_client(*, client: UUID, by: Actor) -> int:
    """Rank *client* anew wherever they wait: something of them changed. How many of their places moved?"""
    waiting = Place.objects.select_for_update(of=("self",)).filter(OPEN, inquiry__client=client)
    moved = [
        place
        for place in waiting.select_related("inquiry__client", "program").order_by("pk")
        if rank_anew(place, by.today)
    ]
    Place.objects.bulk_update(moved, ["rank", "group"])
    return len(moved)
