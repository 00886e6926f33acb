"""What agencies call a table: read as it is, or refused with a reason."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from goldthread.casework.imports.rules import workbooks
from goldthread.casework.imports.rules.sheets import read_file
from goldthread.foundation.lib.errors import DomainError

TABLE = "Name;Born\nNúñez, Ana;3/4/61\n"


def workbook(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "cp1252"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16")],
)
def test_encoding_and_delimiter_are_found_out(encoding: str, found: str) -> None:
    sheet = read_file(TABLE.encode(encoding))
    assert (sheet.encoding, sheet.delimiter) == (found, ";")
    assert [row.cells for row in sheet.rows] == [("Name", "Born"), ("Núñez, Ana", "3/4/61")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter(delimiter: str) -> None:
    text = f'Name{delimiter}Phone{delimiter}Note\n"Smith, Ann"{delimiter}555{delimiter}"a,b;c|d"\n' * 3
    assert read_file(text.encode()).delimiter == delimiter


def test_what_excel_says_of_its_own_delimiter() -> None:
    sheet = read_file(b"sep=;\nName;Born\nAna;1961\n")
    assert [(row.number, row.cells) for row in sheet.rows] == [(2, ("Name", "Born")), (3, ("Ana", "1961"))]


def test_a_note_with_line_breaks_is_one_cell_and_blank_rows_keep_the_numbers() -> None:
    sheet = read_file(b'Name,Note\r\nAna,"one\r\ntwo"\r\n,\r\n\r\nBo,x\r\n')
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (1, ("Name", "Note")),
        (2, ("Ana", "one\ntwo")),
        (5, ("Bo", "x")),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"%PDF-1.7 renamed", "PDF"),
        (b"\r\n%PDF-1.7\n1 0 obj <</Type /Catalog>>", "PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 20, "old Excel"),
        (b"<html><table>", "web page"),
        (b"\x89PNG\r\n", "PNG"),
        (b"Name\0\xff\xfe\0x", "no text"),
        (b"PK\x03\x04 torn", "broken"),
        (b'Name,Note\nAna,"never closed' + b"x" * 120_000, "quotation mark"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_file(data)
    assert words in str(refused.value.message)


def test_a_workbook_as_somebody_typed_it() -> None:
    from datetime import date, datetime

    data = workbook(
        ("Name", "Born", "Zip", "Seen", "Yes"), ("Ana", date(1961, 3, 4), 2134.0, datetime(2026, 1, 2, 9, 30), True)
    )
    assert read_file(data).rows[1].cells == ("Ana", "1961-03-04", "2134", "2026-01-02 09:30", "yes")


def test_a_million_blank_rows_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BLANK", 50)
    book = Workbook()
    book.active.append(("Name", "Born"))
    book.active.append(("Ana", "1961"))
    for row in range(3, 300):
        book.active.cell(row=row, column=1).number_format = "0.00"
    book.active.cell(row=300, column=1, value="far below")
    out = io.BytesIO()
    book.save(out)
    assert [row.number for row in read_file(out.getvalue()).rows] == [1, 2]


def test_a_formula_without_an_answer_is_known() -> None:
    data = workbook(("Name", "Born"), ("Ana", "=DATE(1961,3,4)"))
    assert read_file(data).unreckoned == ((2, 1),)


def test_a_zip_that_is_no_workbook_and_one_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("clients.csv", TABLE)
    with pytest.raises(DomainError, match="ZIP"):
        read_file(out.getvalue())
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    with pytest.raises(DomainError, match="unpacks"):
        read_file(workbook(("Name",), ("Ana",)))


def test_an_open_document_is_told_what_to_do() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", "<x/>")
    with pytest.raises(DomainError, match="XLSX or CSV"):
        read_file(out.getvalue())


def test_xml_that_declares_entities_is_refused() -> None:
    data, out = workbook(("Name",), ("Ana",)), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "ha">]>' + content
            new.writestr(part.filename, content)
    with pytest.raises(DomainError, match="broken"):
        read_file(out.getvalue())
