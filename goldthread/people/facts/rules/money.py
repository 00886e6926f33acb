"""Money by the month."""

from decimal import ROUND_HALF_UP, Decimal

TIMES_A_YEAR = {"week": 52, "two_weeks": 26, "twice_month": 24, "month": 12, "year": 1}
CENT = Decimal("0.01")


def monthly(amount: Decimal, every: str) -> Decimal:
    """*amount* paid *every* so often, as an amount a month, to the cent. A week is a 52nd of a year.

    >>> monthly(Decimal("300"), "week")
    Decimal('1300.00')

    KeyError: a word that is not in TIMES_A_YEAR.
    """
    return (amount * TIMES_A_YEAR[every] / 12).quantize(CENT, ROUND_HALF_UP)
