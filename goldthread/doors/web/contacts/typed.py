"""What was typed into the composer, by field, unchecked: of a form that was sent, or of a draft."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

NOT_CONTENT = frozenset({"csrfmiddlewaretoken", "version", "writer", "stroke", "do"})
"""Fields of the form that say nothing about the contact."""


MEMBER = "of_"
"""How the fields begin that a group's note asks of each client as a note of their own does; their id follows."""
OWN = "own_"
"""How the field of a client's private part begins; their id follows."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Field → everything that was sent under its name."""

    values: Mapping[str, list[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """The last value of *name*, without spaces at its ends; empty when there is none."""
        return (self.values.get(name) or [""])[-1].strip()

    def text(self, name: str) -> str:
        """The last value of *name* as it was typed, with plain line ends."""
        return (self.values.get(name) or [""])[-1].replace("\r\n", "\n")

    def many(self, name: str) -> list[str]:
        """Every value of *name*."""
        return list(self.values.get(name) or [])

    def has(self, name: str) -> bool:
        """Was a box of that name ticked, or something written?"""
        return bool(self.one(name))

    def but(self, **values: list[str]) -> "Typed":
        """The same with other *values*."""
        return Typed({**self.values, **values})

    def names(self, start: str) -> Iterable[str]:
        """The names that start so."""
        return [name for name in self.values if name.startswith(start)]


def of_member(typed: Typed, person: str, ids: Collection[str], activities: Iterable[str]) -> Typed:
    """What a group's form says of one client, under the names that it has on a client's own note. *ids*: of the goals, objectives
    and services of their plan, whose fields are named after them; *activities*: what was done with them."""
    start = f"{MEMBER}{person}_"
    own = {name.removeprefix(start): list(typed.values[name]) for name in typed.names(start)}
    theirs = {name: list(values) for name, values in typed.values.items() if name.rpartition("_")[2] in ids}
    both = {name: typed.many(name) for name in ("step", "service")}
    return Typed({**theirs, **both, **own, "activity": list(activities)})


def of_form(sent: QueryDict) -> Typed:
    """The content of a form that was sent."""
    return Typed({name: list(values) for name, values in sent.lists() if name not in NOT_CONTENT})


def of_draft(content: dict[str, Any]) -> Typed:
    """The content of a draft, as ``of_form`` gave it to be kept."""
    return Typed({name: [str(one) for one in values] for name, values in content.items() if isinstance(values, list)})
