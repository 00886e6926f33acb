"""How alike two descriptions of people are: pure, no database, no clock. See docs/adr/0047-duplicates-and-merge.md."""

from goldthread.people.persons.likeness.comparing import Level, Score, score
from goldthread.people.persons.likeness.described import DAY, MONTH, YEAR, Described, Name, Place, digits_of
from goldthread.people.persons.likeness.keys import Key, keys_of
from goldthread.people.persons.likeness.weights import POSSIBLE, STRONG

__all__ = [
    "DAY",
    "MONTH",
    "POSSIBLE",
    "STRONG",
    "YEAR",
    "Described",
    "Key",
    "Level",
    "Name",
    "Place",
    "Score",
    "digits_of",
    "keys_of",
    "score",
]
