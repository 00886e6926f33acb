"""Intellectual and developmental disabilities: face to face every 90 days, something every month, a stay in the hospital."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Intellectual and developmental disabilities (HCBS)"
FACE, MONTH, REVIEW = "Face to face every 90 days", "Activity every month", "Plan review every quarter"
ASSESSMENT, PLAN = "First assessment", "Plan signed"
ASSESSED_BEFORE, PLANNED_BEFORE = "Assessment before services start", "Plan signed before services start"
ASSESSMENT_AGAIN, PLAN_AGAIN = "Assessment every year", "Plan renewed every year"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_ninety_days_and_a_stay_in_the_hospital(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker
) -> None:
    offers("idd-hcbs")
    sam = person("Sam Okafor", date(1998, 7, 21))

    on("2026-10-01", "09:00")  # a Thursday, and the first day of a quarter: the quarter is a whole one
    ines.enrols(sam, PROGRAM, worker=renee)
    renee.sees_due(
        sam,
        {
            ASSESSMENT: "Sat 31 Oct",  # 30 days after
            MONTH: "Sat 31 Oct",
            PLAN: "Mon 30 Nov",  # 60 days after: 30 in October, 30 in November
            FACE: "Wed 30 Dec",  # 90 days after: 30, 30, 30
            REVIEW: "Thu 31 Dec",
            YEARLY: "1 Oct 2027",
        },
    )
    on("2026-10-20")
    renee.records(sam, "Assessment")
    on("2026-10-28", "16:00")
    renee.records(sam, "Plan signed")
    renee.writes_a_note(sam, "Phone call", task=MONTH, start="14:00", end="14:15")
    renee.reads_what_signing_does()
    renee.sees(f"{MONTH}: done until Sat 31 Oct")
    renee.does_not_see(FACE)  # nobody is face to face on the telephone
    renee.signs()

    on("2026-11-02")
    renee.records(sam, "Services started")
    renee.opens_kept(sam)
    renee.sees(ASSESSED_BEFORE, "met", "the assessment of 20 Oct")
    renee.sees(PLANNED_BEFORE, "met", "the plan signed on 28 Oct")
    on("2026-11-10", "12:00")
    renee.writes_and_signs(sam, "Visit at a day support", task=FACE, start="10:00", end="11:00")
    renee.sees_due(
        sam,
        {
            REVIEW: "Thu 31 Dec",
            FACE: "8 Feb 2027",  # 90 days after 10 Nov: 20 in November, 31, 31, 8
            ASSESSMENT_AGAIN: "20 Oct 2027",
            PLAN_AGAIN: "28 Oct 2027",
            YEARLY: "10 Nov 2027",
        },
    )
    on("2026-12-15", "12:00")
    renee.records(sam, "Plan review")
    renee.writes_and_signs(sam, "Phone call", start="10:00", end="10:20")

    on("2027-01-05")  # Sam is in the hospital from the 5th; on the 15th he is home again
    gloria.pauses(sam, PROGRAM, "In the hospital", starts_on="2027-01-05")
    law = {ASSESSMENT_AGAIN: "Wed 20 Oct", PLAN_AGAIN: "Thu 28 Oct", YEARLY: "Wed 15 Dec"}
    renee.sees_due(sam, law)  # what the law asks for each year goes on through the pause
    renee.opens_brief(sam)
    renee.sees("Program", PROGRAM, "paused")
    on("2027-01-15")
    gloria.resumes(sam, PROGRAM)
    renee.sees_due(
        sam,
        {
            MONTH: "Sun 31 Jan",  # the month went on after the pause
            FACE: "Thu 18 Feb",  # 8 Feb, and the ten days from 5 to 14 Jan
            REVIEW: "Wed 31 Mar",
            **law,
        },
    )
    renee.opens(f"/clients/{sam.pk}/tasks/")
    renee.sees(FACE, "90 days after the visit at day support of 10 Nov 2026", "10 paused days not counted")
    on("2027-01-29", "12:00")
    renee.writes_and_signs(sam, "Phone call", task=MONTH, start="10:00", end="10:20")

    on("2027-02-04")  # 14 days before, the reminder comes
    renee.opens_my_day()
    renee.sees("Sam Okafor", FACE, "Thu 18 Feb", under="Coming up")
    on("2027-02-18", "12:00")
    renee.opens_my_day()
    renee.sees("Sam Okafor", FACE, "today", under="Today")
    renee.writes_and_signs(sam, "Home visit", task=FACE, start="10:00", end="11:00")
    renee.opens(f"/clients/{sam.pk}/tasks/")
    renee.sees(FACE, "Wed 19 May")  # 90 days after 18 Feb: 10 in February, 31, 30, 19
    assert gloria.reads_of(renee, "Load, and limit") == "1 of 35"
    assert gloria.reads_of(renee, "Contacts, 30 days") == "2"

    on("2027-02-26")
    renee.discharges(sam, PROGRAM, "Moved away")
    renee.sees("Signed.")  # she prepares it; somebody else reads it and ends it
    gloria.reads_and_ends(sam)
    renee.sees_due(
        sam,
        {
            "Aftercare: Are the new supports in place?": "Fri 12 Mar",  # two weeks: 2 days in February, 12 in March
            "Aftercare: How is it going?": "Tue 27 Apr",  # 60 days: 2 in February, 31, 27
        },
    )
    renee.opens_kept(sam)
    renee.does_not_see("missed")
    renee.does_not_see("late")
