"""Finding by names among few people: those who hang on assignments. Each of them is looked at, however large the agency."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, ExpressionWrapper, F, Lookup, Q, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from goldthread.foundation.lib.compiled import AnyOf, Compiled, EachOf, Given, IsIn
from goldthread.foundation.lib.names import also_called
from goldthread.people.persons.models import Person

_ANSWER = {"id", "display_name", "client_number", "birth_date", "birth_date_kind", "deceased", "died_on"}
TOLD = tuple(field.attname for field in Person._meta.concrete_fields if field.attname in _ANSWER)
"""What an answer shows of a person, in the order in which a Person takes it: read at once of all who may match."""
Match = tuple[Any, ...]
"""Search text, sort key, is it one of the searcher's own; then TOLD."""
MOST_ASKED = 3
"""Words by which the database narrows, the longest ones; the rest are compared afterwards. So there are few statements."""


class Shape(Protocol):
    """All that decides on the words of a statement. Equal shapes have the same statement."""

    def __hash__(self) -> int: ...

    def left_open(self) -> QuerySet[Person]:
        """The people, with what is asked for them left open (Given)."""


class InReach(Protocol):
    """The people among whom to look: the gate's Scope."""

    @property
    def persons(self) -> QuerySet[Person]:
        """They themselves."""

    @property
    def small(self) -> bool:
        """Are they few?"""

    @property
    def shape(self) -> Shape:
        """Of their statement."""

    @property
    def given(self) -> Mapping[str, Any]:
        """What is asked for in it."""


@dataclass(frozen=True, slots=True)
class OwnOf:
    """The shape of a reach narrowed to the searcher's own people."""

    reach: Shape
    own: Compiled[tuple[UUID]]

    def left_open(self) -> QuerySet[Person]:
        """The people, left open."""
        return self.reach.left_open().filter(Q(EachOf(F("pk"), self.own.open_part())))


@dataclass(frozen=True, slots=True)
class Own:
    """Those of *own* who are within *reach*: few, however wide it is."""

    reach: InReach
    own: Compiled[tuple[UUID]]
    small: bool = True

    @property
    def persons(self) -> QuerySet[Person]:
        """They themselves."""
        return self.reach.persons.filter(Q(EachOf(F("pk"), self.own.part(**self.reach.given))))

    @property
    def shape(self) -> Shape:
        """Of their statement."""
        return OwnOf(self.reach.shape, self.own)

    @property
    def given(self) -> Mapping[str, Any]:
        """What is asked for in it."""
        return self.reach.given


class HasOne(Lookup[Any]):
    """``HasOne(F("search_text"), Given("patterns"))``: is the text like one of the patterns?"""

    lookup_name = "has_one"
    prepare_rhs = False

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        text, values = self.process_lhs(compiler, connection)
        patterns, given = compiler.compile(self.rhs)
        return f"{text} LIKE ANY({patterns})", [*values, *given]

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Django's hook."""
        text, values = self.process_lhs(compiler, connection)
        patterns, given = compiler.compile(self.rhs)
        sql = f"EXISTS (SELECT 1 FROM json_each({patterns}) WHERE {text} LIKE value)"  # noqa: S608 both are Django's own
        return sql, [*given, *values]


def few_matching(reach: InReach, words: list[str], own: Compiled[tuple[UUID]] | None) -> list[Match]:
    """Who in *reach* may match all of *words* (``search_words``), and which of them *own* yields. One query."""
    asked = {f"word{number}": patterns_of(word) for number, word in enumerate(words[:MOST_ASKED])}
    return _matching(reach.shape, len(asked), own).ask(**reach.given, **asked)


def person_of(match: Match) -> Person:
    """The person whom *match* tells of; what is not TOLD of them is asked for when it is looked at."""
    return Person.from_db(DEFAULT_DB_ALIAS, TOLD, match[-len(TOLD) :])


def these(reach: InReach, ids: Collection[UUID]) -> dict[UUID, Person]:
    """Those of *ids* who are within *reach*. One query."""
    return {person.pk: person for person in _these(reach.shape).ask(**reach.given, these=list(ids))}


@cache
def _these(shape: Shape) -> Compiled[Person]:
    return Compiled(lambda: shape.left_open().filter(Q(AnyOf(F("pk"), Given("these")))))


@cache
def _matching(shape: Shape, words: int, own: Compiled[tuple[UUID]] | None) -> Compiled[Match]:
    def build() -> QuerySet[Any, Match]:
        persons = shape.left_open()
        for number in range(words):
            persons = persons.filter(HasOne(F("search_text"), Given(f"word{number}")))
        is_own = ExpressionWrapper(Q(IsIn(F("pk"), own.open_part())), BooleanField()) if own else Value(False)
        return persons.values_list("search_text", "sort_key", is_own, *TOLD)

    return Compiled(build)


def patterns_of(word: str) -> list[str]:
    """What a search text is like when *word* matches it with any rank (``rules.word_rank``). Words hold letters and digits
    only, nothing that would have to be escaped."""
    inside = f"%{word}%" if len(word) >= 3 else f"% {word}%"
    return [inside, *(f"% {other} %" for other in sorted(also_called(word)))]
