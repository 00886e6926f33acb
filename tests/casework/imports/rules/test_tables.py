"""Where the table begins and ends, in files as agencies have them."""

import pytest

from goldthread.casework.imports.rules.guessing import field_for, guessed
from goldthread.casework.imports.rules.sheets import read_file
from goldthread.casework.imports.rules.tables import Table, letters_of, table_of
from goldthread.foundation.lib.errors import DomainError


def table(text: str, header: int | None = None) -> Table:
    return table_of(read_file(text.encode()), header=header)


def test_titles_above_and_totals_below_are_not_clients() -> None:
    found = table(
        "Riverbend clients,,\nas of 3/1/2026,,\n,,\nName,DOB,Phone\nAna,3/4/61,\nBo,5/6/70,\nTotal,2,\nPrinted 3/1/2026,,\n"
    )
    assert found.header == 4
    assert [column.caption for column in found.columns] == ["Name", "DOB", "Phone"]
    assert [row.number for row in found.rows] == [5, 6]
    assert [one.number for one in found.left_out] == [7, 8]


def test_merged_cells_above_two_columns_of_the_same_caption() -> None:
    found = table("Client,,Mother,\nFirst name,Last name,Name,Phone\nAna,Núñez,Eva,555\n")
    assert [column.caption for column in found.columns] == ["First name", "Last name", "Name", "Phone"]
    found = table("Client,,Mother,\nName,Phone,Name,Phone\nAna,1,Eva,555\n")
    assert [column.caption for column in found.columns] == [
        "Client Name",
        "Client Phone",
        "Mother Name",
        "Mother Phone",
    ]


def test_no_captions_at_all() -> None:
    found = table("Ana,3/4/1961,215-555-0142\nBo,5/6/1970,215-555-0143\n")
    assert found.header == 0
    assert [column.caption for column in found.columns] == ["Column A", "Column B", "Column C"]
    assert len(found.rows) == 2


def test_captions_twice_and_captions_once_more() -> None:
    found = table("Name,Phone,Phone\nAna,1,2\nName,Phone,Phone\nBo,3,4\n")
    assert [column.caption for column in found.columns] == ["Name", "Phone", "Phone (2)"]
    assert [row.number for row in found.rows] == [2, 4]
    assert [one.words for one in found.left_out] == ["the captions once more"]


def test_somebody_called_total_is_a_client() -> None:
    found = table("First name,Last name,DOB,City\nAna,Total,3/4/61,Here\nTotal,Ward,3/4/61,Here\n")
    assert len(found.rows) == 2


def test_the_row_of_captions_can_be_chosen() -> None:
    assert table("x,y\nName,DOB\nAna,1961\n", header=1).columns[0].caption == "x"
    with pytest.raises(DomainError, match="blank"):
        table("Name\nAna\n", header=9)


def test_captions_alone_are_no_clients() -> None:
    with pytest.raises(DomainError, match="no row"):
        table("Name,DOB\n")


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters(place: int, letters: str) -> None:
    assert letters_of(place) == letters


@pytest.mark.parametrize(
    ("caption", "field"),
    [
        ("DOB", "birth_date"),
        ("D.O.B.", "birth_date"),
        ("ClientFirstName", "given"),
        ("last_name:", "family"),
        ("Client's Date of Birth", "birth_date"),
        ("Apellidos", "family"),
        ("SSN#", "ssn"),
        ("Zip Code", "postal_code"),
        ("Case Manager", "worker"),
        ("Case Mgr", "worker"),
        ("Fam ID", "household_number"),
        ("Rel. to HOH", "household_role"),
        ("Primary Lang", "language"),
        ("Client ID", "old_number"),
        ("Favorite color", "keep"),
    ],
)
def test_captions_are_understood(caption: str, field: str) -> None:
    assert field_for(caption) == field


def test_one_column_for_what_there_is_one_of() -> None:
    assert guessed(["DOB", "Birth date", "Phone", "Cell"]) == {
        "DOB": "birth_date",
        "Birth date": "keep",
        "Phone": "phone",
        "Cell": "mobile",
    }
    assert guessed(["Name", "First name", "Last name"])["Name"] == "keep"
