"""An inquiry at 16:55 on a Friday that is urgent: told at once, due the next day of work, late the day after."""

import pytest

from goldthread.foundation.workforce.enums import Role
from tests.stories.conftest import Offers, somebody
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
MENTAL = "Mental health targeted case management"


def test_urgent_on_a_friday_evening(on: Calendar, offers: Offers, renee: Worker, gloria: Worker, ines: Worker) -> None:
    offers("mental-health-tcm")
    rosa = somebody("Rosa Amado", on, Role.INTAKE, renee.staff.memberships.get().team)

    on("2026-10-09", "16:55")  # Monday the 12th is a holiday: the next day of work is Tuesday the 13th
    ines.takes_down_a_call(
        given="Dana", family="Reyes", phone="617 555 0133", urgency="Urgent", program=[MENTAL],
        wanted="She has not eaten since Wednesday and sees nobody.",
    )  # fmt: skip
    ines.sees("Urgent")
    ines.sees("answer by Tue 13 Oct")
    for told in (rosa, gloria):
        told.opens("/notices/")
        told.sees("Somebody asks for help, and it is urgent")
        told.follows("Open it")
        told.sees("answer by Tue 13 Oct")
    ines.opens("/notices/")
    ines.does_not_see("Somebody asks for help")  # she took it down

    on("2026-10-13", "08:30")
    rosa.opens("/inquiries/?show=urgent")
    rosa.sees("Dana Reyes", "Urgent")
    rosa.follows("Dana Reyes")
    rosa.presses("I see to it")
    rosa.opens("/inquiries/?show=mine")
    rosa.sees("Dana Reyes")

    on("2026-10-14")
    gloria.opens("/inquiries/?show=late")
    gloria.sees("Dana Reyes")
    rosa.opens("/inquiries/")
    rosa.follows("Dana Reyes")
    rosa.presses(
        "Close the inquiry", reason="Not reached after several tries", told="Tried three times, left a message."
    )
    gloria.opens("/inquiries/?show=late")
    gloria.does_not_see("Dana Reyes")
