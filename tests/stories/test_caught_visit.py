"""Hospital discharge: a home visit that nobody would have made, caught."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Hospital discharge and medical"
CALL, VISIT = "Call after the hospital", "Visit within 7 days of the hospital"
REVIEW, CONTACT = "Review 30 days after the hospital", "Contact by risk"
BEFORE = "Plan signed before discharge"


def test_a_visit_that_nobody_would_have_made(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("hospital-discharge")
    ada = person("Ada Lindqvist", date(1952, 11, 3))

    on("2026-11-13")  # a Friday; she is in the hospital
    ines.enrols(ada, PROGRAM, worker=renee)
    renee.sees_due(
        ada,
        {
            "Assessment at admission": "today",
            "Discharge plan begun": "Tue 17 Nov",  # two business days after Friday
            CONTACT: "Sun 13 Dec",  # 30 days after
        },
    )
    renee.records(ada, "Assessment")
    on("2026-11-17")
    renee.records(ada, "Plan signed")
    on("2026-11-19")  # a Thursday: she goes home
    renee.records(ada, "Hospital discharge")
    renee.sees_due(
        ada,
        {
            CALL: "Mon 23 Nov",  # two business days after Thursday: Friday, Monday
            VISIT: "Thu 26 Nov",  # seven days after: Thanksgiving
            CONTACT: "Sun 13 Dec",
            REVIEW: "Sat 19 Dec",  # 30 days after
        },
    )
    renee.opens_kept(ada)
    renee.sees(BEFORE, "met", "the plan signed on 17 Nov")

    on("2026-11-23", "11:00")
    renee.writes_and_signs(ada, "Phone call", task=CALL, start="10:00", end="10:20", narrative="She is in bed.")
    renee.opens_my_day()
    renee.sees(
        "Ada Lindqvist", VISIT, "7 days after the hospital discharge of 19 Nov", "Thu 26 Nov", under="Within a week"
    )
    renee.does_not_see(CALL)
    gloria.opens_my_day()
    gloria.does_not_see("Ada Lindqvist")

    on("2026-11-27")  # Renee fell ill on Tuesday, and nobody worked on Thursday
    gloria.opens_my_day()
    gloria.sees("Ada Lindqvist", VISIT, "1 day late", "Renee Alvarez", under="Late in your team")
    assert gloria.reads_of(renee, "Overdue") == "1"
    gloria.opens_behind(renee, "overdue")
    gloria.sees("Ada Lindqvist", VISIT, "1 day late")
    gloria.asks_somebody_else(ada, VISIT, to=andre)
    andre.opens_my_day()
    andre.sees("Ada Lindqvist", VISIT, "1 day late", under="Overdue")
    renee.opens_my_day()
    renee.sees("Ada Lindqvist", VISIT, "1 day late", under="Waiting on others")

    on("2026-11-30", "15:00")  # Andre goes on Monday
    andre.opens_brief(ada)
    andre.sees(VISIT, "4 days late", under="What is due")
    andre.writes_a_note(
        ada, "Home visit", task=VISIT, start="13:00", end="14:00", narrative="She had nothing to eat."
    )  # fmt: skip
    andre.reads_what_signing_does()
    andre.sees(f"{VISIT}: done")
    andre.signs()
    andre.opens_my_day()
    andre.does_not_see("Ada Lindqvist")
    gloria.opens_my_day()
    gloria.does_not_see("Ada Lindqvist")
    assert gloria.reads_of(renee, "Overdue") == "0"
    gloria.opens_kept(ada)
    gloria.sees(VISIT, "met", "the home visit of 30 Nov", "4 days late")
    gloria.opens_timeline(ada)
    gloria.sees("Home visit", "60 min", "Andre Okoye", "She had nothing to eat.")
    stranger.cannot_open(ada)
    stranger.cannot_open(ada, "tasks/kept/")

    on("2026-12-18", "12:00")
    renee.records(ada, "Plan review")
    renee.sees_due(ada, {CONTACT: "Wed 30 Dec"})  # 30 days after 30 Nov
    on("2026-12-30", "12:00")
    renee.writes_and_signs(ada, "Phone call", task=CONTACT, start="10:00", end="10:20")
    gloria.discharges(ada, PROGRAM, "Goals reached")
    renee.sees_due(
        ada,
        {
            "Aftercare: Medicines and appointments": "4 Jan 2027",  # two business days after Wednesday: 31, and Monday
            # the 4th; the 1st is a holiday, the 2nd and 3rd a weekend
            "Aftercare: First week": "6 Jan 2027",  # a week: 1 in December, 6 in January
            "Aftercare: Last call": "29 Jan 2027",  # 30 days: 1 in December, 29 in January, a Friday
        },
    )
    gloria.opens_kept(ada)
    gloria.sees(VISIT, "4 days late")  # it stays to be read
