"""Does the agency know somebody already? Strong matches only; asked by the gate about people the asker may not see."""

from datetime import date

from django.db.models import F, QuerySet
from django.db.models.lookups import Exact

from goldthread.foundation.lib.labels import Label
from goldthread.people.persons import rules
from goldthread.people.persons.models import Person
from goldthread.people.persons.queries.keys import Key, read_keys

NEVER = int(Label.DOMESTIC_VIOLENCE | Label.SEALED)
"""That these people are known is itself not told."""
SHORTEST_NAME = 3


def outside_match(text: str, persons: QuerySet[Person], today: date, country: str = "US") -> Person | None:
    """The one of *persons* (clients outside of the asker's reach) whom *text* describes beyond doubt: by a whole identifier,
    by first and last name with the date of birth, or by a whole phone number with a name. None when there is none, or when
    several fit."""
    keys, words = read_keys(text, today, country)
    if not keys:
        return None
    matching = persons.filter(Exact(F("labels").bitand(NEVER), 0))
    matching = matching.filter(pk__in=set.intersection(*(set(key.people()) for key in keys)))
    fitting = [person for person in matching.order_by("pk")[:50] if _beyond_doubt(person, keys, words)]
    return fitting[0] if len(fitting) == 1 else None


def _beyond_doubt(person: Person, keys: list[Key], words: list[str]) -> bool:
    if any(key.is_whole_identifier(person) for key in keys):
        return rules.match_rank(person.search_text, words) is not None
    whole_words = [word for word in words if len(word) >= SHORTEST_NAME and f" {word} " in person.search_text]
    if len(whole_words) != len(words):
        return False
    if any(person.birth_date in key.births for key in keys):
        return len(words) >= 2
    return bool(words) and any(len(key.value) >= 10 and key.value.isdigit() for key in keys)
