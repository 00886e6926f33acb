"""What each kind of fact holds, how it is read and said. Pure."""

from goldthread.people.facts.rules.days import next_of_its_kind, overlaps
from goldthread.people.facts.rules.fields import ONE_AT_A_TIME, Field, How, fields_of
from goldthread.people.facts.rules.money import monthly
from goldthread.people.facts.rules.settings import SETTINGS, level_of
from goldthread.people.facts.rules.values import code_of, read_value, words_of

__all__ = [
    "ONE_AT_A_TIME",
    "SETTINGS",
    "Field",
    "How",
    "code_of",
    "fields_of",
    "level_of",
    "monthly",
    "next_of_its_kind",
    "overlaps",
    "read_value",
    "words_of",
]
