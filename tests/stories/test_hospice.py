"""Hospice: reviewed by the group every 15 days, first seen within 48 hours, in the night in which the clocks go forward."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Hospice"
INITIAL, WHOLE = "Initial assessment within 48 hours", "Comprehensive assessment within 5 days"
PLAN, REVIEW = "Plan of care signed", "Review by the group every 15 days"
CONTACT = "Contact as often as the plan of care says"


def test_a_review_every_fifteen_days(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("hospice")
    walter = person("Walter Hines", date(1941, 2, 8))

    on("2026-03-06", "15:00")  # a Friday afternoon
    ines.enrols(walter, PROGRAM, worker=renee)
    renee.sees_due(
        walter,
        {
            INITIAL: "Sun 8 Mar",
            PLAN: "Sun 8 Mar",  # two days after
            WHOLE: "Wed 11 Mar",  # five days after
            CONTACT: "Fri 20 Mar",  # two weeks after
            REVIEW: "Sat 21 Mar",  # 15 days after 6 Mar
        },
    )
    on("2026-03-07", "17:00")
    renee.records(walter, "Plan signed")

    on("2026-03-08", "10:00")  # 48 hours after Friday 3 p.m. it is 4 p.m.: the clocks went forward this night
    renee.opens_my_day()
    renee.sees("Walter Hines", INITIAL, "before 4 p.m.", under="Today")
    on("2026-03-08", "16:30")
    renee.opens_my_day()
    renee.sees("Walter Hines", INITIAL, "since 4 p.m.", under="Overdue")
    renee.records(walter, "Assessment", done_time="15:30")  # done in time, written down an hour later
    renee.opens_kept(walter)
    renee.sees(INITIAL, "met")
    renee.does_not_see(INITIAL, "late")

    on("2026-03-09", "12:00")
    renee.writes_and_signs(walter, "Home visit", task=CONTACT, start="10:00", end="11:00")
    renee.records(walter, "Assessment", name="comprehensive")
    renee.records(walter, "Services started")
    renee.sees_due(
        walter,
        {CONTACT: "Mon 23 Mar", REVIEW: "Sat 21 Mar"},  # two weeks after 9 Mar; the plan was there before care started
    )

    on("2026-03-20", "15:00")
    renee.opens_my_day()
    renee.sees("Walter Hines", REVIEW, "tomorrow", "15 days after the enrollment of 6 Mar")
    renee.records(walter, "Plan review")
    renee.writes_and_signs(walter, "Phone call", start="14:00", end="14:10")
    renee.sees_due(
        walter,
        {CONTACT: "Fri 3 Apr", REVIEW: "Sat 4 Apr"},  # 14 days, and 15 days after 20 Mar: 11 in March, 4 in April
    )

    on("2026-04-03", "15:00")
    renee.writes_and_signs(walter, "Home visit", start="13:00", end="14:00")
    on("2026-04-05")  # Easter: the group did not meet on Saturday
    renee.opens_my_day()
    renee.sees("Walter Hines", REVIEW, "1 day late", under="Overdue")
    gloria.opens_my_day()
    gloria.sees("Walter Hines", REVIEW, "1 day late", "Renee Alvarez", under="Late in your team")
    assert gloria.reads_of(renee, "Overdue") == "1"
    stranger.cannot_open(walter)
    on("2026-04-06")
    renee.records(walter, "Plan review")
    renee.opens_kept(walter)
    renee.sees(REVIEW, "met", "2 days late")
    renee.sees_due(walter, {CONTACT: "Fri 17 Apr", REVIEW: "Tue 21 Apr"})  # 15 days after 6 Apr, not after the 4th

    on("2026-04-14")
    gloria.discharges(walter, PROGRAM, "Died", **{"last_day": "2026-04-13", "said-died_on": "2026-04-13"})
    gloria.sees("Discharged.")
    renee.sees_due(
        walter,
        {
            "Condolences to the family of Walter Hines": "Fri 17 Apr",  # three days after it was written down; Gloria's
            "Aftercare: Card to the family": "Mon 27 Apr",  # two weeks after the 13th
            "Aftercare: Bereavement call": "Wed 13 May",  # 30 days: 17 in April, 13 in May
            "Aftercare: Bereavement call, three months": "Mon 13 Jul",  # 90 days: 17, 31, 30, 12 in July, a Sunday
            "Aftercare: Bereavement call, six months": "Tue 13 Oct",  # 180 days: 10 Oct, a Saturday; Monday is a holiday
            "Aftercare: Bereavement call, one year": "13 Apr 2027",
        },
    )
    gloria.ticks_off(walter, "Condolences to the family of Walter Hines")
    on("2026-04-22")
    renee.opens_my_day()
    renee.sees("Nothing is due today")
    renee.sees("Walter Hines", "Aftercare: Card to the family", "Mon 27 Apr", under="Within a week")
    gloria.opens_my_day()
    gloria.does_not_see("Walter Hines")
