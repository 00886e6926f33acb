"""What is kept beside a file until it has ended holds nobody's numbers."""

from datetime import date

import pytest

from goldthread.casework.imports.rules.rows import Reading
from goldthread.casework.imports.rules.saying import looked_of, without_numbers
from goldthread.casework.imports.rules.sheets import read_file
from goldthread.casework.imports.rules.tables import table_of


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("“532-71-1001” is no phone number.", "“•••• 1001” is no phone number."),
        ("“532 71 1001; 532711002”", "“•••• 1001; •••• 1002”"),
        ("AB1234567C stands here", "•••• 567C stands here"),
        ("“3/44/1961” and 1961-03-04 are days, 19104-1234 a place", None),
        ("At most 40 characters fit here.", None),
    ],
)
def test_numbers_are_masked_and_days_are_not(words: str, kept: str | None) -> None:
    assert without_numbers(words) == (kept or words)


def test_what_the_matching_page_shows_is_kept_without_the_file() -> None:
    sheet = read_file(
        b"Name,SSN,DOB,Old\nAna Ruiz,532-71-1001,19610304,x\n,,,y\nLuis Ruiz,532711002,1/2/1990,0123456789\n"
    )
    table = table_of(sheet)
    fields = {"Name": "name", "SSN": "ssn", "DOB": "birth_date", "Old": "keep"}
    found = looked_of(table, Reading(fields, "US", "US", date(2026, 11, 22), frozenset()), sheet=sheet, shown=False)
    assert found["columns"] == [
        ["Name", ["Ana Ruiz", "Luis Ruiz"]],
        ["SSN", ["•••• 1001", "•••• 1002"]],
        ["DOB", ["19610304", "1/2/1990"]],
        ["Old", ["x", "y", "•••• 6789"]],
    ]
    assert (found["delimiter"], found["header"], found["order"], found["shown"]) == (",", 1, "US", False)


def test_examples_of_a_column_are_different_ones() -> None:
    sheet = read_file(b"Name,Lang\nAna,English\nBo,English\nCy,Spanish\nDi,English\nEd,French\nFay,Hmong\n")
    table = table_of(sheet)
    fields = {"Name": "name", "Lang": "language"}
    found = looked_of(table, Reading(fields, "US", "US", date(2026, 11, 22), frozenset()), sheet=sheet, shown=False)
    assert found["columns"] == [["Name", ["Ana", "Bo", "Cy"]], ["Lang", ["English", "Spanish", "French"]]]
