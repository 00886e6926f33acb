"""Two descriptions compared field by field. Each comparison ends at a level; each level has a weight (weights.csv).

The sum is a likelihood ratio in bits (I. P. Fellegi, A. B. Sunter, A Theory for Record Linkage, JASA 64, 1969): how much more
often two records of one person agree so than records of two people. Where somebody lives and which telephone is theirs are
no independent witnesses, since whole households share them: together they count within bounds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from goldthread.people.persons.likeness.described import Described, Name, Place
from goldthread.people.persons.likeness.levels import (
    MISSING,
    birth_level,
    line_level,
    middle_level,
    number_level,
    word_level,
)
from goldthread.people.persons.likeness.weights import POSSIBLE, REACH_AGAINST, REACH_FOR, STRONG, bits_of

Level = tuple[str, str]
"""What was compared and how it came out: ``("birth", "swapped")``."""
CLEAR = ("same", "slip")
ALIKE = (*CLEAR, "close", "sound")
NAMES = frozenset({"given", "family", "name", "middle", "suffix", "former"})
REACH = frozenset({"house", "street", "unit", "city", "postal", "phone", "email"})


@dataclass(frozen=True, slots=True)
class Score:
    """``bits``: the higher, the likelier one person; 0 says nothing. ``levels``: what it was found from."""

    bits: float
    levels: tuple[Level, ...]

    @property
    def possible(self) -> bool:
        """Worth a look."""
        return self.bits >= POSSIBLE

    @property
    def strong(self) -> bool:
        """Beyond what a namesake or a twin reaches: more than the name speaks for it."""
        beyond = any(field not in NAMES and bits_of((field, how)) > 0 for field, how in self.levels)
        return self.bits >= STRONG and beyond


def score(one: Described, other: Described) -> Score:
    """How likely both are one person. Symmetric; what one of them does not say counts for nothing."""
    named = _best([_names(a, b) for a, b in product(one.names, other.names)])
    if one.names and other.names and named != _names(one.names[0], other.names[0]):
        named = [*named, ("former", "same")]
    born = birth_level(one, other)
    found = [
        *named,
        ("birth", born),
        *_best([_places(a, b) for a, b in product(one.places, other.places)]),
        ("phone", _shared(one.phones, other.phones)),
        ("email", _shared(one.emails, other.emails)),
        ("number", _numbers(one, other)),
        ("person", _another(dict(named), born)),
    ]
    levels = tuple(level for level in found if level[1] != MISSING)
    return Score(total(levels), levels)


def only_name_and_birth(one: Described) -> Described:
    """*one* without all the rest."""
    return Described(names=one.names, birth=one.birth, birth_parts=one.birth_parts)


def at_most(one: Described, other: Described) -> float:
    """The most bits that two people of whom only names and birth are given here can reach, whatever else is known of them short
    of an identifying number in common."""
    return score(one, other).bits + REACH_FOR


def total(levels: Iterable[Level]) -> float:
    """The bits of *levels* together."""
    reach = other = 0.0
    for level in levels:
        if level[0] in REACH:
            reach += bits_of(level)
        else:
            other += bits_of(level)
    return round(other + min(max(reach, REACH_AGAINST), REACH_FOR), 1)


def _best(ways: Sequence[list[Level]]) -> list[Level]:
    """Of several ways to lay two people side by side, that which speaks most for one person."""
    return max(ways, key=lambda levels: sum(map(bits_of, levels)), default=[])


def _names(one: Name, other: Name) -> list[Level]:
    rest: list[Level] = [("middle", middle_level(one, other)), ("suffix", _told_apart(one.suffix, other.suffix))]
    crossed = {word_level(one.given, other.family), word_level(one.family, other.given)}
    straight: list[Level] = [
        ("given", word_level(one.given, other.given, nicknames=True)),
        ("family", word_level(one.family, other.family)),
    ]
    if one.given == other.given or one.family == other.family or not crossed <= {*CLEAR, MISSING}:
        return straight + rest
    if crossed == {MISSING}:
        return straight + rest
    return [("name", "swapped_half" if MISSING in crossed else "swapped"), *rest]


def _told_apart(one: str, other: str) -> str:
    """Jr and Sr are two people; that only one of them says it means nothing."""
    return MISSING if not one or not other or one == other else "different"


def _places(one: Place, other: Place) -> list[Level]:
    return [
        ("house", number_level(one.number, other.number)),
        ("street", _street(one, other)),
        ("unit", line_level(one.more, other.more)),
        ("city", line_level(one.city, other.city)),
        ("postal", number_level(one.postal, other.postal)),
    ]


def _street(one: Place, other: Place) -> str:
    straight = line_level(one.street, other.street)
    if straight in CLEAR or straight == "close":
        return straight
    crossed = [line_level(one.street, other.more), line_level(one.more, other.street)]
    return "moved" if any(level in ("same", "close") for level in crossed) else straight


def _shared(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return MISSING
    return "same" if one & other else "different"


def _numbers(one: Described, other: Described) -> str:
    """One identifier in common is nearly proof; two different ones of one kind speak against it."""
    if one.digests & other.digests:
        return "same"
    return "different" if one.numbers.keys() & other.numbers.keys() else MISSING


def _another(named: dict[str, str], born: str) -> str:
    """One last name and another first name: of one birthday they are twins, as often as not; of two, they live together."""
    other_name = named.get("given") in ("different", "near")
    if named.get("family") not in ALIKE:
        return MISSING
    if born == "same" and named.get("given") == "first_letter":
        return "twins_in_name"
    if other_name and born in ("same", "different", "part"):
        return "twins" if born == "same" else "household"
    return MISSING
