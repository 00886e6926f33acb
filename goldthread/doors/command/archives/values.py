"""One row as one line, the same whichever database it comes from. Pure.

UUIDs as 32 hex digits, instants in UTC with microseconds, dates in ISO 8601, decimals as text, bytes in base64, JSON with
sorted keys. Numbers in JSON are written as PostgreSQL's jsonb gives them back: large whole ones without an exponent.
"""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, JSONField

AnyField = Field[Any, Any]
MICROSECOND = timedelta(microseconds=1)
WHOLE_FROM = 1e16
"""From here on Python writes a float with an exponent."""


def line_of(fields: Sequence[AnyField], row: Sequence[Any]) -> bytes:
    """The line of a *row* that holds a value for each of *fields*."""
    return _json({field.attname: _told(field, value) for field, value in zip(fields, row, strict=True)}) + b"\n"


def row_of(fields: Sequence[AnyField], line: bytes) -> list[Any]:
    """The values for *fields* in *line*. Raises ValueError when the line holds anything else."""
    told = json.loads(line)
    if not isinstance(told, dict) or told.keys() != {field.attname for field in fields}:
        raise ValueError("a row has other columns")
    return [_read(field, told[field.attname]) for field in fields]


def canonical(value: Any) -> bytes:
    """*value* as JSON, one way only."""
    return _json(_plain(value))


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _told(field: AnyField, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(_target(field), JSONField):
        return _plain(value)
    if isinstance(value, (bytes, memoryview)):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return _told_simple(value)


def _told_simple(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value // MICROSECOND
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (str, int, float)):  # bool is an int
        return value
    raise TypeError(f"An archive has no form for {type(value).__name__}.")


def _read(field: AnyField, told: Any) -> Any:
    if told is None:
        return None
    reader = READERS.get(_target(field).get_internal_type())
    return reader(told) if reader else told


def _instant(told: str) -> datetime:
    return datetime.fromisoformat(told).astimezone(UTC)


READERS: dict[str, Any] = {
    "UUIDField": UUID,
    "DateTimeField": _instant,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DurationField": lambda told: told * MICROSECOND,
    "DecimalField": Decimal,
    "BinaryField": lambda told: base64.b64decode(told, validate=True),
}
"""By Django's name of the field's kind; of other kinds JSON's own value is the value."""


def _target(field: AnyField) -> AnyField:
    while isinstance(field, ForeignKey):
        field = field.target_field
    return field


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, float) and value == 0:
        return 0.0  # jsonb knows no negative zero
    if isinstance(value, float) and abs(value) >= WHOLE_FROM:
        return int(value)
    return value
