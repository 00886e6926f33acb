"""Who is perhaps somebody already known: looked up by keys, then scored. The work is bounded, however large the agency."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, IntegerField, Q, QuerySet

from goldthread.foundation.lib import phones
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.labels import ALL_LABELS
from goldthread.people.persons import likeness
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.identifiers import digests_by_kind
from goldthread.people.persons.likeness.rows import birth_parts, described
from goldthread.people.persons.likeness.words import why
from goldthread.people.persons.models import Address, ContactPoint, Identifier, Person, PersonName
from goldthread.people.persons.queries.record import clear_of

COMMON = 60
"""A key that so many people have tells nobody apart: another key of the same person does, or more has to be known of them."""
MOST = 48
"""Candidates that are scored: those with the most keys in common."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody has typed of a person so far, in any state of completeness."""

    given: str = ""
    family: str = ""
    middle: str = ""
    suffix: str = ""
    preferred: str = ""
    former: Sequence[tuple[str, str]] = ()
    birth_date: date | None = None
    birth_date_kind: str = DateKind.EXACT
    phones: Sequence[str] = ()
    emails: Sequence[str] = ()
    line1: str = ""
    line2: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""
    numbers: Sequence[tuple[str, str]] = field(default=())
    """Kind (IdentifierKind) and value of each identifier."""

    def described(self) -> likeness.Described:
        """As it is compared."""
        named = [likeness.Name.said(self.given, self.family, self.middle, self.suffix)]
        if self.preferred:
            named.append(likeness.Name.said(self.preferred, self.family))
        named += [likeness.Name.said(*name) for name in self.former]
        place = likeness.Place.said(self.line1, self.line2, self.city, self.postal_code, self.region)
        return likeness.Described(
            names=tuple(name for name in named if name.given or name.family),
            birth=likeness.digits_of(self.birth_date),
            birth_parts=birth_parts(self.birth_date_kind),
            places=(place,) if place.street or place.postal or place.city else (),
            phones=frozenset(key[:10] for phone in self.phones if len(key := phones.phone_key(phone)) >= 7),
            emails=frozenset(phones.email_key(email) for email in self.emails if "@" in email),
            numbers={kind: frozenset(digests_by_kind(kind, value)) for kind, value in self.numbers if value},
        )


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody who is perhaps the same person: how likely (bits), why in words, and is it more than a namesake or twin?"""

    person: Person
    score: float
    why: tuple[str, ...]
    strong: bool


def likely_the_same(
    *,
    typed: Typed | likeness.Described,
    among: QuerySet[Person],
    cleared: int = 0,
    limit: int = 5,
    but: Collection[UUID] = (),
) -> list[Likely]:
    """Those *among* whom *typed* may describe, the likeliest first; *but* these.

    *cleared*: the labels (bits) of rows that may be looked at. At most six queries, and no more rows the larger the agency is.
    """
    one = typed if isinstance(typed, likeness.Described) else typed.described()
    return judged(one, candidates(one, cleared), among=among, cleared=cleared, limit=limit, but=but)


def candidates(one: likeness.Described, cleared: int = 0) -> list[UUID]:
    """Ids of the people who share keys with *one*, those with the most first. One query; two when numbers are known."""
    shared: Counter[UUID] = Counter()
    met: dict[int, list[UUID]] = defaultdict(list)
    keys = sorted(likeness.keys_of(one).values())
    for key, person in who_bears(keys, int(ALL_LABELS) & ~cleared) if keys else ():
        met[key].append(person)
    for bearers in met.values():
        if len(bearers) <= COMMON:
            shared.update(bearers)
    if one.numbers:
        seen = Identifier.objects.filter(clear_of(int(ALL_LABELS) & ~cleared), digest__in=one.digests)
        for person in seen.values_list("person", flat=True)[:COMMON]:
            shared[person] += 100
    return [person for person, _count in shared.most_common()]


def judged(
    one: likeness.Described,
    ids: Iterable[UUID],
    *,
    among: QuerySet[Person],
    cleared: int = 0,
    limit: int = 5,
    but: Collection[UUID] = (),
) -> list[Likely]:
    """Those of *ids* who are *among* the people meant and may be *one*, the likeliest first."""
    asked = [pk for pk in ids if pk not in but][: 4 * MOST]
    if not asked:
        return []
    reached = {person.pk: person for person in among.filter(Q(AnyOf(F("pk"), asked)))}
    found = []
    for person, other in descriptions([reached[pk] for pk in asked if pk in reached][:MOST], cleared, one):
        score = likeness.score(one, other)
        if score.possible:
            found.append((score, person))
    found.sort(key=lambda pair: (-pair[0].bits, pair[1].pk))
    return [Likely(person, score.bits, why(score), score.strong) for score, person in found[:limit]]


def descriptions(
    persons: Sequence[Person], cleared: int = 0, beside: likeness.Described | None = None
) -> list[tuple[Person, likeness.Described]]:
    """Each of *persons* as they are compared, by rows whose labels are all *cleared*. Four queries; fewer when *beside*, with
    whom they are to be compared, has no places or numbers."""
    if not persons:
        return []
    asked = {"persons": [person.pk for person in persons]}
    seen = {**asked, "missing": int(ALL_LABELS) & ~cleared}
    every = beside is None
    one = beside or likeness.Described()
    names = _of_each(_NAMES.ask(**asked))
    points = _of_each(_POINTS.ask(**seen) if every or one.phones or one.emails else ())
    places = _of_each(_PLACES.ask(**seen) if every or one.places else ())
    numbers: dict[UUID, dict[str, frozenset[str]]] = defaultdict(dict)
    for pk, kind, digest in _NUMBERS.ask(**seen) if every or one.numbers else ():
        numbers[pk][kind] = numbers[pk].get(kind, frozenset()) | {digest}
    return [(who, described(who, names[who.pk], points[who.pk], places[who.pk], numbers[who.pk])) for who in persons]


def _of_each(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """*rows* by person."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(row)
    return found


_OF = AnyOf(F("person"), Given("persons"))
_CLEAR = clear_of(Given("missing", IntegerField()))
_NAMES = Compiled(lambda: PersonName.objects.filter(Q(_OF)).order_by("pk"))
_POINTS = Compiled(lambda: ContactPoint.objects.filter(Q(_OF), _CLEAR))
_PLACES = Compiled(lambda: Address.objects.filter(Q(_OF), _CLEAR))
_NUMBERS: Compiled[tuple[UUID, str, str]] = Compiled(
    lambda: Identifier.objects.filter(Q(_OF), _CLEAR).values_list("person", "kind", "digest")
)


def who_bears(keys: Sequence[int], missing: int) -> list[tuple[int, UUID]]:
    """Key and person of each key that is not under one of the labels *missing*, at most one more than COMMON of each key."""
    one = f"SELECT key, person_id FROM persons_likenesskey WHERE key = {{}} AND (labels & {int(missing)}) = 0 LIMIT {COMMON + 1}"  # noqa: S608  # numbers of ours
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lateral = (
                f"SELECT found.* FROM unnest(%s::bigint[]) AS asked(key), LATERAL ({one.format('asked.key')}) AS found"  # noqa: S608  # our own words
            )
            cursor.execute(lateral, [list(keys)])
            return list(cursor.fetchall())
        cursor.execute(" UNION ALL ".join(f"SELECT * FROM ({one.format('%s')})" for _key in keys), list(keys))  # noqa: S608  # ours
        return [(key, UUID(person)) for key, person in cursor.fetchall()]
