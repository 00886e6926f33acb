"""What each kind of fact holds, worked out by hand."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.rules import (
    SETTINGS,
    code_of,
    fields_of,
    level_of,
    monthly,
    next_of_its_kind,
    overlaps,
    read_value,
    words_of,
)
from goldthread.people.facts.rules.values import monthly_income


@dataclass
class Days:
    starts_on: date | None
    ends_on: date | None


def field_refused(kind: str, given: dict[str, object]) -> str | None:
    with pytest.raises(DomainError) as caught:
        read_value(kind, given)
    return caught.value.field


def test_wages_are_read_and_said():
    value = read_value(
        "income", {"source": "wages", "amount": "$1,300.5", "every": "two_weeks", "detail": "  night  shift "}
    )
    assert value == {"source": "wages", "amount": "1300.50", "every": "two_weeks", "detail": "night shift"}
    assert words_of("income", value) == "Wages, $1,300.50, every two weeks, night shift"
    assert code_of("income", value) == "wages"


def test_no_income_needs_no_amount():
    assert read_value("income", {"source": "none"}) == {"source": "none"}


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("income", {"amount": "12", "every": "week"}, "source"),
        ("income", {"source": "wages", "every": "week"}, "amount"),
        ("income", {"source": "wages", "amount": "12"}, "every"),
        ("income", {"source": "lottery", "amount": "12", "every": "week"}, "source"),
        ("income", {"source": "wages", "amount": "twelve", "every": "week"}, "amount"),
        ("income", {"source": "wages", "amount": "NaN", "every": "week"}, "amount"),
        ("income", {"source": "wages", "amount": "-1", "every": "week"}, "amount"),
        ("income", {"source": "wages", "amount": "10000000", "every": "week"}, "amount"),
        ("household_size", {"people": "0"}, "people"),
        ("household_size", {"people": "2", "children": "3"}, "children"),
        ("household_size", {"people": "41"}, "people"),
        ("household_size", {"people": "²"}, "people"),
        ("household_size", {"people": "1" * 30}, "people"),
        ("diagnosis", {"name": "Depression", "code": "U071"}, "code"),
        ("diagnosis", {"name": "Depression", "code": "F33.12345"}, "code"),
        ("diagnosis", {"code": "F33.1"}, "name"),
        ("provider", {"role": "primary", "name": "Dr. Osei", "last_seen": "next week"}, "last_seen"),
        ("allergy", {"to": "x" * 161}, "to"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(kind: str, given: dict[str, object], field: str):
    assert field_refused(kind, given) == field


def test_a_kind_that_does_not_exist_is_an_error_of_ours():
    with pytest.raises(ValueError):
        read_value("hobby", {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("f33.1", "F33.1"), ("F331", "F33.1"), ("I10", "I10"), ("s72.001a", "S72.001A"), ("Z59 .0", "Z59.0")],
)
def test_codes_are_kept_in_their_printed_form(typed: str, kept: str):
    assert read_value("diagnosis", {"name": "x", "code": typed})["code"] == kept


@pytest.mark.parametrize(
    ("amount", "every", "a_month"),
    [
        ("300", "week", "1300.00"),  # 300 x 52 / 12
        ("300", "two_weeks", "650.00"),  # 300 x 26 / 12
        ("300", "twice_month", "600.00"),
        ("943", "month", "943.00"),
        ("10000", "year", "833.33"),  # 833.333…
        ("0.01", "year", "0.00"),
        ("200.30", "week", "867.97"),  # 867.9666…
    ],
)
def test_money_by_the_month(amount: str, every: str, a_month: str):
    assert monthly(Decimal(amount), every) == Decimal(a_month)
    value = read_value("income", {"source": "wages", "amount": amount, "every": every})
    assert monthly_income(value) == Decimal(a_month)


def test_no_income_is_nothing_a_month():
    assert monthly_income({"source": "none"}) == Decimal("0.00")


def test_every_kind_has_fields_and_every_setting_a_name():
    assert all(fields_of(kind) for kind in FactKind.values)
    assert all(str(name) for name, _level in SETTINGS.values())
    assert level_of("own_home") == 1
    assert level_of("jail") == 10
    assert level_of("street") is None
    assert level_of("palace") is None


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (("2026-01-01", "2026-03-01"), ("2026-03-01", None), False),  # moved on that day
        (("2026-01-01", "2026-03-02"), ("2026-03-01", None), True),
        ((None, None), ("2026-03-01", None), True),
        ((None, "2026-02-01"), ("2026-03-01", None), False),
        (("2026-03-01", "2026-03-01"), ("2026-03-01", None), False),  # one night, then on
        (("2026-03-05", "2026-03-05"), ("2026-03-01", None), True),
    ],
)
def test_days_that_overlap(first: tuple[str | None, ...], second: tuple[str | None, ...], shared: bool):
    a, b = (Days(*(date.fromisoformat(one) if one else None for one in pair)) for pair in (first, second))
    assert overlaps(a.starts_on, a.ends_on, b) is shared
    assert overlaps(b.starts_on, b.ends_on, a) is shared


def test_what_follows_is_the_nearest_later_start():
    others = [Days(date(2026, 5, 1), None), Days(date(2026, 3, 1), date(2026, 5, 1)), Days(None, date(2026, 3, 1))]
    assert next_of_its_kind(date(2026, 2, 1), others) == date(2026, 3, 1)
    assert next_of_its_kind(None, others) == date(2026, 3, 1)
    assert next_of_its_kind(date(2026, 5, 1), others) is None


@given(st.sampled_from(FactKind.values), st.data())
def test_whatever_is_typed_is_read_or_refused(kind: str, data: st.DataObject):
    names = [field.name for field in fields_of(kind)]
    words = st.one_of(
        st.none(), st.text(max_size=400), st.integers().map(str), st.sampled_from(["wages", "week", "12"])
    )
    given = {name: data.draw(words) for name in names}
    value = read_or_field(kind, given)
    if isinstance(value, str):
        assert value in names
        return
    assert read_value(kind, value) == value  # what was read reads the same again
    assert isinstance(words_of(kind, value), str)


def read_or_field(kind: str, given: dict[str, object]) -> dict[str, object] | str | None:
    """What was read, or the field at which it was refused."""
    try:
        return read_value(kind, given)
    except DomainError as error:
        return error.field
