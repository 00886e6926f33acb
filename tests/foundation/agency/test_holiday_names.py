"""Public holidays are named in the reader's language."""

from datetime import date

import holidays
import pytest
from django.utils.translation import override

from goldthread.foundation.agency.holiday_names import NAMES, in_words
from goldthread.foundation.agency.models import Agency
from goldthread.foundation.agency.queries import days_of_year
from goldthread.foundation.agency.rules import public_holidays

STATES = ("", *holidays.UnitedStates.subdivisions)
KEPT = {
    name.removesuffix(" (observed)")
    for state in STATES
    for name in public_holidays("US", state, (2025, 2026, 2027)).values()
}


def test_every_holiday_of_the_united_states_and_of_each_state_has_a_name_of_ours() -> None:
    assert {part.removesuffix(" (observed)") for name in KEPT for part in name.split("; ")} <= set(NAMES)


def test_two_on_one_day_days_off_and_what_only_one_state_keeps() -> None:
    assert in_words("New Year's Day (observed)") == "New Year's Day (day off)"
    assert in_words("Susan B. Anthony Day; Presidents' Day") == "Susan B. Anthony Day; Presidents' Day"


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [("US", "en", "New Year's Day"), ("MX", "es", "Año Nuevo"), ("MX", "en", "New Year's Day")],
)
def test_the_closed_days_are_read_in_the_language_of_the_reader(
    db: None, country: str, language: str, name: str
) -> None:
    agency = Agency(holiday_country=country)
    with override(language):
        lines = {line.day: line.name for line in days_of_year(agency, 2027)}
    assert lines[date(2027, 1, 1)] == name
