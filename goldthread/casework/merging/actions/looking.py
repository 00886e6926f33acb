"""Comparing all clients, a few at a time: the pairs for the worklist."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from goldthread.casework.merging.actions.apart import in_order, told_apart
from goldthread.casework.merging.models import Look, Pair
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons import likeness
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.likely import candidates, descriptions, judged

BATCH = 40
"""Clients a stage: some 200 ms of processor time, so that no other writer waits longer (house.md, long work)."""
ROUND = timedelta(hours=20)
"""A new round begins no sooner than so long after the last one began."""


@transaction.atomic
def look_on(*, by: Actor, size: int = BATCH) -> bool:
    """Compare the next *size* clients with all. True: there are more; call again. Begins a new round when it is time."""
    Look.objects.get_or_create(pk=1)
    look = Look.objects.select_for_update().get(pk=1)
    if look.round_began_at is None or (look.done_at and by.at - look.round_began_at >= ROUND):
        look.after, look.round_began_at, look.done_at = None, by.at, None
    elif look.done_at:
        return False
    clients = Person.objects.filter(client_number__isnull=False).order_by("pk")
    part = list((clients.filter(pk__gt=look.after) if look.after else clients)[:size])
    for person, one in descriptions(part, cleared=-1):
        compare(person, one, by)
    if part:
        look.after = part[-1].pk
    if len(part) < size:
        look.done_at = by.at
    look.save()
    return look.done_at is None


def compare(person: Person, one: likeness.Described, by: Actor) -> None:
    """Keep the pairs that *person*, described as *one*, is in; forget those that are none any more.

    All rows speak, those under labels, too: a pair is shown only to who may read both people, by what they may see.
    """
    clients = Person.objects.filter(client_number__isnull=False)
    found = judged(one, candidates(one, cleared=-1), among=clients, cleared=-1, limit=10, but=(person.pk,))
    known = told_apart(person, [likely.person for likely in found]) if found else set()
    wanted = {likely.person.pk: likely for likely in found if likely.person.pk not in known}
    there = {_another(pair, person.pk): pair for pair in Pair.objects.filter(Q(one=person) | Q(other=person))}
    Pair.objects.filter(pk__in=[pair.pk for other, pair in there.items() if other not in wanted]).delete()
    for other, likely in wanted.items():
        first, second = in_order(person, likely.person)
        values = {"bits": likely.score, "strong": likely.strong}
        if other in there:
            Pair.objects.filter(pk=there[other].pk).update(**values)
        else:
            Pair.objects.get_or_create(one=first, other=second, defaults=values | {"found_at": by.at})


def _another(pair: Pair, person: UUID) -> UUID:
    return pair.other_id if pair.one_id == person else pair.one_id
