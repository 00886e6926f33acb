"""How the page for the refrigerator is set so that a printer makes one sheet of it: reckoned by what is written, since the server cannot
see the printer. Sizes are those of ``paper.css``. The PDF is measured instead (``tasks.made_of``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from goldthread.doors.web.plans.shown import Document

WIDE, HIGH = 493.0, 684.0
"""Points between the margins, of whichever of Letter and A4 has less."""
LETTER = 0.56
"""How wide a letter is, of its size: more than most, so that what is reckoned to fit does."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Size of letters in points, space of a line, above a heading and of the person's words in parts of that size. *most*: how much of a
    goal, how many steps, how much of a step and of a part stays; None: all."""

    size: float
    line: float
    above: float
    quote: float
    most: tuple[int, int, int, int] | None = None


FITS = {
    "roomy": Fit(11, 1.45, 0.95, 1.5),
    "close": Fit(10, 1.45, 0.95, 1.5),
    "tight": Fit(9, 1.3, 0.57, 1.5),
    "short": Fit(10, 1.45, 0.95, 1.5, (160, 4, 90, 300)),
    "shorter": Fit(9, 1.3, 0.57, 1.5, (120, 2, 70, 160)),
    "shortest": Fit(8, 1.25, 0.57, 1.15, (70, 0, 0, 80)),
}
"""Smaller letters first, shortened words after that."""


def first_that_fits(doc: Document) -> tuple[str, bool]:
    """The roomiest way in which *doc* is one sheet, and whether there is one: else the tightest."""
    for name, fit in FITS.items():
        if height_of(doc, fit) <= HIGH:
            return name, True
    return name, False


def height_of(doc: Document, fit: Fit) -> float:
    """How high *doc* will be, in points, with its head."""
    goal, steps, step, part = fit.most or (None, None, None, None)
    parts = [one.text for one in doc.after if one.text and one.part.key != "discharge"]
    heading = 0.95 * fit.line + 0.2 * 0.95 + fit.above
    head = 6 * fit.line
    goals = sum(
        heading
        + _lines(one.words[:goal], fit, fit.quote) * fit.quote * 1.3
        + sum(_lines(f"{line.words[:step]} {line.owner}", fit) * fit.line + 0.25 for line in one.steps[:steps])
        for one in doc.goals
    )
    after = sum(heading + _lines(text[:part], fit) * fit.line for text in parts)
    return (head + goals + after) * fit.size


def _lines(words: str, fit: Fit, larger: float = 1.0) -> int:
    room = (WIDE / (fit.size * larger) - 2) * 0.95  # what a line loses to its last word
    return ceil(_width(words) / room)


def _width(words: Iterable[str]) -> float:
    return sum(1.0 if east_asian_width(letter) in "WF" else LETTER for letter in words)
