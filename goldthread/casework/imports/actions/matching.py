"""Whose a row is: by client number, by an identifying number, or by name and date of birth. A person decides where that is not sure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.imports.actions.describing import described, who_may_be_told
from goldthread.casework.imports.enums import State, What
from goldthread.casework.imports.models import Brought
from goldthread.casework.imports.rules.happenings import Happening
from goldthread.casework.imports.rules.rows import NUMBERS, Told
from goldthread.foundation.lib.names import words_of
from goldthread.people.persons import likeness
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.likeness import Described, Score
from goldthread.people.persons.models import FormerNumber, Identifier, Person, PersonName
from goldthread.people.persons.queries.likely import descriptions
from goldthread.people.persons.queries.many import likely_of_many

MOST = 6
"""People among whom somebody chooses."""
NameKey = tuple[date, frozenset[str], frozenset[str]]


@dataclass(slots=True)
class Match:
    """``person``: surely theirs. Else ``among``: whose it may be, the likeliest first, with why; or ``told``: nobody's."""

    person: UUID | None = None
    among: list[UUID] = field(default_factory=list)
    score: Score | None = None
    told: list[Told] = field(default_factory=list)


def matched(
    rows: Sequence[tuple[int, Happening]], fields: Mapping[str, str], decided: Mapping[int, UUID]
) -> dict[int, Match]:
    """Of each row whose it is. Clients under domestic violence or sealed labels are not found, whatever number stands there: a file
    must not tell that they are known. A fixed number of statements for some hundred rows, and a few more for those like somebody."""
    open_rows = [(number, one) for number, one in rows if number not in decided]
    numbered = _by_numbers(open_rows)
    named = _by_names([one for _number, one in open_rows])
    unsure = [
        (number, without_numbers(one))
        for number, one in open_rows
        if not numbered[number] and _name_key(one) and len(named.get(_name_key(one), ())) != 1  # type: ignore[arg-type]  # asked for just before
    ]
    likely = likely_of_many(unsure, among=who_may_be_told()) if unsure else {}
    known = _descriptions({pk for people in numbered.values() for pk in people})
    found = {number: Match(person=decided[number]) for number, _one in rows if number in decided}
    for number, one in open_rows:
        by_number, by_name = numbered[number], sorted(named.get(_name_key(one), ()))  # type: ignore[arg-type]  # of no name there are none
        if by_number:
            found[number] = _of_number(one, by_number, known)
        elif len(by_name) == 1 and not _has_number(one):
            found[number] = Match(person=by_name[0])
        else:
            ranked = likely.get(number, [])
            among = list(dict.fromkeys([*by_name, *(pk for pk, _score in ranked)]))[:MOST]
            scores = dict(ranked)
            found[number] = (
                Match(among=among, score=scores.get(among[0])) if among else Match(told=[_nobody(one, fields)])
            )
    return found


def _of_number(one: Happening, people: set[UUID], known: Mapping[UUID, Described]) -> Match:
    """One client has the number: it is they, unless the name beside it is somebody else's."""
    ranked = sorted(people, key=lambda pk: (-_score(one, known[pk]).bits, str(pk)))
    first = _score(one, known[ranked[0]])
    if len(ranked) == 1 and (not one.who.names or first.bits >= 0):
        return Match(person=ranked[0])
    return Match(among=ranked[:MOST], score=first)


def _score(one: Happening, other: Described) -> Score:
    return likeness.score(without_numbers(one), other)


def without_numbers(one: Happening) -> Described:
    """Whom the row is about by name and birth alone."""
    numbers, one.who.numbers = one.who.numbers, []
    found = described(one.who)
    one.who.numbers = numbers
    return found


def _has_number(one: Happening) -> bool:
    return bool(one.client_number or one.who.old_number or one.who.numbers)


