from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.lib.dates import possible_dates, read_date
from goldthread.foundation.lib.errors import DomainError

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    "text",
    ["3/4/1961", "03/04/1961", "3-4-1961", "3.4.1961", "1961-03-04", "1961/3/4", "4 Mar 1961", "Mar 4 '61", "March 4th, 1961",
     "4 de marzo de 1961", "marzo 4, 1961", "Sat 4 March 1961", "4th of March 1961", "03041961", "19610304", "4mar1961", "3/4/61",
     "1961 Mar 4", " 3 / 4 / 1961 "],
)  # fmt: skip
def test_one_day_written_in_many_ways(text: str) -> None:
    assert read_date(text, latest=TODAY) == date(1961, 3, 4)


def test_the_country_says_which_comes_first() -> None:
    assert read_date("3/4/1961", "US") == date(1961, 3, 4)
    assert read_date("3/4/1961", "MX") == date(1961, 4, 3)
    assert read_date("25/12/1980", "US") == read_date("12/25/1980", "GB") == date(1980, 12, 25)


def test_two_digits_of_a_year() -> None:
    assert read_date("1/2/26", latest=TODAY) == date(2026, 1, 2)
    assert read_date("12/2/26", latest=TODAY) == date(1926, 12, 2)
    assert read_date("1/2/68") == date(2068, 1, 2)
    assert read_date("1/2/69") == date(1969, 1, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2/30/1979", "February 1979 has 28 days."),
        ("29 feb 1900", "February 1900 has 28 days."),
        ("4/31/2001", "April 2001 has 30 days."),
        ("13/13/2001", "There are 12 months: 13 is not one."),
        ("4 Brumaire 1961", "“brumaire” is not a month."),
        ("3/4/961", "Write the year with four digits."),
        ("3/4/1066", "The year 1066 is too long ago."),
        ("3/4/2999", "The year 2999 is too far ahead."),
        ("3/0/1961", "Write a whole date"),
        ("", "Write a whole date"),
        ("May", "Write a whole date"),
        ("march april 3", "Write a whole date"),
        ("3/1961", "Write a whole date"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(DomainError) as caught:
        read_date(text)
    assert words in str(caught.value.message)


def test_all_days_that_can_be_meant() -> None:
    assert possible_dates("3/4/1961", "US", TODAY) == [date(1961, 3, 4), date(1961, 4, 3)]
    assert possible_dates("3/25/1961", "MX", TODAY) == [date(1961, 3, 25)]
    assert possible_dates("3/25/2030", "US", TODAY) == []
    assert possible_dates("garcia", "US", TODAY) == []


@given(st.dates(min_value=date(1800, 1, 1), max_value=date(2200, 12, 31)), st.sampled_from(["US", "MX"]))
def test_every_day_is_read_back(day: date, country: str) -> None:
    order = "%m/%d/" if country == "US" else "%d/%m/"
    for text in (day.isoformat(), f"{day.strftime(order)}{day.year}", f"{day.day} {day.strftime('%b')} {day.year}"):
        assert read_date(text, country) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_a_clear_no(text: str) -> None:
    with suppress(DomainError):
        assert isinstance(read_date(text), date)
