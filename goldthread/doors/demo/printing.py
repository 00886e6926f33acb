"""Rows of one client, printed for others: every id is a new one, wherever it stands, also within documents and their digests."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models

from goldthread.doors.demo import bulk
from goldthread.foundation.lib.ids import new_id

Rows = Mapping[type[models.Model], Sequence[models.Model]]
ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


class _Value(str):
    """A value with places for what differs."""

    __slots__ = ()


class Print:
    """*rows* of one client, ready to be written for any number of others.

    *given*: what else differs (ids, names), under the word by which each use gives it. *documents*: digest → the text it is of; where
    the text has ids, each print has its own digest.
    """

    def __init__(self, rows: Rows, given: Mapping[str, str], documents: Mapping[str, str]) -> None:
        new = [row.pk for of_model in rows.values() for row in of_model]
        self._words = {str(pk): f"n{number}" for number, pk in enumerate(sorted(new))}
        self.many = len(new)
        self.new = {pk: self._words[str(pk)] for pk in new}
        """Id of a row → the word under which each print tells its own."""
        self._words |= given
        self._digests = {digest: f"d{number}" for number, digest in enumerate(documents)}
        self._words |= self._digests
        others = sorted((word for word in self._words if not re.fullmatch(ID, word)), key=len, reverse=True)
        self._pattern = re.compile("|".join([ID, *map(re.escape, others)]))
        self._documents = {self._digests[digest]: self._put(text) for digest, text in documents.items()}
        self._blocks = {model: self._block(model, of_model) for model, of_model in rows.items() if of_model}

    def print(self, given: Mapping[str, str]) -> tuple[dict[type[models.Model], list[Any]], dict[str, str]]:
        """What ``write_filled`` takes, by model; and the ids by their words. *given*: of what differs, ids with their dashes."""
        ids = {f"n{number}": str(new_id()) for number in range(self.many)} | dict(given)
        for word, text in self._documents.items():
            ids[word] = hashlib.sha256((text % ids).encode()).hexdigest()
        if connection.vendor == "postgresql":
            return {model: [block % ids] for model, block in self._blocks.items()}, ids
        plain = ids | {f"{word}h": text.replace("-", "") for word, text in ids.items()}
        return {model: [_filled(row, plain) for row in block] for model, block in self._blocks.items()}, ids

    def _block(self, model: type[models.Model], rows: Sequence[models.Model]) -> Any:
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        if connection.vendor == "postgresql":
            return "".join("\t".join(self._line(field, row) for field in fields) + "\n" for row in rows)
        return [[self._value(field, row) for field in fields] for row in rows]

    def _line(self, field: Any, row: models.Model) -> str:
        value = getattr(row, field.attname)
        return self._put(bulk._escaped(str(value) if isinstance(value, UUID) else bulk._ready(field, value)))

    def _value(self, field: Any, row: models.Model) -> Any:
        value = getattr(row, field.attname)
        if isinstance(value, UUID):
            word = self._words.get(str(value))
            return _Value(f"%({word}h)s") if word else value.hex
        stored = bulk._ready(field, value)
        if not isinstance(stored, str) or not self._pattern.search(stored):
            return stored
        return _Value(self._put(stored))

    def _put(self, text: str) -> str:
        """*text* with a place for each thing that differs."""

        def place(found: "re.Match[str]") -> str:
            word = self._words.get(found[0])
            return f"%({word})s" if word else found[0]

        return self._pattern.sub(place, text.replace("%", "%%"))


def _filled(row: list[Any], ids: Mapping[str, str]) -> list[Any]:
    return [str(value) % ids if isinstance(value, _Value) else value for value in row]
