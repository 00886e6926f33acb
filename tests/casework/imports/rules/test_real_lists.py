"""Lists as agencies have them: each was once read wrongly, and nobody was told."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from goldthread.casework.imports.enums import What
from goldthread.casework.imports.rules.cells import order_of, read_phones, read_whole_name
from goldthread.casework.imports.rules.guessing import field_for, guessed
from goldthread.casework.imports.rules.mapping import check_fields
from goldthread.casework.imports.rules.rows import Client, Reading, read_row
from goldthread.casework.imports.rules.saying import looked_of
from goldthread.casework.imports.rules.sheets import read_file
from goldthread.casework.imports.rules.tables import Table, table_of
from goldthread.foundation.lib.errors import DomainError

TODAY = date(2026, 11, 19)


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(data: str | bytes) -> Table:
    return table_of(read_file(data.encode() if isinstance(data, str) else data))


def clients(data: str | bytes) -> list[Client]:
    found = table(data)
    reading = Reading(guessed(one.caption for one in found.columns), "US", "US", TODAY)
    return [read_row(row, found, reading)[0] for row in found.rows]


# --- Days ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("slip", ["99/4/61", "13/13/70", "45/1/70", "13/0/70", "31.12.1980"])
def test_what_is_no_day_or_written_otherwise_turns_no_other_day_around(slip: str) -> None:
    assert order_of(["3/4/61", "5/6/70", slip], "US") == ("US", False)


def test_days_that_are_all_written_with_points_show_their_order() -> None:
    assert order_of(["3.4.1961", "31.12.1980"], "US") == ("GB", True)


# --- Delimiters ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_commas_in_names_and_addresses_part_no_cells(delimiter: str) -> None:
    rows = ["Name;DOB;Address"] + [f"Ortiz, Ana;3/4/6{n};{n} Elm St, Apt 3, Springfield, PA 19064" for n in range(9)]
    sheet = read_file("\n".join(rows).replace(";", delimiter).encode())
    assert (sheet.delimiter, len(sheet.rows[1].cells)) == (delimiter, 3)


def test_a_list_of_names_has_one_column() -> None:
    assert [one.names[0]["family"] for one in clients("Name\nOrtiz, Ana\nLee, Bo\n")] == ["Ortiz", "Lee"]
    two = table("Name\nOrtiz,3/4/61\n")  # a day beside it: the second column has no caption
    assert [one.caption for one in two.columns] == ["Name", "Column B"]


def test_blank_columns_on_the_right_are_none() -> None:
    commas = "," * 400
    assert len(table(f"Name,DOB{commas}\nAna Ortiz,3/4/61{commas}\n").columns) == 2


# --- Workbooks -----------------------------------------------------------------------------------------
def test_the_sheet_with_captions_is_read_before_a_page_of_explanations() -> None:
    clients_sheet = [("Last name", "First name", "DOB"), ("Ortiz", "Ana", "3/4/61")]
    data = workbook(**{"Read me": [("How to use this workbook",), ("Ask Zed.",)], "Clients": clients_sheet})
    found = read_file(data)
    assert (found.name, found.names, len(found.rows)) == ("Clients", ("Read me", "Clients"), 2)
    assert read_file(data, sheet="Read me").rows[1].cells == ("Ask Zed.",)
    years = workbook(**{"2024": clients_sheet, "2025": clients_sheet})
    assert read_file(years).name == "2024"
    reading = Reading({}, "US", "US", TODAY)
    assert looked_of(table_of(found), reading, sheet=found, shown=False)["sheets"] == ["Read me", "Clients"]


def test_somebody_far_below_blank_rows_is_read() -> None:
    book = Workbook()
    book.active.append(("Name", "DOB"))
    book.active.append(("Ana Ortiz", "3/4/61"))
    book.active.cell(row=9000, column=1, value="Bo Lee")
    out = io.BytesIO()
    book.save(out)
    assert [row.number for row in table(out.getvalue()).rows] == [2, 9000]


# --- Captions ------------------------------------------------------------------------------------------
def test_captions_in_a_second_row_below_merged_cells() -> None:
    found = table("Client name,Phone,,DOB\n,Home,Cell,\nAna Ortiz,215-555-0142,215-555-0143,3/4/61\n")
    assert [one.caption for one in found.columns] == ["Client name", "Phone Home", "Phone Cell", "DOB"]
    assert guessed(one.caption for one in found.columns)["Phone Cell"] == "mobile"
    assert [row.number for row in found.rows] == [3]


@pytest.mark.parametrize(
    "second",
    ["Ana Ortiz,215-555-0142,mother,3/4/61", ",,x,", ",215-555-0142,215-555-0143,", "Bo,,,", ",call,mother,"],
)
def test_a_row_below_the_captions_is_somebody(second: str) -> None:
    found = table(f"Name,Phone,,DOB\n{second}\nAna Ortiz,215-555-0142,,3/4/61\n")
    assert [row.number for row in found.rows] == [2, 3]


@pytest.mark.parametrize(
    ("caption", "field"),
    [
        ("DOB (MM/DD/YYYY)", "birth_date"),
        ("Birth Date (mm/dd/yy)", "birth_date"),
        ("E-mail Address", "email"),
        ("Zip/Postal Code", "postal_code"),
        ("SSN (last 4)", "keep"),
    ],
)
def test_captions_with_more_beside_them(caption: str, field: str) -> None:
    assert field_for(caption) == field


@pytest.mark.parametrize("what", list(What))
def test_a_column_called_client_holds_the_name_and_one_with_a_number_sign_a_number(what: What) -> None:
    assert guessed(["Client", "DOB"], what)["Client"] == "name"
    assert guessed(["Client", "Last name", "First name"], what)["Client"] == "keep"
    assert guessed(["Client #", "Client"], what)["Client"] == "name"
    assert guessed(["Client #", "Client"], what)["Client #"] in ("old_number", "client_number")


@pytest.mark.parametrize(
    ("caption", "field"),
    [
        ("SSN#", "ssn"),
        ("Home Phone #", "home_phone"),
        ("Case #", "old_number"),
        ("Family", "family"),
        ("Fam #", "household_number"),
    ],
)
def test_number_signs(caption: str, field: str) -> None:
    assert field_for(caption) == field


def test_a_number_is_no_name() -> None:
    with pytest.raises(DomainError, match="no name"):
        read_whole_name("12345")
    assert read_whole_name("李明")["given"] == "李明"


def test_an_address_without_a_column_for_the_city_is_all_of_it() -> None:
    (ana,) = clients('Name,Address\nAna Ortiz,"12 Elm St, Springfield, PA 19064"\n')
    assert (ana.address["line1"], ana.address["city"], ana.address["postal_code"]) == (
        "12 Elm St",
        "Springfield",
        "19064",
    )
    assert guessed(["Name", "Address", "City"])["Address"] == "line1"


def test_what_was_said_of_a_column_comes_first_and_no_field_twice() -> None:
    assert guessed(["Name", "Client", "DOB"], said={"Client": "name"}) == {
        "Name": "keep",
        "Client": "name",
        "DOB": "birth_date",
    }
    assert guessed(["DOB", "DOB (2)"], said={"DOB": "birth_date", "DOB (2)": "birth_date"})["DOB (2)"] == "keep"
    with pytest.raises(DomainError, match="cannot both"):
        check_fields({"Name": "name", "Born": "birth_date", "Day": "birth_date"}, "clients")


# --- Totals --------------------------------------------------------------------------------------------
HEAD = "Name,DOB,City,Visits,Hours,Cost\nAna Ortiz,3/4/61,Here,2,3,4.50\n"


@pytest.mark.parametrize(
    "total",
    ["Total,,,2,3,$4.50", "Grand Total:,1,,2,3,4.50", ",,,2,3,4.50", "TOTALS,1,,2,3,100%", "Total clients,1,,,,"],
)
def test_totals_of_many_columns_are_nobody(total: str) -> None:
    found = table(f"{HEAD}{total}\n")
    assert ([row.number for row in found.rows], [one.number for one in found.left_out]) == ([2], [3])


def test_a_subtotal_within_is_nobody_and_told() -> None:
    found = table(f"{HEAD}Subtotal,1,,2,3,\nBo Lee,5/6/70,There,1,1,1\n")
    assert [row.number for row in found.rows] == [2, 4]
    assert [(one.number, one.words) for one in found.left_out] == [(3, "a total: Subtotal")]


@pytest.mark.parametrize(
    "somebody", ["Total,5/6/70,,2,3,4", '"Total, Ann",,Here,2,3,4', ",5/6/70,Here,2,3,4", "Sum Wing,5/6/70,Here,1,,"]
)
def test_who_is_called_so_is_somebody(somebody: str) -> None:
    assert [row.number for row in table(f"{HEAD}{somebody}\n").rows] == [2, 3]


# --- Phones and names ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "cell",
    [
        "215-555-0142 215-555-0199",
        "(215) 555-0142 (215) 555-0199",
        "2155550142 2155550199",
        "215-555-0142 - 215-555-0199",
        "1-215-555-0142  1-215-555-0199",
    ],
)
def test_two_phones_that_a_space_parts(cell: str) -> None:
    assert [one["value"] for one in read_phones(cell, "mobile", "US")] == ["(215) 555-0142", "(215) 555-0199"]


def test_each_phone_has_the_words_beside_it() -> None:
    found = read_phones("H: 215-555-0142 C: 215-555-0199", "mobile", "US")
    assert [(one["kind"], one["value"][-4:]) for one in found] == [("home", "0142"), ("mobile", "0199")]
    found = read_phones("215-555-0142 (h) 215-555-0199 (cell) mother", "work", "US")
    assert [(one["kind"], one["note"]) for one in found] == [("home", ""), ("mobile", "mother")]
    with pytest.raises(DomainError):
        read_phones("215-555-0142 555", "mobile", "US")


def test_a_last_name_alone_and_an_initial() -> None:
    assert [read_whole_name("Ortiz,")[part] for part in ("given", "family")] == ["", "Ortiz"]
    smith = read_whole_name("Smith, V.")
    assert (smith["given"], smith["family"], smith["suffix"]) == ("V.", "Smith", "")
    assert read_whole_name("John Smith, V")["suffix"] == "V"
