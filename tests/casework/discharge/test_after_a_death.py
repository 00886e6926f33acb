"""What the way of a death asks: all but who writes to the family, which falls to whoever ends it."""

from datetime import date

import pytest

from goldthread.casework.discharge.rules.paths import asked_of, check_said
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Leaving

DAY = date(2026, 4, 13)
SAID = {"died_on": "2026-04-13", "informed": "family", "told_by": "His daughter", "family": "His daughter"}


def test_nobody_need_be_named_who_writes_to_the_family() -> None:
    check_said(Leaving.DECEASED, SAID, DAY, DAY)


@pytest.mark.parametrize("key", SAID)
def test_the_rest_is_needed(key: str) -> None:
    said = {name: text for name, text in SAID.items() if name != key}
    with pytest.raises(DomainError):
        check_said(Leaving.DECEASED, said, DAY, DAY)


def test_every_choice_that_offers_nobody_may_stay_empty() -> None:
    """The form offers “whoever ends it” as the empty choice."""
    assert [one.key for way in Leaving for one in asked_of(way) if one.kind == "staff" and one.needed] == []
