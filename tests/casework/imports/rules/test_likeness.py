"""Who may be the same: signs for a person to decide by."""

import pytest

from goldthread.casework.imports.rules.likeness import Signs, twins_in_file, why_same


def signs(given: str, family: str, birth: str = "", number: str = "", phone: str = "") -> Signs:
    return Signs(
        frozenset(given.split()),
        frozenset(family.split()),
        birth,
        frozenset({("ssn", number)} if number else ()),
        frozenset({phone} if phone else ()),
    )


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (signs("ana", "ortiz", "1961-03-04"), signs("ana", "ortiz", "1961-03-04"), ["name", "birth"]),
        (signs("bill", "ames", "1961-03-04"), signs("william", "ames", "1961-03-04"), ["name_like", "birth"]),
        (signs("ana", "ortiz", "1961-03-04"), signs("ortiz", "ana", "1961-03-04"), ["name_like", "birth"]),
        (signs("ana", "ortiz", "1961-03-04"), signs("ana", "ortiz", "1961-04-03"), ["name", "birth_like"]),
        (signs("ana", "ortiz", "1961-03-04"), signs("ana", "ortiz", "1961-03-05"), ["name", "birth_like"]),
        (signs("ana", "ortiz", number="1"), signs("eva", "smith", number="1"), ["number"]),
        (signs("ana", "ortiz", phone="7"), signs("ana", "ortiz", phone="7"), ["name", "phone"]),
        (signs("ana", "ortiz"), signs("ana", "ortiz"), []),
        (signs("ana", "ortiz", "1961-03-04", phone="7"), signs("ana", "ortiz", "1985-07-09", phone="7"), []),
        (signs("ana", "ortiz", "2015-03-04", phone="7"), signs("eva", "ortiz", "2015-03-04", phone="7"), []),
    ],
    ids=[
        "same",
        "short form",
        "swapped",
        "day and month",
        "a digit off",
        "number",
        "phone",
        "name alone",
        "mother and daughter",
        "twins",
    ],
)
def test_why_same(one: Signs, other: Signs, why: list[str]) -> None:
    assert why_same(one, other) == why
    assert why_same(other, one) == why


def test_twins_in_a_file_point_to_the_earlier_row() -> None:
    rows = [
        (2, signs("ana", "ortiz", "1961-03-04")),
        (3, signs("bo", "lee", "1970-01-01")),
        (9, signs("ana", "ortiz", "1961-03-04")),
    ]
    assert list(twins_in_file(rows)) == [(9, 2, ["name", "birth"])]
