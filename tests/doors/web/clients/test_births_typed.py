"""A birth typed with two digits of the year was in the past, wherever it is typed."""

from datetime import date

from goldthread.casework.intake.actions.settling import born_on
from goldthread.doors.web.clients.forms.about import NewClientForm
from goldthread.doors.web.intake.matching import typed_of
from goldthread.doors.web.twins.typing import typed_in

TODAY = date(2026, 11, 19)
SAID = {"birth_date": "3/4/61", "given": "Ana"}


def test_sixty_one_was_in_1961() -> None:
    day = date(1961, 3, 4)
    assert NewClientForm.base_fields["birth_date"].clean("3/4/61") == day
    assert born_on(SAID, TODAY) == day
    assert typed_of(SAID, TODAY).birth_date == day
    assert typed_in({"given": "Ana", "birth_date": "3/4/61"}).birth_date == day
