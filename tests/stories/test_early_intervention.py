"""Early intervention: 45 days from the referral to the family's plan, and a family that causes a delay."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Early intervention (Part C)"
EVALUATION, IFSP = "Evaluation and assessment", "First family service plan within 45 days"
CONTACT, CONFERENCE = "Contact as often as the plan says", "Transition conference before age three"
REVIEW, RENEWAL = "Plan review every six months", "Meeting to renew the plan every year"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_forty_five_days_and_a_delay_that_the_family_caused(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker
) -> None:
    offers("early-intervention")
    leo = person("Leo Marsh", date(2023, 9, 14))  # three years old on 14 Sep 2026

    on("2026-03-05")  # a Thursday; the pediatrician referred him on Monday
    ines.enrols(leo, PROGRAM, worker=renee, referred_on="2026-03-02")
    first = {
        EVALUATION: "Thu 16 Apr",  # 45 days after 2 Mar, not after 5 Mar: 29 in March, 16 in April
        IFSP: "Thu 16 Apr",
        CONTACT: "Sat 4 Apr",  # 30 days after the first day: 26 in March, 4 in April
        CONFERENCE: "Tue 16 Jun",  # 90 days before 14 Sep: 14 in September, 31, 31, and 14 of June's 30
        YEARLY: "5 Mar 2027",
    }
    renee.sees_due(leo, first)

    on("2026-03-26")  # 21 days before the evaluation is due its reminder comes; that of the plan comes 14 days before
    renee.opens_my_day()
    renee.sees("Leo Marsh", EVALUATION, "45 days after the referral of 2 Mar", "Thu 16 Apr", under="Coming up")
    renee.does_not_see(IFSP)
    on("2026-04-01", "12:00")
    renee.writes_and_signs(leo, "Home visit", task=CONTACT, start="10:00", end="11:00", narrative="Leo walks!")
    renee.sees_due(
        leo,
        first
        | {
            CONTACT: "Fri 1 May",
            YEARLY: "1 Apr 2027",
        },  # 30 days after 1 Apr; twelve months after services were checked
    )

    on("2026-04-13")  # the mother is in the hospital: documented, until two weeks from now
    for task in (EVALUATION, IFSP):
        renee.cannot(leo, task, "The family caused the delay", until="2026-04-27", note="Mother in St. Anne's")
    renee.opens_my_day()
    renee.does_not_see("Leo Marsh")
    on("2026-04-17")  # the 45 days are over, and nothing is late
    renee.opens_my_day()
    renee.does_not_see("overdue")
    assert gloria.reads_of(renee, "Overdue") == "0"
    gloria.opens_my_day()
    gloria.does_not_see("Leo Marsh")
    renee.opens_kept(leo)
    renee.sees(IFSP, "excused", "from 13 Apr to 27 Apr: the family caused the delay")

    on("2026-04-24")
    renee.records(leo, "Assessment")
    renee.opens_kept(leo)
    renee.sees(EVALUATION, "met", "the family caused the delay")
    renee.does_not_see(EVALUATION, "late")

    on("2026-04-28")  # the delay is over since yesterday and the plan is not there: nobody may forget it
    renee.opens_my_day()
    renee.sees("Leo Marsh", IFSP, "12 days late", under="Overdue")  # 16 Apr to 28 Apr
    gloria.opens_my_day()
    gloria.sees("Leo Marsh", IFSP, under="Late in your team")
    on("2026-04-29", "16:00")
    renee.records(leo, "Plan signed")
    renee.writes_and_signs(leo, "Home visit", start="14:00", end="15:00", narrative="The plan is signed.")
    renee.opens_kept(leo)
    renee.sees(IFSP, "met", "13 days late")
    renee.sees_due(
        leo,
        {
            CONTACT: "Fri 29 May",  # 30 days after 29 Apr: 1 in April, 29 in May
            CONFERENCE: "Tue 16 Jun",
            REVIEW: "Thu 29 Oct",  # six months after the plan
            RENEWAL: "29 Apr 2027",
            YEARLY: "29 Apr 2027",
        },
    )
    renee.records(leo, "How often, as the plan says", rule=CONTACT, every="2 months")
    renee.opens_my_day()
    renee.sees_due(
        leo,
        {
            CONTACT: "Mon 29 Jun",  # two months after 29 Apr, as the plan says
            CONFERENCE: "Tue 16 Jun",
            REVIEW: "Thu 29 Oct",
            RENEWAL: "29 Apr 2027",
            YEARLY: "29 Apr 2027",
        },
    )

    on("2026-06-10")
    renee.records(leo, "Meeting", name="transition conference")
    renee.opens_kept(leo)
    renee.sees(CONFERENCE, "met")
    renee.does_not_see(CONFERENCE, "late")

    on("2026-06-24")  # Renee's own child is ill: three days
    renee.is_away(until="2026-06-26", colleague=andre)
    on("2026-06-25", "13:00")
    andre.opens_my_day()
    andre.sees("Leo Marsh", CONTACT, "Renee Alvarez", "Mon 29 Jun", under="Within a week")
    andre.opens_brief(leo)
    andre.sees("cover for Renee Alvarez")
    andre.writes_and_signs(leo, "Home visit", task=CONTACT, start="11:00", end="12:00")
    andre.opens_my_day()
    andre.does_not_see("Leo Marsh", CONTACT)
    on("2026-06-29")
    andre.opens_my_day()
    andre.does_not_see("Leo Marsh")
    renee.opens_timeline(leo)
    renee.sees("Home visit", "Andre Okoye", under="June 2026")
    on("2026-08-24", "12:00")
    renee.sees_due(
        leo, {CONTACT: "tomorrow", REVIEW: "Thu 29 Oct", RENEWAL: "29 Apr 2027", YEARLY: "25 Jun 2027"}
    )  # two months after 25 Jun: 25 Aug
    renee.writes_and_signs(leo, "Home visit", task=CONTACT, start="10:00", end="11:00")

    on("2026-09-14")  # Leo is three
    gloria.discharges(leo, PROGRAM, "Served by the school from age three")
    begun, going = "Aftercare: Has the next service begun?", "Aftercare: How is it going?"
    renee.sees_due(
        leo,
        {
            begun: "Mon 28 Sep",  # two weeks
            going: "Fri 13 Nov",  # 60 days: 16 in September, 31, 13
        },
    )
    renee.opens_kept(leo)
    renee.does_not_see("missed")
    on("2026-09-28", "12:00")
    renee.writes_and_signs(leo, "Phone call", task=begun, start="10:00", end="10:15")
    renee.sees_due(leo, {going: "Fri 13 Nov"})
    on("2026-11-13", "12:00")
    renee.writes_and_signs(leo, "Phone call", task=going, start="10:00", end="10:15")
    renee.sees_due(leo, {})
    renee.opens_my_day()
    renee.sees("Nothing is waiting for you")  # the review of 29 Oct ended with the program
