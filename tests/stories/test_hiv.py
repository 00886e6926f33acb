"""HIV: contact by acuity, a colleague who covers, and colleagues who must not know."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Bridge program"
ASSESSMENT, PLAN, REVIEW = "First assessment", "Plan signed", "Plan review"
CONTACT = "Contact by acuity"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_contact_by_acuity_among_people_who_may_not_know(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("hiv-aids", name=PROGRAM)
    marcus = person("Marcus Ellery", date(1979, 8, 1))

    on("2027-08-02")  # a Monday
    ines.enrols(marcus, PROGRAM, worker=renee)
    renee.sees_due(
        marcus,
        {
            CONTACT: "Wed 1 Sep",  # 30 days after: 29 in August, 1 in September
            ASSESSMENT: "Wed 1 Sep",
            PLAN: "Wed 1 Sep",
            YEARLY: "2 Aug 2028",
        },
    )
    renee.writes_and_signs(marcus, "Meeting at the office", start="08:00", end="08:45", narrative="Qviral load.")
    renee.records(marcus, "Level of need", level="High")
    renee.opens(f"/clients/{marcus.pk}/tasks/")
    renee.sees(CONTACT, "7 days after the meeting at the office of 2 Aug", "because the level is high", "Mon 9 Aug")

    for colleague in (andre, ines, stranger):  # the team, intake, another team: none of them is cleared
        colleague.finds_nowhere("Bridge", "Qviral", CONTACT)
    andre.opens_brief(marcus)
    andre.does_not_see("Bridge")
    andre.does_not_see("Renee Alvarez")  # whose client he is would tell: she works in that program
    for tab in ("timeline/", "tasks/", "tasks/kept/", "programs/"):
        andre.opens(f"/clients/{marcus.pk}/{tab}")
        andre.does_not_see("Bridge")
        andre.does_not_see(CONTACT)
        assert "Qviral" not in andre.page.whole
    stranger.cannot_open(marcus)

    on("2027-08-09")  # due today, and Renee is away until tomorrow: who covers needs what she needs
    renee.is_away(until="2027-08-10", colleague=andre)
    on("2027-08-09", "15:00")
    andre.opens_my_day()
    andre.sees("Marcus Ellery", CONTACT, "today", "Renee Alvarez", under="Today")
    andre.writes_and_signs(marcus, "Phone call", task=CONTACT, start="14:00", end="14:15")
    on("2027-08-11")
    andre.opens_my_day()
    andre.does_not_see("Marcus Ellery")
    andre.finds_nowhere("Bridge", "Qviral", of=[marcus])

    on("2027-08-16")  # a week after the call, and he does better
    renee.opens_my_day()
    renee.sees("Marcus Ellery", CONTACT, "today", under="Today")
    renee.records(marcus, "Level of need", level="Medium")
    renee.opens(f"/clients/{marcus.pk}/tasks/")
    renee.sees(CONTACT, "30 days after the phone call of 9 Aug", "because the level is medium", "Wed 8 Sep")
    on("2027-08-31", "12:00")
    renee.records(marcus, "Assessment")
    renee.records(marcus, "Plan signed")
    renee.writes_and_signs(marcus, "Home visit", start="10:00", end="11:00")
    renee.sees_due(
        marcus,
        {
            CONTACT: "Thu 30 Sep",  # 30 days after 31 Aug
            REVIEW: "29 Feb 2028",  # six months after the 31st: the leap day
            YEARLY: "31 Aug 2028",
        },
    )

    on("2027-09-30")  # worse again since today: nobody is three weeks late because of what was found this morning
    renee.records(marcus, "Level of need", level="High")
    renee.opens_my_day()
    renee.sees("Marcus Ellery", CONTACT, "today", under="Today")
    renee.writes_and_signs(marcus, "Phone call", task=CONTACT, start="08:30", end="08:45")
    renee.opens_kept(marcus)
    renee.does_not_see("late")

    on("2027-10-05")
    gloria.discharges(marcus, PROGRAM, "Moved away")
    renee.sees_due(
        marcus,
        {
            "Aftercare: How is it going?": "Tue 19 Oct",  # two weeks
            "Aftercare: Still in medical care?": "3 Jan 2028",  # 90 days: 26 in October, 30, 31, 3; a Monday
            "Aftercare: Still in medical care? Six months": "3 Apr 2028",  # 180 days: 26, 30, 31, 31, 29 in the leap
            # year's February, 31, 2: a Sunday, so Monday
        },
    )
    on("2027-10-06")
    gloria.opens_my_day()
    gloria.does_not_see("Marcus Ellery")
