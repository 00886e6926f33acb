"""The functions of FHIRPath, by name: what each takes, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from goldthread.casework.assessments.rules.fhirpath import on_rows, on_texts, on_values

Rows = list[Any]


@dataclass(frozen=True, slots=True)
class Function:
    """``kinds``: what it takes (``expression``, ``rows``, ``type``, ``text``, ``whole``, ``number``); at least ``least`` of them."""

    work: Callable[..., Rows]
    kinds: tuple[str, ...] = ()
    least: int = 0


FUNCTIONS: dict[str, Function] = {
    name: Function(*entry)
    for table in (on_rows.TABLE, on_texts.TABLE, on_values.TABLE)
    for name, entry in table.items()
}
