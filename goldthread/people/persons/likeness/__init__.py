"""How alike two descriptions of people are: pure, no database, no clock. See docs/adr/0047-duplicates-and-merge.md."""

from goldthread.people.persons.likeness.comparing import Level, Score, at_most, only_name_and_birth, score
from goldthread.people.persons.likeness.described import DAY, MONTH, YEAR, Described, Name, Place, digits_of
from goldthread.people.persons.likeness.keys import Key, key_of_number, keys_of
from goldthread.people.persons.likeness.weights import POSSIBLE, RULES, STRONG

__all__ = [
    "DAY",
    "MONTH",
    "POSSIBLE",
    "RULES",
    "STRONG",
    "YEAR",
    "Described",
    "Key",
    "Level",
    "Name",
    "Place",
    "Score",
    "at_most",
    "digits_of",
    "key_of_number",
    "keys_of",
    "only_name_and_birth",
    "score",
]
