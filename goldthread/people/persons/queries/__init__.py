"""What is asked of people's records: find them, show them, tell what changed."""

from goldthread.people.persons.queries.matches import outside_match
from goldthread.people.persons.queries.record import (
    Brief,
    Record,
    brief_of,
    circle_of,
    clear_of,
    history,
    holds,
    household_of,
    missing_in,
    record_of,
    visible,
)
from goldthread.people.persons.queries.search import Found, find_persons
from goldthread.people.persons.queries.walk import names_matching

__all__ = [
    "Brief",
    "Found",
    "Record",
    "brief_of",
    "circle_of",
    "clear_of",
    "find_persons",
    "history",
    "holds",
    "household_of",
    "missing_in",
    "names_matching",
    "outside_match",
    "record_of",
    "visible",
]
