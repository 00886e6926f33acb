"""The programs of weeks rather than years: arriving, going back to work, help before things get worse; and an adult's home."""

from datetime import date, timedelta

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
ASSESSMENT, PLAN, REVIEW = "First assessment", "Plan signed", "Plan review"
TWO_WEEKS = "Contact every two weeks"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_arriving_over_christmas(on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker) -> None:
    """Immigration and refugee services."""
    program, ninety = "Immigration and refugee services", "Plan review every 90 days"
    offers("immigration-refugee")
    noor = person("Noor Haddad", date(1995, 10, 4))

    on("2026-12-23")  # a Wednesday
    ines.enrols(noor, program, worker=renee)
    renee.sees_due(
        noor,
        {
            ASSESSMENT: "Thu 31 Dec",  # five business days: 24, 28, 29, 30, 31; the 25th is a holiday
            TWO_WEEKS: "6 Jan 2027",
            PLAN: "22 Jan 2027",  # 30 days: 8 in December, 22 in January
        },
    )
    on("2026-12-30", "12:00")
    renee.records(noor, "Assessment")
    renee.writes_and_signs(noor, "Video call", task=TWO_WEEKS, start="10:00", end="10:30")
    on("2027-01-13", "12:00")
    renee.writes_and_signs(noor, "Home visit", task=TWO_WEEKS, start="10:00", end="11:00")
    on("2027-01-20")
    renee.records(noor, "Plan signed")
    renee.sees_due(
        noor,
        {
            TWO_WEEKS: "Wed 27 Jan",
            ninety: "Tue 20 Apr",  # 90 days: 11 in January, 28, 31, 20
        },
    )
    on("2027-01-27")  # with her sister in another state: this turn is excused, the next comes two weeks after it
    renee.cannot(noor, TWO_WEEKS, "Away", note="With her sister")
    renee.sees_due(noor, {TWO_WEEKS: "Wed 10 Feb", ninety: "Tue 20 Apr"})
    renee.opens_kept(noor)
    renee.sees(TWO_WEEKS, "excused", "the client was away")
    on("2027-02-10", "12:00")
    renee.writes_and_signs(noor, "Text message", task=TWO_WEEKS, start="10:00", end="10:05")
    on("2027-02-12")
    gloria.discharges(noor, program, "Settled")
    renee.sees_due(
        noor,
        {
            "Aftercare: How is it going?": "Mon 15 Mar",  # 30 days: 16 in February, 14: a Sunday, so Monday
            "Aftercare: Last call": "Thu 13 May",  # 90 days: 16, 31, 30, 13
        },
    )


def test_back_to_work(on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker, gloria: Worker) -> None:
    """Occupational, return to work."""
    program, sixty = "Occupational, return to work", "Plan review every 60 days"
    offers("occupational")
    ivan = person("Ivan Kowalski", date(1975, 1, 31))

    on("2026-10-05")  # a Monday; Columbus Day is the next one
    ines.enrols(ivan, program, worker=renee)
    renee.sees_due(
        ivan,
        {
            TWO_WEEKS: "Mon 19 Oct",
            ASSESSMENT: "Tue 20 Oct",  # 10 business days: 6 to 9, 13 to 16, 19, 20
            PLAN: "Wed 4 Nov",  # 30 days: 26 in October, 4 in November
        },
    )
    on("2026-10-16", "12:00")
    renee.records(ivan, "Assessment")
    renee.writes_and_signs(ivan, "Visit at work or a work program", task=TWO_WEEKS, start="10:00", end="10:45")
    on("2026-10-30", "12:00")
    renee.records(ivan, "Plan signed")
    renee.writes_and_signs(ivan, "Phone call", task=TWO_WEEKS, start="10:00", end="10:15")
    renee.sees_due(
        ivan,
        {
            TWO_WEEKS: "Fri 13 Nov",  # the clocks go back on 1 Nov; fourteen days are fourteen days
            sixty: "Tue 29 Dec",  # 60 days: 1 in October, 30, 29
        },
    )
    gloria.transfers(ivan, program, to=andre, reason="Closer to his home", on="2026-11-02")
    on("2026-11-16")  # Monday: three days late, and it is Andre's now
    renee.opens_my_day()
    renee.does_not_see("Ivan Kowalski")
    andre.opens_my_day()
    andre.sees("Ivan Kowalski", TWO_WEEKS, "3 days late", under="Overdue")
    gloria.opens_my_day()
    gloria.sees("Ivan Kowalski", TWO_WEEKS, "Andre Okoye", under="Late in your team")
    andre.writes_and_signs(ivan, "Phone call", task=TWO_WEEKS, start="08:30", end="08:45")
    andre.sees_due(ivan, {TWO_WEEKS: "Mon 30 Nov", sixty: "Tue 29 Dec"})
    andre.opens_kept(ivan)
    andre.sees(TWO_WEEKS, "the phone call of 16 Nov, 3 days late", "done late")
    on("2026-11-27")
    gloria.discharges(ivan, program, "Back in their job")
    andre.sees_due(
        ivan,
        {
            "Aftercare: First weeks at work": "Fri 11 Dec",  # two weeks: 3 in November, 11 in December
            "Aftercare: Still at work?": "26 Jan 2027",  # 60 days: 3, 31, 26; a Tuesday
            "Aftercare: Still at work? Six months": "26 May 2027",  # 180 days: 3, 31, 31, 28, 31, 30, 26; a Wednesday
        },
    )


