"""School-based services: sixty days from the consent, thirty from eligibility, and a summer."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "School-based services (Part B)"
EVALUATION, MEETING = "Evaluation within 60 days of consent", "Program meeting within 30 days of eligibility"
REVIEW, AGAIN, QUARTER = "Plan review every year", "Re-evaluation every three years", "Contact every quarter"


def test_sixty_days_thirty_days_and_a_summer(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker
) -> None:
    offers("school-based")
    tom = person("Tom Adeyemi", date(2018, 9, 9))

    on("2027-01-11")  # a Monday
    ines.enrols(tom, PROGRAM, worker=renee)
    renee.sees_due(tom, {QUARTER: "Wed 31 Mar"})  # the sixty days have not begun: nobody has consented
    on("2027-01-15")
    renee.records(tom, "Consent")
    renee.sees_due(
        tom,
        {QUARTER: "Wed 31 Mar", EVALUATION: "Tue 16 Mar"},  # 60 days: 16 in January, 28, 16
    )
    on("2027-02-23")  # 21 days before
    renee.opens_my_day()
    renee.sees("Tom Adeyemi", EVALUATION, "60 days after the consent of 15 Jan", "Tue 16 Mar", under="Coming up")
    on("2027-03-12")
    renee.records(tom, "Assessment")
    on("2027-03-19")
    renee.records(tom, "Found eligible")
    renee.sees_due(
        tom,
        {
            QUARTER: "Wed 31 Mar",
            MEETING: "Sun 18 Apr",  # 30 days: 12 in March, 18 in April
            AGAIN: "12 Mar 2030",  # three years after the evaluation
        },
    )
    on("2027-04-20")  # two days after the Sunday; the quarter in which he came was not a whole one
    renee.opens_my_day()
    renee.sees("Tom Adeyemi", MEETING, "2 days late", under="Overdue")
    renee.does_not_see("missed")
    gloria.opens_my_day()
    gloria.sees("Tom Adeyemi", MEETING, "2 days late", under="Late in your team")
    renee.records(tom, "Plan signed")
    renee.opens_kept(tom)
    renee.sees(MEETING, "2 days late", "done late")
    on("2027-05-20", "12:00")
    renee.writes_and_signs(tom, "Visit at school", task=QUARTER, start="10:00", end="10:45")
    renee.sees_due(tom, {REVIEW: "20 Apr 2028", AGAIN: "12 Mar 2030"})

    on("2027-10-01")  # he was with his grandmother from July to September: away, which this rule accepts
    renee.opens_my_day()
    renee.sees("Tom Adeyemi", QUARTER, "missed, 30 Sep", under="Missed: say why")
    renee.cannot(tom, QUARTER, "Away", on="2027-08-15", note="With his grandmother")
    renee.opens_kept(tom)
    renee.sees(QUARTER, "1 Jul – 30 Sep 2027", "excused", "the client was away")
    assert gloria.reads_of(renee, "Missed") == "0"
    on("2027-10-15")
    gloria.discharges(tom, PROGRAM, "Moved away")
    renee.sees_due(
        tom,
        {
            "Aftercare: School, training or work begun?": "Mon 15 Nov",  # 30 days: 16 in October, 14: a Sunday, so Monday
            "Aftercare: How is it going?": "13 Jan 2028",  # 90 days: 16, 30, 31, 13; a Thursday
        },
    )
