"""Files that lie, are torn, or say what a quick reading would lose or turn into something else."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from goldthread.casework.imports.rules.cells import is_no_name, read_day, read_whole_name
from goldthread.casework.imports.rules.folding import fold
from goldthread.casework.imports.rules.guessing import guessed
from goldthread.casework.imports.rules.rows import Client, Reading, read_row
from goldthread.casework.imports.rules.sheets import read_file, tidy_cell
from goldthread.casework.imports.rules.tables import Table, table_of
from goldthread.casework.imports.rules.workbooks import read_workbook
from goldthread.foundation.lib.errors import DomainError

TODAY = date(2026, 11, 19)


def table(text: str) -> Table:
    return table_of(read_file(text.encode()))


def clients(text: str) -> list[Client]:
    found = table(text)
    reading = Reading(guessed(one.caption for one in found.columns), "US", "US", TODAY)
    read = [read_row(row, found, reading) for row in found.rows]
    assert [told for _client, told in read] == [[]] * len(read)
    return [client for client, _told in read]


def test_a_torn_workbook_is_told() -> None:
    book = Workbook()
    for number in range(40):
        book.active.append([f"Ana {number}", "3/4/61"])
    kept = io.BytesIO()
    book.save(kept)
    data = kept.getvalue()
    for place in range(40, len(data), len(data) // 40):
        torn = bytearray(data)
        torn[place] ^= 255
        try:
            read_workbook(bytes(torn))
        except DomainError:
            continue


def test_thousands_of_digits_are_no_day() -> None:
    with pytest.raises(DomainError):
        read_day("1/1/" + "9" * 5000, "US", TODAY)


def test_a_line_of_millions_of_cells_is_refused_as_it_is_read() -> None:
    with pytest.raises(DomainError, match="longer"):
        read_file(b"a," * 600_000)


def test_families_called_na_and_null() -> None:
    assert [is_no_name(cell) for cell in ("Na", "Null", "NULL", "n/a", "-")] == [False, False, True, True, True]
    assert clients("First name,Last name\nMin,Na\n")[0].names[0]["family"] == "Na"


def test_the_initial_v_is_no_fifth() -> None:
    john = read_whole_name("Smith, John V.")
    assert (john["middle"], john["suffix"]) == ("V.", "")
    assert read_whole_name("Anna V")["family"] == "V"
    assert read_whole_name("Henry Tudor V")["suffix"] == "V"


def test_what_has_no_place_in_a_name_is_kept() -> None:
    (ana,) = clients("Name,DOB\nAna (Annie) Ortiz (deceased),3/4/61\n")
    assert ana.kept == {"Name": "Ana (Annie) Ortiz (deceased)"}


def test_a_long_note_is_kept_to_its_end() -> None:
    (ana,) = clients("Name,Story\nAna Ortiz," + "word " * 6000 + "end\n")
    assert ana.kept["Story"].endswith("word end")


def test_no_two_captions_are_the_same() -> None:
    found = table("Name,Note,Note,Note (2)\nAna,a,b,c\n")
    assert len({one.caption for one in found.columns}) == 4


def test_a_name_alone_in_the_last_row_is_a_client() -> None:
    rows = "Name,DOB,Phone,City\nBo Lee,5/6/70,215-555-0142,Here\nAna Ortiz,,,\n"
    assert [row.number for row in table(rows).rows] == [2, 3]
    assert [row.number for row in table(rows + ",,,\nMade by Zed,,,\n").rows] == [2, 3]


def test_the_apostrophe_of_the_sheet_to_mend_goes_again() -> None:
    assert [tidy_cell(cell) for cell in ("'+1 215", "'=1+1", "'Neil", "'t Hooft")] == [
        "+1 215",
        "=1+1",
        "'Neil",
        "'t Hooft",
    ]


def test_folding_loses_nothing() -> None:
    head = "Name,DOB,Died,SSN,Medicaid,Pronouns,Nickname,Phone,Race\n"
    first, later = clients(
        head
        + "Ana Ortiz,3/4/61,,123-45-6789,A1,she,,215-555-0142,White\n"
        + "Ana Ortiz,3/4/61,1/1/2020,123-45-6788,A1,they,Annie,215-555-0142 (mother),Black\n"
    )
    fold(first, later, 3)
    assert sorted(one["value"] for one in first.numbers) == ["123-45-6788", "123-45-6789", "A1"]
    assert [name["kind"] for name in first.names] == ["legal", "preferred"]
    assert first.reach[0]["note"] == "mother"
    assert first.kept == {"Pronouns (row 3)": "they", "Race and ethnicity (row 3)": "black"}


def test_a_death_before_the_other_rows_birth_is_kept_beside() -> None:
    first, later = clients("Name,DOB,Died\nAna Ortiz,3/4/1961,\nAna Ortiz,,1/1/1950\n")
    fold(first, later, 3)
    assert "died_on" not in first.about
    assert first.kept == {"Date of death (row 3)": "1950-01-01"}
