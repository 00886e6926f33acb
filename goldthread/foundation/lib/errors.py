"""Errors that people cause and can put right. Views turn them into form errors and clear pages."""

from dataclasses import dataclass
from typing import Any

from django_stubs_ext import StrOrPromise


class DomainError(Exception):
    """Something cannot be done as asked. The message is shown to the person: it says what to do."""

    def __init__(self, message: StrOrPromise, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field that somebody else changed since this person opened the form."""

    field: str
    mine: Any
    theirs: Any
    who: str
    at: Any


class EditConflict(DomainError):
    """Two people edited the same fields. Carries each difference; the page shows both and keeps what was typed."""

    def __init__(self, message: StrOrPromise, conflicts: list[FieldConflict]) -> None:
        super().__init__(message)
        self.conflicts = conflicts
