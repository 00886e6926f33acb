"""Older people at home: a contact each quarter, a hospital stay, a new worker in between."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Geriatric and long-term services"
ASSESSMENT, AGAIN, PLAN = "First assessment", "Assessment every year", "Plan signed"
REVIEW, AFTER, QUARTER = "Plan review every year", "Review after a hospital stay", "Contact every quarter"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_a_quarter_and_a_hospital_stay(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker
) -> None:
    offers("geriatric-mltss")
    rosa = person("Rosa Petrov", date(1938, 5, 17))

    on("2027-11-30")  # a Tuesday
    ines.enrols(rosa, PROGRAM, worker=renee)
    renee.sees_due(
        rosa,
        {
            QUARTER: "Fri 31 Dec",
            ASSESSMENT: "28 Feb 2028",  # 90 days: 31 in December, 31 in January, 28 in February
            PLAN: "29 Mar 2028",  # 120 days: 31, 31, 29 in the leap year's February, 29
            YEARLY: "30 Nov 2028",
        },
    )
    on("2028-01-03")  # the quarter in which she came was not a whole one: nothing is missed
    renee.opens_my_day()
    renee.sees("Nothing is due today")
    renee.does_not_see("missed")
    on("2028-02-07")  # 21 days before the assessment is due
    renee.opens_my_day()
    renee.sees("Rosa Petrov", ASSESSMENT, "Mon 28 Feb", under="Coming up")
    on("2028-02-29", "16:00")  # a day late, on the leap day
    renee.opens_my_day()
    renee.sees("Rosa Petrov", ASSESSMENT, "1 day late", under="Overdue")
    renee.records(rosa, "Assessment")
    renee.records(rosa, "Plan signed")
    renee.writes_and_signs(rosa, "Home visit", start="14:00", end="15:00")
    renee.sees_due(
        rosa,
        {
            AGAIN: "28 Feb 2029",  # a year after the leap day
            REVIEW: "28 Feb 2029",
            YEARLY: "28 Feb 2029",
        },
    )
    renee.opens_kept(rosa)
    renee.sees(ASSESSMENT, "1 day late", "done late")
    renee.sees(QUARTER, "1 Jan – 31 Mar 2028", "met")

    on("2028-05-02")
    renee.records(rosa, "Hospital admission", on="2028-04-20")
    renee.records(rosa, "Hospital discharge", on="2028-04-28")
    renee.opens_my_day()
    renee.sees_due(
        rosa,
        {
            AFTER: "Sun 28 May",
            QUARTER: "Fri 30 Jun",
            AGAIN: "28 Feb 2029",
            REVIEW: "28 Feb 2029",
            YEARLY: "28 Feb 2029",
        },
    )  # 30 days after 28 April: 2 in April, 28 in May
    on("2028-05-15")
    gloria.transfers(rosa, PROGRAM, to=andre, reason="Renee has too many", note="She hears with the left ear.")
    andre.opens_my_day()
    andre.sees("Rosa Petrov", AFTER, "30 days after the hospital discharge of 28 Apr", "Sun 28 May", under="Coming up")
    renee.opens_my_day()
    renee.does_not_see("Rosa Petrov")
    on("2028-05-26", "16:00")
    andre.records(rosa, "Plan review")
    andre.writes_and_signs(rosa, "Home visit", start="14:00", end="15:00")
    andre.sees_due(
        rosa,
        {
            AGAIN: "28 Feb 2029",
            REVIEW: "26 May 2029",
            YEARLY: "26 May 2029",
        },  # the review and the visit count for these
    )
    on("2028-06-01")
    gloria.discharges(rosa, PROGRAM, "Moved to a facility")
    supports, going, last = (
        "Aftercare: Are the new supports in place?",
        "Aftercare: How is it going?",
        "Aftercare: Last call",
    )
    andre.sees_due(
        rosa,
        {
            supports: "Thu 8 Jun",  # a week
            going: "Mon 3 Jul",  # 30 days: 29 in June, 1 in July, which is a Saturday: the next day of work
            last: "Wed 30 Aug",  # 90 days: 29, 31, 30
        },
    )
    andre.opens_kept(rosa)
    andre.sees(AFTER, "met")
    andre.does_not_see(AFTER, "late")
    on("2028-06-08", "12:00")
    andre.writes_and_signs(rosa, "Phone call", task=supports, start="10:00", end="10:15")
    on("2028-07-03", "12:00")
    andre.writes_and_signs(rosa, "Phone call", task=going, start="10:00", end="10:15")
    andre.sees_due(rosa, {last: "Wed 30 Aug"})
    on("2028-08-30", "12:00")
    andre.writes_and_signs(rosa, "Phone call", task=last, start="10:00", end="10:15")
    andre.opens_my_day()
    andre.sees("Nothing is waiting for you")
