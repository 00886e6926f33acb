"""Cells as people fill them."""

from datetime import date

import pytest

from goldthread.casework.imports.rules import cells
from goldthread.foundation.lib.errors import DomainError

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Smith, John P.", ("John", "P.", "Smith", "", "")),
        ("John P. Smith", ("John", "P.", "Smith", "", "")),
        ("Smith Jr., John", ("John", "", "Smith", "Jr.", "")),
        ("Smith, John, III", ("John", "", "Smith", "III", "")),
        ("John Smith, Jr.", ("John", "", "Smith", "Jr.", "")),
        ("Mr. Juan de la Cruz", ("Juan", "", "de la Cruz", "", "")),
        ("van der Berg, Anna Maria", ("Anna", "Maria", "van der Berg", "", "")),
        ('Robert "Bob" Ames', ("Robert", "", "Ames", "", "Bob")),
        ("García-Núñez, Ana", ("Ana", "", "García-Núñez", "", "")),
        ("Cher", ("Cher", "", "", "", "")),
    ],
)
def test_whole_names(cell: str, name: tuple[str, ...]) -> None:
    found = cells.read_whole_name(cell)
    assert tuple(found[part] for part in ("given", "middle", "family", "suffix", "preferred")) == name


@pytest.mark.parametrize(
    ("cell", "day", "kind"),
    [
        ("3/4/61", date(1961, 3, 4), "exact"),
        ("1961-03-04 00:00:00", date(1961, 3, 4), "exact"),
        ("22344", date(1961, 3, 4), "exact"),
        ("3/4/1961 12:00 AM", date(1961, 3, 4), "exact"),
        ("1961", date(1961, 1, 1), "year"),
        ("3/1961", date(1961, 3, 1), "month"),
        ("about 1961", date(1961, 1, 1), "estimated"),
        ("4 de marzo de 1961", date(1961, 3, 4), "exact"),
    ],
)
def test_births(cell: str, day: date, kind: str) -> None:
    assert cells.read_birth(cell, "US", TODAY) == (day, kind)


@pytest.mark.parametrize("cell", ["soon", "31/31/1961", "13/1961", "2/30/1961", "3//61"])
def test_what_is_no_day(cell: str) -> None:
    with pytest.raises(DomainError):
        cells.read_birth(cell, "US", TODAY)


@pytest.mark.parametrize(
    ("days", "order", "shown"),
    [
        (["3/4/61", "5/6/70"], "US", False),
        (["13/4/61", "5/6/70"], "GB", True),
        (["3/14/61", "5/6/70"], "US", True),
        (["13/4/61", *["5/16/70"] * 9], "US", True),
        (["13/4/61", *["5/6/70"] * 9], "US", False),
        (["1961-03-04"], "US", False),
    ],
)
def test_order_of_days(days: list[str], order: str, shown: bool) -> None:
    assert cells.order_of(days, "US") == (order, shown)


def test_two_phones_in_a_cell() -> None:
    found = cells.read_phones("215-555-0142 (cell) / (215) 555-0199 mother", "home", "US")
    assert [(one["kind"], one["value"], one["note"]) for one in found] == [
        ("mobile", "(215) 555-0142", ""),
        ("home", "(215) 555-0199", "mother"),
    ]
    assert len(cells.read_phones("2155550142; 2155550143\n215.555.0144", "mobile", "US")) == 3
    assert len(cells.read_phones("215-555-0142/215-555-0143", "mobile", "US")) == 2
    with pytest.raises(DomainError, match="abc"):
        cells.read_phones("abc", "mobile", "US")
    with pytest.raises(DomainError, match="555-01"):
        cells.read_phones("(215) 555-01", "mobile", "US")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("12 Elm St, Apt 3, Springfield, PA 19064", ("12 Elm St", "Apt 3", "Springfield", "PA", "19064")),
        ("12 Elm St\nSpringfield PA 19064-1234", ("12 Elm St", "", "Springfield", "PA", "19064-1234")),
        ("Behind the mill", ("Behind the mill", "", "", "", "")),
    ],
)
def test_whole_addresses(cell: str, parts: tuple[str, ...]) -> None:
    assert tuple(cells.read_address(cell).values()) == parts


def test_answers() -> None:
    assert cells.read_sex("F") == "female"
    assert cells.read_gender("Trans woman") == {"gender": "trans_woman"}
    assert cells.read_gender("Muxe") == {"gender": "other", "gender_words": "Muxe"}
    assert cells.read_races("Black / Hispanic") == ["black", "hispanic"]
    assert cells.read_races("Not Hispanic") == []
    assert cells.read_language("Español") == "es"
    assert cells.read_language("Haitian Creole") == "ht"
    assert cells.read_interpreter("Y") == "always"
    for read in (cells.read_sex, cells.read_races, cells.read_language, cells.read_interpreter):
        with pytest.raises(DomainError):
            read("zzz")


@pytest.mark.parametrize("cell", ["", "n/a", "N/A", "Unknown", "--", "?", "none"])
def test_words_for_nothing(cell: str) -> None:
    assert cells.is_blank(cell)
