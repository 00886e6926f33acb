"""Assertive community treatment: an urgent referral, contact every week, three tries."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Assertive community treatment, intensive"
URGENT, ASSESSMENT, PLAN = "Urgent assessment", "First assessment", "Plan signed"
WEEKLY, REVIEW = "Contact every week", "Plan review"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"
STREET = "Meeting on the street"


def test_every_week_and_three_tries(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("act-intensive")
    joe = person("Joe Batiste", date(1969, 2, 28))

    on("2026-08-07")  # a Friday
    ines.enrols(joe, PROGRAM, worker=renee)
    renee.records(joe, "Referral", name="urgent")
    renee.sees_due(
        joe,
        {
            URGENT: "Mon 10 Aug",  # one business day after Friday
            WEEKLY: "Sun 9 Aug",  # the week ends on Sunday; it is not a whole one
            ASSESSMENT: "Sun 6 Sep",  # 30 days after: 24 in August, 6 in September
            PLAN: "Sun 6 Sep",
            YEARLY: "7 Aug 2027",
        },
    )
    on("2026-08-10", "17:00")
    renee.opens_my_day()
    renee.sees("Joe Batiste", URGENT, "1 business day after the referral of 7 Aug", "today", under="Today")
    renee.does_not_see("missed")  # last week was not a whole one
    renee.records(joe, "Assessment")
    renee.writes_and_signs(joe, STREET, task=WEEKLY, start="15:00", end="15:30")
    renee.sees_due(joe, {PLAN: "Sun 6 Sep", YEARLY: "10 Aug 2027"})  # the urgent assessment is the first one, too

    for day in ("2026-08-18", "2026-08-19"):  # Tuesday, Wednesday: nobody there
        on(day, "12:00")
        renee.writes_and_signs(
            joe, STREET, start="10:00", end="10:20", attempted="1", activity=[], narrative="Not at his corner."
        )
    renee.opens(f"/clients/{joe.pk}/tasks/")
    renee.sees(WEEKLY, "Sun 23 Aug")
    renee.is_refused_to_say_why(joe, WEEKLY, "Not found, after three tries", "three tries that are logged: there are 2")
    on("2026-08-21", "12:00")
    renee.writes_and_signs(joe, STREET, start="10:00", end="10:20", attempted="1", activity=[], narrative="Nobody.")
    renee.opens_timeline(joe)
    renee.sees("Tried, not reached")
    renee.opens_brief(joe)
    renee.sees("Last seen", "11 days ago, 10 Aug")
    renee.cannot(joe, WEEKLY, "Not found, after three tries", note="Three mornings")
    renee.opens_my_day()
    renee.does_not_see(WEEKLY)
    on("2026-08-24")  # Monday: the week is over, excused, not missed
    renee.opens_my_day()
    renee.does_not_see("missed")
    renee.opens_kept(joe)
    renee.sees(WEEKLY, "17 Aug – 23 Aug 2026", "excused")
    assert gloria.reads_of(renee, "Missed") == "0"
    stranger.cannot_open(joe)

    on("2026-08-31", "17:00")  # the last week of August went by: missed
    renee.opens_my_day()
    renee.sees("Joe Batiste", WEEKLY, "missed, 30 Aug", under="Missed: say why")
    renee.writes_and_signs(joe, STREET, start="15:00", end="15:30")
    renee.opens_my_day()
    renee.sees("Joe Batiste", WEEKLY, "missed, 30 Aug")  # Monday's contact is this week's, not last week's
    renee.records(joe, "Plan signed")
    renee.opens(f"/clients/{joe.pk}/tasks/")
    renee.sees(REVIEW, "28 Feb 2027")  # six months after the 31st: the last of February

    on("2026-09-02")  # discharged while nobody has said why that week was missed
    gloria.discharges(joe, PROGRAM, "Not found any more")
    renee.opens_my_day()
    renee.sees("Joe Batiste", WEEKLY, "missed, 30 Aug", under="Missed: say why")
    renee.cannot(joe, WEEKLY, "Another reason", on="2026-08-30", note="I looked on the wrong days")
    renee.sees_due(joe, {})  # who is not found is called by nobody, unless somebody says so
