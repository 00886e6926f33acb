"""The figures that are asked for, measured as the bench measures them."""

import pytest

from bench.likeness import f1_on_febrl4, one_to_one


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize(("fields", "least"), [("no-ssn", 0.990), ("no-ssn-dob", 0.915)])
def test_doubles_of_febrl4_are_found(fields: str, least: float) -> None:
    assert f1_on_febrl4(fields)["f1"] >= least


def test_each_record_is_in_one_pair() -> None:
    pairs = {("a", "x"): 30.0, ("a", "y"): 29.0, ("b", "x"): 28.0, ("b", "y"): 12.0, ("c", "z"): 3.0}
    assert one_to_one(pairs, 11.5) == {("a", "x"), ("b", "y")}
