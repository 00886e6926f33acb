"""What is known of somebody, as far as criteria ask. None is *not known*, which is never the same as *no*."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Known:
    """What is known on a day.

    ``born``: the first and the last day on which the birth can have been (the same day twice when it is known). ``state``, ``postal_code``:
    where they live. ``income``: of the household, in dollars a month. ``coverage``: all that they have (facts of coverage).
    ``diagnoses``: codes that are written down; there may be others. ``programs``: short names of the programs, and of their templates,
    in which they are; ``unseen``: those of which the asker may not know. ``answers``: what a person answered, by the key of the criterion.
    """

    born: tuple[date, date] | None = None
    state: str = ""
    postal_code: str = ""
    income: Decimal | None = None
    household: int | None = None
    coverage: frozenset[str] | None = None
    diagnoses: frozenset[str] = frozenset()
    referral: str = ""
    programs: frozenset[str] | None = None
    unseen: frozenset[str] = frozenset()
    agency_state: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
