"""What is wrong with a definition or an answer: the item (linkId) and the reason in words. Everything is found at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. ``item``: linkId, or the key of an answer; empty when it is about the whole."""

    item: str
    reason: str

    def __str__(self) -> str:
        return f"{self.item}: {self.reason}" if self.item else self.reason


class Problems(ValueError):
    """Something that cannot be used. ``problems`` has every one of its mistakes, in the order of the document."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DefinitionError(Problems):
    """A definition that is refused."""


class ResponseError(Problems):
    """A QuestionnaireResponse that does not belong to its Questionnaire."""


class ExpressionError(ValueError):
    """An expression that cannot be read or worked out; the message says why, in words for who installs the instrument."""
