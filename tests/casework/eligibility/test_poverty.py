from datetime import date
from decimal import Decimal

from goldthread.casework.eligibility.rules.poverty import guideline_on, guidelines, table_of
from goldthread.foundation.programs.enums import Coverage
from goldthread.people.facts.rules.fields import COVERAGES


def test_levels_by_year_state_and_size():
    """Household of four and of ten, as the notices of each year print or continue them."""
    of_2025 = guideline_on(date(2026, 1, 12))
    assert of_2025.year == 2025
    assert [of_2025.a_year(4, table_of(state)) for state in ("OR", "AK", "hi", "DC", "")] == [
        32150,
        40190,
        36980,
        32150,
        32150,
    ]
    assert guideline_on(date(2026, 1, 13)).a_year(4, "contiguous") == 33000
    assert guideline_on(date(2024, 6, 1)).a_year(8, "contiguous") == 52720
    assert guideline_on(date(2024, 6, 1)).a_year(10, "contiguous") == 63480  # 52 720 + 2 times 5 380
    assert of_2025.a_month(1, "contiguous", 138) == Decimal(15650) * 138 / 1200
    assert guideline_on(date(2023, 12, 31)) is None


def test_every_year_says_where_it_is_from_and_whether_it_was_read_there():
    assert [one.year for one in guidelines()] == sorted(one.year for one in guidelines())
    assert all(one.source and one.verified is False for one in guidelines())


def test_coverage_has_one_vocabulary():
    assert [str(word) for word in Coverage] == [key for key, _name in COVERAGES]
