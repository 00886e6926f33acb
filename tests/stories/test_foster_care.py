"""Foster care: one month's only visit was at school, another month had none."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Foster care, child"
HOME = "Visit where the child lives"
VISIT = "Visit the child every month"
MONTHS = "Children visited in at least 95 % of months"
HALF = "At least half of the visits where the child lives"
PLAN, ASSESSMENT, REVIEW = "Case plan signed", "First assessment", "Case review every six months"
HEARING = "Permanency hearing every year"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_a_month_at_school_and_a_month_without(
    on: Calendar,
    offers: Offers,
    ines: Worker,
    renee: Worker,
    andre: Worker,
    gloria: Worker,
    stranger: Worker,
) -> None:
    offers("foster-care-child")
    maya = person("Maya Ellery", date(2019, 5, 3))

    on("2026-01-15")  # a Thursday
    ines.enrols(maya, PROGRAM, worker=renee)
    renee.sees_due(
        maya,
        {
            VISIT: "Sat 31 Jan",  # the month's last day
            HALF: "Sun 15 Feb",  # a month after the first day without a visit at home
            ASSESSMENT: "Mon 16 Mar",  # 60 days after 15 Jan: 16 in January, 28 in February, 16 in March
            PLAN: "Mon 16 Mar",  # the same
            REVIEW: "Wed 15 Jul",  # six months after 15 Jan
            HEARING: "15 Jan 2027",  # twelve months after
            YEARLY: "15 Jan 2027",
        },
    )
    renee.opens_my_day()
    renee.sees("Nothing is due today")
    stranger.cannot_open(maya)
    assert gloria.reads_of(renee, "Load, and limit") == "1 of 15"

    on("2026-01-20", "16:30")
    renee.writes_a_note(
        maya, HOME, task=VISIT, start="15:00", end="15:45",
        narrative="She showed me her room.",
    )  # fmt: skip
    renee.reads_what_signing_does()
    renee.sees(f"{VISIT}: done until Sat 31 Jan")
    renee.signs()
    renee.sees_due(
        maya,
        {
            HALF: "Fri 20 Feb",  # a month after this visit at home; January's visit is done, February's not begun
            ASSESSMENT: "Mon 16 Mar",
            PLAN: "Mon 16 Mar",
            REVIEW: "Wed 15 Jul",
            HEARING: "15 Jan 2027",
            YEARLY: "20 Jan 2027",  # services were checked on: twelve months after that
        },
    )
    renee.opens_timeline(maya)
    renee.sees(HOME, "45 min", "Renee Alvarez", "She showed me her room.", under="January 2026")

    on("2026-02-11", "15:30")
    renee.writes_and_signs(maya, "Visit at school", start="13:00", end="13:45", narrative="Her teacher is glad of her.")
    renee.opens_brief(maya)
    renee.sees("Last seen", "today")
    renee.does_not_see(VISIT)  # February has its visit, though at school

    on("2026-02-20")
    renee.opens_my_day()
    renee.sees("Nothing is due today")  # a share is a rate with a reminder: never due, never late
    renee.sees("Maya Ellery", HALF, "1 month after the home visit of 20 Jan", "today", under="Within a week")

    on("2026-03-10")
    renee.records(maya, "Assessment")
    renee.opens_my_day()
    renee.sees("Maya Ellery", PLAN, "Mon 16 Mar", under="Within a week")
    renee.does_not_see(ASSESSMENT)

    on("2026-03-20")  # the plan is four days late, and the supervisor has seen it since the 17th
    renee.opens_my_day()
    renee.sees("1 overdue")
    renee.sees("Maya Ellery", PLAN, "4 days late", under="Overdue")
    gloria.opens_my_day()
    gloria.sees("Maya Ellery", PLAN, "4 days late", "Renee Alvarez", under="Late in your team")
    gloria.opens_behind(renee, "overdue")
    gloria.sees("Maya Ellery", PLAN, "4 days late")
    renee.records(maya, "Plan signed", where="Court file, folder 3")
    renee.opens_timeline(maya)
    renee.sees("Plan signed", under="March 2026")
    renee.opens_my_day()
    renee.does_not_see(PLAN)

    on("2026-03-30")  # a Monday; nobody has seen Maya in March
    renee.opens_my_day()
    renee.sees("Maya Ellery", VISIT, "tomorrow", under="Within a week")
    renee.opens_brief(maya)
    renee.sees(VISIT, "tomorrow", under="What is due")
    on("2026-03-31")
    renee.opens_my_day()
    renee.sees("Maya Ellery", VISIT, "today", under="Today")

    on("2026-04-01")  # March is over: missed for good, it can only be said why
    renee.opens_my_day()
    renee.sees("1 missed")
    renee.sees("Maya Ellery", VISIT, "missed, 31 Mar", under="Missed: say why")
    assert gloria.reads_of(renee, "Missed") == "1"
    renee.cannot(maya, VISIT, "Illness", on="2026-03-31", note="I had the flu and nobody went")
    renee.opens_my_day()
    renee.does_not_see("missed")
    assert gloria.reads_of(renee, "Missed") == "0"

    on("2026-04-08", "12:00")
    renee.writes_and_signs(maya, HOME, start="10:00", end="11:00", narrative="Maya planted beans.")
    renee.sees_due(
        maya,
        {
            HALF: "Fri 8 May",  # a month after this visit at home
            REVIEW: "Wed 15 Jul",
            HEARING: "15 Jan 2027",
            YEARLY: "8 Apr 2027",  # twelve months after the last time somebody checked
        },
    )

    on("2026-05-01")  # Renee leaves the team; Andre takes over
    gloria.transfers(maya, PROGRAM, to=andre, reason="Renee changes teams", note="The dog is friendly.")
    andre.opens_my_day()
    andre.opens_programs(maya)
    andre.follows("Read the hand-over")
    andre.sees("The dog is friendly.", under="What the new worker must know")
    andre.sees(VISIT, "due Sun 31 May", under="Open tasks")
    andre.sees_due(
        maya,
        {VISIT: "Sun 31 May", HALF: "Fri 8 May", REVIEW: "Wed 15 Jul", HEARING: "15 Jan 2027", YEARLY: "8 Apr 2027"},
    )
    renee.opens("/day/?bucket=later")
    renee.does_not_see("Maya Ellery")

    for day in ("2026-05-12", "2026-06-12"):
        on(day, "17:00")
        andre.writes_and_signs(maya, HOME, start="15:00", end="16:00")

    on("2026-07-10")  # the court reviews the case, five days before it is due
    andre.opens_my_day()
    andre.sees("Maya Ellery", REVIEW, "6 months after the enrollment of 15 Jan", "Wed 15 Jul", under="Within a week")
    andre.records(maya, "Hearing", name="review", where="Docket 26-117")
    andre.sees_due(
        maya,
        {
            VISIT: "Fri 31 Jul",
            HALF: "Sun 12 Jul",  # a month after the visit at home of 12 Jun
            REVIEW: "10 Jan 2027",  # six months after this review
            HEARING: "15 Jan 2027",  # a review is not the permanency hearing
            YEARLY: "12 Jun 2027",
        },
    )

    on("2026-07-31", "23:30")  # the month's last evening, and it is August in Greenwich already: it is July's visit
    andre.writes_and_signs(maya, "Visit at school", start="14:00", end="14:45")
    andre.sees_due(
        maya, {HALF: "today", REVIEW: "10 Jan 2027", HEARING: "15 Jan 2027", YEARLY: "31 Jul 2027"}
    )  # the reminder has stood there since 12 Jul

    on("2026-08-14")  # a Friday: Maya goes home
    gloria.opens_kept(maya)  # at home in January, April, May and June; at school in February and July
    gloria.sees(HALF, "4 of 6 (67 %)", "enough", under="Rates")
    gloria.sees(MONTHS, "5 of 6 (83 %)", "too few", under="Rates")  # of February to July all but March
    gloria.sees(VISIT, "1 Mar – 31 Mar 2026", "Illness: I had the flu and nobody went", "missed")
    gloria.sees(VISIT, "1 Feb – 28 Feb 2026", "the school visit of 11 Feb", "met")
    gloria.sees(PLAN, "the plan signed on 20 Mar, 4 days late", "done late")
    andre.discharges(maya, PROGRAM, "Home with a parent", note="Weekly calls until school begins.")
    andre.sees("Signed.")  # he prepares it; somebody else reads it and ends it
    gloria.reads_and_ends(maya)
    gloria.opens_programs(maya)
    gloria.sees("Enrolled 15 Jan 2026", "discharged 14 Aug 2026: Home with a parent")
    andre.opens_timeline(maya)
    andre.sees("Discharged", under="August 2026")
    andre.sees_due(
        maya,
        {
            "Aftercare: Visit at home": "Fri 21 Aug",  # a week after
            "Aftercare: How is it going?": "Mon 14 Sep",  # 30 days: 17 in August, 13 in September, a Sunday
            "Aftercare: Three months": "Thu 12 Nov",  # 90 days: 17 in August, 30, 31, 12
            "Aftercare: Six months": "10 Feb 2027",  # 180 days: 17, 30, 31, 30, 31, 31 to January, 10; Gloria's
        },
    )
    on("2026-08-21", "17:00")
    andre.writes_and_signs(
        maya, "Visit where the child lives", task="Aftercare: Visit at home", start="15:00", end="15:40"
    )
    on("2026-08-31")
    andre.opens_my_day()
    andre.does_not_see("Visit at home")
    andre.sees("Nothing is waiting for you")
    assert gloria.reads_of(andre, "Clients") == "0"
    assert gloria.reads_of(andre, "Missed") == "0"
