"""One row as one line: the same whichever database it comes from."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from goldthread.doors.command.archives.values import canonical, line_of, row_of

PK = UUID("01a201d5-724c-7415-af6c-d4b68878d0da")


def named(name: str, field: Any) -> Any:
    field.set_attributes_from_name(name)
    return field


FIELDS = [
    named("id", models.UUIDField()),
    named("at", models.DateTimeField()),
    named("day", models.DateField()),
    named("hour", models.TimeField()),
    named("length", models.DurationField()),
    named("price", models.DecimalField(max_digits=8, decimal_places=2)),
    named("sealed", models.BinaryField()),
    named("said", models.JSONField()),
    named("name", models.CharField()),
    named("yes", models.BooleanField()),
    named("count", models.IntegerField()),
    named("none", models.DateField()),
]
ROW = [
    PK,
    datetime(2026, 11, 19, 10, 0, 0, 5, tzinfo=timezone(timedelta(hours=-5))),
    date(2026, 11, 19),
    time(8, 30),
    timedelta(days=1, microseconds=2),
    Decimal("12.50"),
    memoryview(b"\x00\xff"),
    {"b": 1, "a": ["ễ", None]},
    "Lucía",
    True,
    7,
    None,
]
LINE = (
    '{"at":"2026-11-19T15:00:00.000005Z","count":7,"day":"2026-11-19","hour":"08:30:00",'
    '"id":"01a201d5724c7415af6cd4b68878d0da","length":86400000002,"name":"Lucía","none":null,"price":"12.50",'
    '"said":{"a":["ễ",null],"b":1},"sealed":"AP8=","yes":true}\n'
)


def test_every_kind_of_value_has_one_form_and_comes_back() -> None:
    assert line_of(FIELDS, ROW).decode() == LINE
    back = row_of(FIELDS, LINE.encode())
    assert back[1] == datetime(2026, 11, 19, 15, 0, 0, 5, tzinfo=UTC)
    assert [bytes(each) if isinstance(each, memoryview) else each for each in ROW] == back
    assert line_of(FIELDS, back).decode() == LINE


@pytest.mark.parametrize(
    "line",
    [b"[]", b'{"at":null}', LINE.replace("}\n", ',"more":1}').encode(), b"{", LINE.replace("-11-19T", "?").encode()],
)
def test_a_line_that_holds_anything_else_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError):
        row_of(FIELDS, line)


def test_a_value_without_a_form_is_not_guessed() -> None:
    with pytest.raises(TypeError, match="no form for complex"):
        line_of([named("x", models.IntegerField())], [1j])


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (1e22, "10000000000000000000000"),
        (-1e16, "-10000000000000000"),
        (-0.0, "0.0"),
        (2.0, "2.0"),
        (1e-7, "1e-07"),
        ({"b": [1e16], "a": "ễ"}, '{"a":"ễ","b":[10000000000000000]}'),
    ],
)
def test_numbers_are_written_as_jsonb_gives_them_back(value: Any, form: str) -> None:
    assert canonical(value).decode() == form


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8))  # fmt: skip
def test_what_was_written_once_is_written_the_same_again(value: Any) -> None:
    import json

    try:
        once = canonical(value)
    except UnicodeEncodeError:
        return  # half a surrogate pair: no database takes it
    assert canonical(json.loads(once)) == once
