"""How much an expression may do. Steps are counted, not seconds: the same on every machine, in every thread."""

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import ExpressionError

STEPS = 200_000
"""For all expressions of one working-out: 0.2 to 1 s. An instrument of 132 items takes some 4 300."""
MOST_ROWS = 20_000
"""In one collection."""
MOST_TEXT = 50_000
"""Characters of one text."""
LARGEST = 1e30


class Budget:
    """Steps left. ``spend`` raises ExpressionError when they are used up: no expression runs on for ever."""

    __slots__ = ("left",)

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps

    def spend(self, steps: int) -> None:
        """Count *steps*."""
        self.left -= steps
        if self.left < 0:
            raise ExpressionError(_("it takes too many steps and was stopped"))

    def rows(self, count: int, before: int = 0) -> None:
        """Count *count* rows that are about to be added to *before*."""
        if count + before > MOST_ROWS:
            raise ExpressionError(_("it collects more than %(most)s values") % {"most": MOST_ROWS})
        self.spend(count)

    def text(self, length: int) -> None:
        """Count a text of *length* characters that is about to be made."""
        if length > MOST_TEXT:
            raise ExpressionError(_("it makes a text longer than %(most)s characters") % {"most": MOST_TEXT})
        self.spend(1 + length // 50)