def test_ninety_days_and_then_another_program(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker
) -> None:
    """Short-term preventive."""
    program, close = "Short-term preventive", "At 90 days: close, or convert to another program"
    offers("short-term-preventive")
    offers("geriatric-mltss")
    lena = person("Lena Fischer", date(1950, 6, 6))

    on("2026-07-02")  # a Thursday; Independence Day is kept on Friday the 3rd
    ines.enrols(lena, program, worker=renee)
    renee.sees_due(
        lena,
        {
            ASSESSMENT: "Fri 10 Jul",  # five business days: 6, 7, 8, 9, 10
            TWO_WEEKS: "Thu 16 Jul",
            PLAN: "Fri 17 Jul",  # ten: 13, 14, 15, 16, 17
            close: "Wed 30 Sep",  # 90 days: 29 in July, 31, 30
        },
    )
    on("2026-07-10")
    renee.records(lena, "Assessment")
    renee.records(lena, "Plan signed")
    for number in range(6):  # every two weeks from 14 July to 22 September
        on((date(2026, 7, 14) + timedelta(weeks=2 * number)).isoformat(), "12:00")
        renee.writes_and_signs(lena, "Phone call", task=TWO_WEEKS, start="10:00", end="10:15")
    renee.opens_kept(lena)
    renee.does_not_see("late")
    renee.opens_my_day()
    renee.sees("Lena Fischer", close, "Wed 30 Sep", "90 days after the enrollment of 2 Jul")
    on("2026-09-30")
    renee.records(lena, "Plan review")
    ines.enrols(lena, "Geriatric and long-term services", worker=renee)
    gloria.discharges(lena, program, "Goes on in another program")
    renee.opens(f"/clients/{lena.pk}/tasks/")
    ours = [line.words for line in renee.page.saying(program, under="What is due")]
    assert len(ours) == 1, ours
    renee.sees("Aftercare: How is it going?", program, "Fri 30 Oct", under="What is due")  # 30 days, in October
    renee.sees("Geriatric and long-term services", "29 Dec", ASSESSMENT)  # 90 days: 31 in October, 30, 29
    on("2026-10-01")
    renee.opens_programs(lena)
    renee.sees("discharged 30 Sep 2026: Goes on in another program")


def test_a_home_for_an_adult(on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker) -> None:
    """Foster care, adult: the visit counts at home only; a refusal, a hospital and a pause excuse the month."""
    program, visit = "Foster care, adult", "Visit at home every month"
    offers("foster-care-adult")
    otto = person("Otto Braun", date(1960, 4, 1))

    on("2028-02-01")  # a Tuesday: February is a whole month, of 29 days
    ines.enrols(otto, program, worker=renee)
    sixty = "Sat 1 Apr"  # 60 days: 28 in February, 31, 1
    renee.sees_due(otto, {visit: "Tue 29 Feb", ASSESSMENT: sixty, PLAN: sixty, YEARLY: "1 Feb 2029"})
    on("2028-02-10", "12:00")
    renee.writes_a_note(otto, "Visit at a day support", start="10:00", end="10:45")
    renee.reads_what_signing_does()
    renee.does_not_see(visit)
    renee.signs()
    on("2028-02-29")
    renee.opens_my_day()
    renee.sees("Otto Braun", visit, "today", under="Today")
    renee.cannot(otto, visit, "In the hospital", note="Since the 20th")
    on("2028-03-10", "12:00")
    renee.opens_my_day()
    renee.does_not_see("missed")
    renee.writes_and_signs(otto, "Home visit", start="10:00", end="11:00")
    on("2028-03-31")
    renee.records(otto, "Assessment")
    renee.records(otto, "Plan signed")
    renee.opens(f"/clients/{otto.pk}/tasks/")
    renee.sees(REVIEW, "Sat 30 Sep")  # six months after the 31st

    on("2028-05-01")  # April went by, and he had shut the door twice: refused, which the rule accepts
    renee.opens_my_day()
    renee.sees("Otto Braun", visit, "missed, 30 Apr", under="Missed: say why")
    renee.cannot(otto, visit, "The client refused", on="2028-04-27", note="He shut the door")
    on("2028-05-20")
    gloria.pauses(otto, program, "With his brother", starts_on="2028-05-20")
    on("2028-06-06")
    gloria.resumes(otto, program)
    renee.opens_my_day()
    renee.does_not_see("missed")  # the last day of May lay in the pause
    renee.sees_due(
        otto,
        {
            visit: "Fri 30 Jun",
            REVIEW: "Tue 17 Oct",  # 30 Sep and 17 days: 12 in May, 5 in June
            YEARLY: "10 Mar 2029",  # the law's year goes on through the pause
        },
    )
    on("2028-06-20", "12:00")
    renee.writes_and_signs(otto, "Home visit", task=visit, start="10:00", end="11:00")
    renee.opens_kept(otto)
    for period, became in (
        ("1 Feb – 29 Feb 2028", "excused"),
        ("1 Mar – 31 Mar 2028", "met"),
        ("1 Apr – 30 Apr 2028", "excused"),
        ("1 May – 31 May 2028", "paused"),
        ("1 Jun – 30 Jun 2028", "met"),
    ):
        renee.sees(visit, period, became)
    on("2028-06-30")
    renee.discharges(otto, program, "Home of their own")
    renee.sees("Signed.")  # she prepares it; somebody else reads it and ends it
    gloria.reads_and_ends(otto)
    renee.sees_due(
        otto,
        {
            "Aftercare: Visit at home": "Fri 14 Jul",  # two weeks after
            "Aftercare: How is it going?": "Tue 29 Aug",  # 60 days: 31 in July, 29 in August
        },
    )
