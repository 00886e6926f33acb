"""What somebody typed, taken apart: names, and keys that lead straight to few people (phone, identifier, number, birth)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goldthread.foundation.lib.dates import looks_like_date, possible_dates
from goldthread.people.persons import rules
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.identifiers import digests_of, last_four_digests
from goldthread.people.persons.models import ContactPoint, FormerNumber, Identifier, Person

_DIGITS = re.compile(r"\d")
_PLAIN = re.compile(r"[^0-9A-Za-z]+")
LONGEST = 120
MOST = 1000


@dataclass(frozen=True, slots=True)
class Key:
    """Something with digits in it: what it can be."""

    typed: str
    births: tuple[date, ...] = ()

    @property
    def value(self) -> str:
        """Letters and digits, in upper case."""
        return _PLAIN.sub("", self.typed).upper()

    def people(self) -> dict[UUID, str]:
        """The ids of the people to whom the key leads, and what it is of them: at most MOST a way, each by its own index
        (joined by OR they would be looked for among all people). Rows under a label lead nowhere: not all may see them."""
        ways: dict[str, QuerySet[Any, Any]] = {
            "identifier": Identifier.objects.filter(self._identifier(), labels=0).values_list("person")
        }
        phone = self._phone()
        if phone is not None:
            ways["phone"] = ContactPoint.objects.filter(phone, labels=0).values_list("person")
        if self.value.isdigit() and len(self.value) <= 9:
            number = int(self.value)
            of_now = Person.objects.filter(client_number=number).values_list("pk")
            ways["number"] = of_now.union(FormerNumber.objects.filter(number=number).values_list("person"))
        if self.births:
            ways["birth_date"] = Person.objects.filter(birth_date__in=self.births).values_list("pk")
        return {pk: why for why, way in ways.items() for (pk,) in way[:MOST]}

    def is_whole_identifier(self, person: Person) -> bool:
        """Is it, whole, a number that is on *person*'s record?"""
        return Identifier.objects.filter(person=person, digest__in=digests_of(self.value), labels=0).exists()

    def _phone(self) -> Q | None:
        """Phones ending in these digits (four or more); a leading 1 is the country's."""
        if not self.value.isdigit() or len(self.value) < 4:
            return None
        backwards = self.value[::-1]
        ends = _starting(backwards)
        if len(backwards) == 11 and backwards.endswith("1"):
            ends |= _starting(backwards[:10])
        return ends & ~Q(kind=ContactKind.EMAIL)

    def _identifier(self) -> Q:
        """The whole identifier of any kind, or its last four."""
        whole = Q(digest__in=digests_of(self.value))
        return whole | Q(last4_digest__in=last_four_digests(self.value)) if len(self.value) == 4 else whole


def _starting(digits: str) -> Q:
    """Keys that start with *digits*, as a range: SQLite uses no index for LIKE. After 9 comes the colon."""
    return Q(key__gte=digits, key__lt=f"{digits}:")


def read_keys(text: str, today: date, country: str) -> tuple[list[Key], list[str]]:
    """Keys and words of names in *text*: ``"garcia 0142"`` is one of each; ``"4 mar 1961"`` is one date of birth."""
    text = text[:LONGEST]
    if _DIGITS.search(text) is None:
        return [], rules.search_words(text)
    if looks_like_date(text) and (births := possible_dates(text, country, today)):
        return [Key(text, tuple(births))], []
    keys: list[str] = []
    words: list[str] = []
    last_was_key = False
    for piece in text.split():
        is_key = _DIGITS.search(piece) is not None
        if is_key and last_was_key:
            keys[-1] += f" {piece}"
        elif is_key:
            keys.append(piece)
        else:
            words.append(piece)
        last_was_key = is_key
    made = [Key(typed, tuple(possible_dates(typed, country, today))) for typed in keys]
    return [key for key in made if key.value], rules.search_words(" ".join(words))
