"""Conditions on rows whose words are few and whose values are many: what a queryset compiled once (ADR 14) can be built with."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q


class Shape(Hashable, Protocol):
    """All that decides on a condition's words. Equal shapes leave the same Givens open: what is built from one can be kept by it."""

    def left_open(self) -> Q:
        """The condition with a Given wherever a value goes."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition on rows: its words by ``shape``, and ``given`` for the Givens in them."""

    shape: Shape
    given: dict[str, Any]
