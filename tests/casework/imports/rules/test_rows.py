"""A row as a client: everything that is said comes in, every reason is told."""

from datetime import date

import pytest

from goldthread.casework.imports.rules.folding import fold, what_was_said
from goldthread.casework.imports.rules.guessing import guessed
from goldthread.casework.imports.rules.mapping import read_map
from goldthread.casework.imports.rules.rows import Client, Reading, Told, read_row, unmistakable
from goldthread.casework.imports.rules.sheets import read_file
from goldthread.casework.imports.rules.tables import table_of
from goldthread.foundation.lib.errors import DomainError

TODAY = date(2026, 11, 19)


def row(text: str) -> tuple[Client, list[Told]]:
    table = table_of(read_file(text.encode()))
    fields = guessed([column.caption for column in table.columns])
    return read_row(table.rows[0], table, Reading(fields, "US", "US", TODAY))


def test_a_row_of_everything() -> None:
    client, told = row(
        "Client ID,Last name,First name,Maiden,Goes by,DOB,Cell,Email,Street,City,State,Zip,SSN,Sex,Hispanic,Race,Admit date,Favorite color\n"
        "C7,Núñez,Ana,Ortiz,Nita,3/4/61,215-555-0142,ana@example.org,12 Elm St,Boston,MA,2134,23456789,F,Yes,White,1/2/2020,teal\n"
    )
    assert told == []
    assert [(one["kind"], one["given"]) for one in client.names] == [
        ("legal", "Ana"),
        ("preferred", "Nita"),
        ("former", "Ana"),
    ]
    assert client.names[2]["family"] == "Ortiz"
    assert client.about == {
        "birth_date": date(1961, 3, 4),
        "birth_date_kind": "exact",
        "sex": "female",
        "race_ethnicity": ["hispanic", "white"],
    }
    assert [one["value"] for one in client.reach] == ["(215) 555-0142", "ana@example.org"]
    assert client.address["postal_code"] == "02134"
    assert client.numbers == [{"kind": "ssn", "value": "023456789"}]
    assert (client.old_number, client.since, client.kept) == ("C7", date(2020, 1, 2), {"Favorite color": "teal"})


def test_every_reason_is_told_with_its_column() -> None:
    _client, told = row("Name,DOB,Phone,SSN,Language\n,1/1/2030,12,***-**-1234,Klingon\n")
    assert [one.column for one in told] == ["DOB", "Phone", "SSN", "Language", "Name"]


def test_last_comma_first_under_first_name_is_told() -> None:
    _client, told = row('First name,DOB\n"Smith, Ann",3/4/61\n')
    assert "comma" in told[0].reason


def test_death_before_birth() -> None:
    _client, told = row("Name,DOB,Date of death\nAna,3/4/1961,3/3/1961\n")
    assert "before" in told[0].reason


def test_a_second_row_of_one_person_adds_what_it_knows() -> None:
    first, _told = row("Name,DOB,Phone,Color\nAna Ortiz,3/4/61,215-555-0142,teal\n")
    later, _told = row("Name,DOB,Phone,Color,Sex\nAna M. Ortiz,3/4/61,215-555-0143,red,F\n")
    fold(first, later, 9)
    assert [one["value"] for one in first.reach] == ["(215) 555-0142", "(215) 555-0143"]
    assert first.about["sex"] == "female"
    assert first.kept == {"Color": "teal", "Color (row 9)": "red", "Whole name (row 9)": "Ana M. Ortiz"}


def test_what_was_said_of_somebody_known_has_no_sealed_number() -> None:
    client, _told = row("Name,SSN,Phone,Color\nAna Ortiz,123-45-6789,215-555-0142,teal\n")
    assert what_was_said(client) == {"Whole name": "Ana Ortiz", "Phone or email": "(215) 555-0142", "Color": "teal"}


def test_maps() -> None:
    captions = ["Name", "Born", "Color"]
    assert read_map({"Name": "name", "born": "dob", "Color": "skip"}, captions) == {
        "Name": "name",
        "Born": "birth_date",
        "Color": "leave",
    }
    assert read_map({"Name": "Full name"}, captions) == {"Name": "name", "Born": "keep", "Color": "keep"}
    for wrong in ({"Nme": "name"}, {"Name": "nme"}, ["Name"]):
        with pytest.raises(DomainError):
            read_map(wrong, captions)


def test_a_race_that_is_none_of_ours_is_kept() -> None:
    client, told = row("Name,Race,Ethnicity\nAna Ortiz,Other,Not Hispanic\n")
    assert (told, client.kept, client.about["race_ethnicity"]) == ([], {"Race": "Other"}, [])


@pytest.mark.parametrize(
    ("cell", "key", "order", "written"),
    [
        ("5/6/1970", "birth_date", "GB", "1970-06-05"),
        ("5/6/70 14:30", "day", "GB", "1970-06-05 14:30"),
        ("5/6/1970", "birth_date", "US", "5/6/1970"),
        ("99/6/1970", "birth_date", "GB", "99/6/1970"),
        ("5 Jun 1970", "birth_date", "GB", "5 Jun 1970"),
        ("5/6/1970", "keep", "GB", "5/6/1970"),
    ],
)
def test_days_of_a_sheet_to_mend_are_read_as_they_were(cell: str, key: str, order: str, written: str) -> None:
    assert unmistakable(cell, key, Reading({}, order, "US", TODAY)) == written