def _nobody(one: Happening, fields: Mapping[str, str]) -> Told:
    """Why no client is found, at the column by which they were looked for."""
    columns = {key: caption for caption, key in fields.items()}
    if _has_number(one):
        said = "client_number" if one.client_number else "old_number" if one.who.old_number else ""
        kinds = {str(kind): key for key, kind in NUMBERS.items()}
        return Told(columns[said or kinds[one.who.numbers[0]["kind"]]], _("No client here has this number."))
    column = next((columns[key] for key in ("name", "family", "given") if key in columns), "")
    if _name_key(one):
        return Told(column, _("No client here has this name and date of birth."))
    return Told(column, _("Whose is this? A number, or a name and a whole date of birth, must stand in the row."))


# --- By numbers ------------------------------------------------------------------------------------------
def _by_numbers(rows: Sequence[tuple[int, Happening]]) -> dict[int, set[UUID]]:
    """Clients who have one of the numbers of each row."""
    here = {one.client_number for _number, one in rows if one.client_number}
    old = {one.who.old_number for _number, one in rows if one.who.old_number}
    digests = {number: described(one.who).digests for number, one in rows if one.who.numbers}
    by_here = _gathered(Person.objects.filter(client_number__in=here).values_list("client_number", "pk"))
    _more(by_here, FormerNumber.objects.filter(number__in=here).values_list("number", "person"))
    came = Brought.objects.filter(old_number__in=old, run__what=What.CLIENTS, run__state=State.BROUGHT)
    by_old = _gathered(came.values_list("old_number", "person"))
    every = {digest for found in digests.values() for digest in found}
    sealed = Identifier.objects.filter(digest__in=every, ends_on__isnull=True).values_list("digest", "person")
    by_digest = _gathered(sealed)
    found = {
        number: by_here.get(one.client_number, set())
        | by_old.get(one.who.old_number, set())
        | {pk for digest in digests.get(number, ()) for pk in by_digest.get(digest, ())}
        for number, one in rows
    }
    told = set(
        who_may_be_told().filter(pk__in={pk for people in found.values() for pk in people}).values_list("pk", flat=True)
    )
    return {number: people & told for number, people in found.items()}


def _gathered(rows: Iterable[tuple[Any, UUID]]) -> dict[Any, set[UUID]]:
    found: dict[Any, set[UUID]] = defaultdict(set)
    _more(found, rows)
    return found


def _more(found: dict[Any, set[UUID]], rows: Iterable[tuple[Any, UUID]]) -> None:
    for key, pk in rows:
        found.setdefault(key, set()).add(pk)


# --- By name and birth -------------------------------------------------------------------------------------
def _name_key(one: Happening) -> NameKey | None:
    """A whole date of birth, first and last name: by these three somebody is found surely, when they alone have them."""
    born = one.who.about.get("birth_date")
    name = one.who.names[0] if one.who.names else {}
    given, family = frozenset(words_of(name.get("given", ""))), frozenset(words_of(name.get("family", "")))
    if not born or one.who.about.get("birth_date_kind") != DateKind.EXACT or not (given and family):
        return None
    return born, given, family


def _by_names(rows: Iterable[Happening]) -> dict[NameKey, set[UUID]]:
    """Clients by birth, first and last name, of the births asked for; each by all their names."""
    births = {key[0] for one in rows if (key := _name_key(one))}
    people = who_may_be_told().filter(birth_date__in=births, birth_date_kind=DateKind.EXACT)
    born = dict(people.values_list("pk", "birth_date"))
    found: dict[NameKey, set[UUID]] = defaultdict(set)
    names: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for pk, given, family in (
        PersonName.objects.filter(person__in=born).order_by("pk").values_list("person", "given", "family")
    ):
        names[pk].append((given, family))
    for pk, said in names.items():
        family_of = next((family for _given, family in said if family), "")
        given_of = next((given for given, _family in said if given), "")
        for given, family in said:
            both = frozenset(words_of(given or given_of)), frozenset(words_of(family or family_of))
            found[(born[pk] or date.min, *both)].add(pk)
    return found


def _descriptions(people: set[UUID]) -> dict[UUID, Described]:
    return {person.pk: one for person, one in descriptions(list(Person.objects.filter(pk__in=people)))}
