"""Looking for two records of one person: once among all, then only where something has changed (ADR 0067)."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from goldthread.casework.merging.actions.apart import told_apart
from goldthread.casework.merging.models import CommonKey, Look, Pair
from goldthread.casework.merging.rules import first_second
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons import likeness
from goldthread.people.persons.actions.keys import compare_again
from goldthread.people.persons.likeness.weights import WEIGHTS
from goldthread.people.persons.models import Identifier, LikenessChange, LikenessKey, Person
from goldthread.people.persons.queries.likely import COMMON
from goldthread.people.persons.queries.near import Bearers, Near, bearers

BATCH = 40
"""Clients a stage: some 200 ms of processor time, so that no other writer waits longer (house.md, long work)."""


@transaction.atomic
def look_on(*, by: Actor, size: int = BATCH) -> bool:
    """The next stage: *size* clients of the first round, after that *size* changes. True: there are more; call again.

    A stage is one transaction: a worker that is killed goes on with the next one. A first round begins when there was none, or when
    the rules by which people are compared are not those of the last one.
    """
    Look.objects.get_or_create(pk=1)
    look = Look.objects.select_for_update().get(pk=1)
    if look.rules != rules_of_now():
        _begin(look, by)
    if look.done_at is None:
        _go_round(look, size, by)
        return True
    return _catch_up(size, by)


def rules_of_now() -> str:
    """Changes with the weights, and with ``RULES`` for what else people are compared by."""
    return f"{likeness.RULES} {sha256(WEIGHTS.read_bytes()).hexdigest()[:16]}"


def _begin(look: Look, by: Actor) -> None:
    """All will be looked at: what has changed so far with them. What changes meanwhile is looked at when the round is over."""
    look.rules, look.after, look.round_began_at, look.done_at = rules_of_now(), None, by.at, None
    CommonKey.objects.all().delete()
    LikenessChange.objects.all().delete()


def _go_round(look: Look, size: int, by: Actor) -> None:
    clients = Person.objects.filter(client_number__isnull=False).order_by("pk")
    part = list((clients.filter(pk__gt=look.after) if look.after else clients)[:size])
    near = Near(part)
    done = Pair.objects.filter(one__lte=look.after) if look.after else Pair.objects.none()
    _see_crowds(near.bearers, near.numbers, done, but=near.described)
    _keep(near.alike(later=True), Pair.objects.filter(one__in=near.described), by)
    if part:
        look.after = part[-1].pk
    if len(part) < size:
        look.done_at = by.at
    look.save()


def _catch_up(size: int, by: Actor) -> bool:
    """Look at the people of the next changes, each once. Who is no client is in no pair, but has keys that others share."""
    changes = list(LikenessChange.objects.order_by("pk")[:size])
    ids = {change.person for change in changes}
    near = Near(list(Person.objects.filter(pk__in=ids, client_number__isnull=False).order_by("pk")))
    others = Near(list(Person.objects.filter(pk__in=ids, client_number__isnull=True).order_by("pk")))
    lost = [key for change in changes for key in change.lost]
    gone = {likeness.key_of_number(key): key for key in lost if isinstance(key, str)}
    seen = bearers({key for key in lost if isinstance(key, int)}, gone) | others.bearers | near.bearers
    _see_crowds(seen, gone | others.numbers | near.numbers, Pair.objects.all(), but=ids)
    _keep(near.alike(later=False), Pair.objects.filter(Q(one__in=ids) | Q(other__in=ids)), by)
    LikenessChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return LikenessChange.objects.exists()


def _see_crowds(seen: Bearers, numbers: Mapping[int, str], pairs: QuerySet[Pair], *, but: Collection[UUID]) -> None:
    """Keys that have become common, or are common no more, since they were last looked at: those whose pairs hang on them are
    looked at again, *but* these, whose turn it is now. *pairs*: those that were made by now."""
    crowded = {key for key, some in seen.items() if len(some) > COMMON}
    known = set(CommonKey.objects.filter(key__in=[*seen]).values_list("key", flat=True))
    again: set[UUID] = set()
    for key in crowded - known:
        again |= set(pairs.filter(_both_bear(key, numbers.get(key))).values_list("one", flat=True))
    for key in known - crowded:
        again |= seen[key]
    CommonKey.objects.bulk_create([CommonKey(key=key) for key in crowded - known])
    CommonKey.objects.filter(key__in=known - crowded).delete()
    compare_again(sorted(again - set(but)))


def _both_bear(key: int, digest: str | None) -> Q:
    """The pairs of whom both have *key*; *digest*: it stands for this identifying number."""
    some: QuerySet[Any, Any] = LikenessKey.objects.filter(key=key).values("person")
    if digest:
        some = Identifier.objects.filter(digest=digest).values("person")
    return Q(one__in=some, other__in=some)


def _keep(found: Mapping[UUID, Mapping[UUID, likeness.Score]], there: QuerySet[Pair], by: Actor) -> None:
    """Keep the pairs that were *found* of each person; of those *there*, forget what is none any more.

    All rows speak, those under labels, too: a pair is shown only to who may read both people, by what they may see.
    """
    wanted = {}
    for person, some in found.items():
        for other in some.keys() - (told_apart(person, some) if some else set()):
            first, second = (person, other) if first_second(person, other) else (other, person)
            wanted[first, second] = some[other]
    kept = {(pair.one_id, pair.other_id): pair for pair in there}
    Pair.objects.filter(pk__in=[pair.pk for ids, pair in kept.items() if ids not in wanted]).delete()
    new = []
    for (one, other), score in wanted.items():
        values = {"bits": score.bits, "strong": score.strong}
        pair = kept.get((one, other))
        if pair is None:
            new.append(Pair(one_id=one, other_id=other, found_at=by.at, **values))
        elif (pair.bits, pair.strong) != (score.bits, score.strong):
            Pair.objects.filter(pk=pair.pk).update(**values)
    Pair.objects.bulk_create(new, ignore_conflicts=True)
