"""Are the criteria of a program wider than before: can somebody be let in now who could not be? Proven by their shape, part by part;
what cannot be told apart for sure (another question, both more and less) counts as wider: nobody loosens a rule of the field by accident."""

from collections.abc import Sequence
from functools import lru_cache

from goldthread.foundation.programs.enums import Coverage, Unit
from goldthread.foundation.programs.rules.eligibility import (
    Age,
    Asked,
    Covered,
    Criterion,
    Diagnosed,
    Enrolled,
    Group,
    How,
    Income,
    Referred,
    Residence,
)
from goldthread.foundation.programs.rules.values import Span

BOTH = frozenset({Coverage.MEDICAID, Coverage.MEDICARE})


@lru_cache(maxsize=20_000)  # the same parts are met again on each of the ways
def implies(one: Criterion | Group, other: Criterion | Group) -> bool:
    """Is everybody who meets *one* sure to meet *other*?"""
    if not isinstance(one, Group) and not isinstance(other, Group):
        return _within(one, other)
    return any(proof(_group(one), _group(other)) for proof in (_part_by_part, _from_the_left, _from_the_right, _turned))


def _group(one: Criterion | Group) -> Group:
    return one if isinstance(one, Group) else Group(How.ANY, (one,))


def _asked_for(group: Group) -> int:
    """How many of its parts have to hold."""
    return {How.ALL: len(group.parts), How.AT_LEAST: group.least}.get(group.how, 1)


def _part_by_part(one: Group, other: Group) -> bool:
    """At least n of one's parts hold; each has a part of the other's to itself that then holds, too, but for a few."""
    if How.NONE in (one.how, other.how):
        return False
    alone = len(one.parts) - _pairs(one.parts, other.parts)
    return _asked_for(one) - alone >= _asked_for(other)


def _pairs(some: Sequence[Criterion | Group], others: Sequence[Criterion | Group]) -> int:
    """How many of *some* can be paired each with one of *others* that it implies."""
    leads = [
        [place for place, other in enumerate(others) if _smaller(one, other) and implies(one, other)] for one in some
    ]
    taken: dict[int, int] = {}

    def pair(number: int, tried: set[int]) -> bool:
        for place in leads[number]:
            if place in tried:
                continue
            tried.add(place)
            if place not in taken or pair(taken[place], tried):
                taken[place] = number
                return True
        return False

    return sum(pair(number, set()) for number in range(len(some)))


def _smaller(one: Criterion | Group, other: Criterion | Group) -> bool:
    """Not both criteria wrapped into groups of one: they would be unwrapped and wrapped for ever."""
    return isinstance(one, Group) or isinstance(other, Group) or type(one) is type(other)


def _from_the_left(one: Group, other: Group) -> bool:
    """One of the parts that must all hold is enough; or each of those of which one must hold."""
    if one.how is How.ALL and one.parts:
        return any(implies(part, other) for part in one.parts)
    alternatives = one.how is How.ANY or (one.how is How.AT_LEAST and one.least == 1)
    return alternatives and _unwrapped(one) and all(implies(part, other) for part in one.parts)


def _from_the_right(one: Group, other: Group) -> bool:
    """Every part that the other asks for follows; or one of those of which one is enough."""
    if other.how is How.ALL:
        return all(implies(one, part) for part in other.parts)
    if other.how is How.NONE and len(other.parts) > 1:
        return all(implies(one, Group(How.NONE, (part,))) for part in other.parts)
    alternatives = other.how is How.ANY or (other.how is How.AT_LEAST and other.least == 1)
    return alternatives and _unwrapped(other) and any(implies(one, part) for part in other.parts)


def _unwrapped(group: Group) -> bool:
    """Not a single criterion that ``implies`` itself put into a group."""
    return len(group.parts) > 1 or any(isinstance(part, Group) for part in group.parts)


def _turned(one: Group, other: Group) -> bool:
    """None of these, where none of more was asked before: what is excluded now must have been excluded then."""
    if one.how is not How.NONE or other.how is not How.NONE:
        return False
    return implies(Group(How.ANY, other.parts), Group(How.ANY, one.parts))


def _within(one: Criterion, other: Criterion) -> bool:
    match one, other:
        case Age(), Age():
            return _at_least(one.least) >= _at_least(other.least) and _below(one.under) <= _below(other.under)
        case Income(), Income():
            return one.percent <= other.percent
        case Asked(), Asked():
            return (one.key, one.title) == (other.key, other.title)
        case Residence(), Residence():
            return set(one.states) <= set(other.states) and _codes_within(one.postal_codes, other.postal_codes)
        case _:
            return _some_of(one, other)


def _some_of(one: Criterion, other: Criterion) -> bool:
    match one, other:
        case Covered(), Covered():
            return _held(one) <= _held(other)
        case Diagnosed(), Diagnosed():
            return all(any(_code_within(code, wide) for wide in other.codes) for code in one.codes)
        case Referred(), Referred():
            return set(one.sources) <= set(other.sources)
        case Enrolled(), Enrolled():
            return set(one.programs) <= set(other.programs)
    return False


def _at_least(age: Span | None) -> int:
    return _months(age) if age else 0


def _below(age: Span | None) -> int:
    return _months(age) if age else 10_000


def _months(age: Span) -> int:
    return age.count * (12 if age.unit is Unit.YEARS else 1)


def _codes_within(some: Sequence[str], others: Sequence[str]) -> bool:
    return all(any(code.startswith(wide) for wide in others) for code in some)


def _held(one: Covered) -> frozenset[Coverage]:
    """Who has both Medicaid and Medicare meets a criterion that names one of them."""
    return frozenset(one.types) | (frozenset({Coverage.BOTH}) if BOTH & set(one.types) else frozenset())


def _code_within(code: str, wide: str) -> bool:
    """Is every diagnosis that *code* names (``F31``, ``F20-F29``) among those of *wide*?"""
    (first, last), (lowest, highest) = _ends(code), _ends(wide)
    return lowest <= first[: len(lowest)] and last[: len(highest)] <= highest and len(highest) <= len(last)


def _ends(code: str) -> tuple[str, str]:
    first, _dash, last = code.replace(".", "").partition("-")
    return first, last or first
