"""A client in two programs at once: mental health, and substance use of which the first knows nothing."""

from datetime import date

import pytest

from goldthread.foundation.workforce.enums import Role
from tests.factories import TeamFactory
from tests.stories.conftest import Offers, person, somebody
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
MENTAL, RECOVERY = "Mental health targeted case management", "Recovery at Harbor"
FIRST, COMPREHENSIVE, PLAN = "First contact", "Comprehensive assessment", "Plan signed"
MONTHLY, REVIEW = "Contact every month", "Plan review"
ASSESSMENT, TWO_WEEKS, NINETY = "First assessment", "Contact every two weeks", "Plan review every 90 days"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_two_programs_that_do_not_know_of_each_other(
    on: Calendar, offers: Offers, renee: Worker, andre: Worker, gloria: Worker
) -> None:
    harbor = TeamFactory(name="Harbor")
    offers("mental-health-tcm")
    offers("substance-use", of=harbor, name=RECOVERY)
    tara = somebody("Tara Osei", on, Role.CASE_MANAGER, harbor)
    hugo = somebody("Hugo Brandt", on, Role.SUPERVISOR, harbor)
    quinn = somebody("Quinn Hale", on, Role.QUALITY, None)
    ines = somebody("Ines Moreau", on, Role.INTAKE, None)
    dana = person("Dana Whitfield", date(1984, 3, 12))

    on("2026-06-18")  # a Thursday; Juneteenth is tomorrow, and 4 July is a Saturday: its holiday is Friday the 3rd
    ines.enrols(dana, MENTAL, worker=renee)
    ines.enrols(dana, RECOVERY, worker=tara)
    mental = {
        # 10 business days: 22 23 24 25 26 June, 29 30 June, 1 2 July, and, after the holiday, Monday 6 July
        FIRST: "Mon 6 Jul",
        MONTHLY: "Tue 30 Jun",
        COMPREHENSIVE: "Mon 17 Aug",  # 60 days: 12 in June, 31, 17
        PLAN: "Mon 17 Aug",
        YEARLY: "18 Jun 2027",
    }
    renee.sees_due(dana, mental)
    recovery = {
        TWO_WEEKS: "Thu 2 Jul",  # 14 days after 18 June
        ASSESSMENT: "Mon 6 Jul",  # the same 10 business days
        PLAN: "Sat 18 Jul",  # 30 days after
        YEARLY: "18 Jun 2027",
    }
    tara.opens(f"/clients/{dana.pk}/tasks/")
    for title, due in recovery.items():
        tara.sees(title, due, RECOVERY)

    on("2026-06-25", "17:00")
    renee.writes_and_signs(dana, "Home visit", task=FIRST, start="15:00", end="16:00", narrative="She sleeps badly.")
    renee.sees_due(dana, {COMPREHENSIVE: "Mon 17 Aug", PLAN: "Mon 17 Aug", YEARLY: "25 Jun 2027"})
    tara.opens(f"/clients/{dana.pk}/tasks/")
    tara.sees(TWO_WEEKS, "Thu 2 Jul", RECOVERY)  # a visit for the one is none for the other

    on("2026-07-01", "17:00")
    tara.writes_a_note(
        dana,
        "Meeting at the office",
        task=TWO_WEEKS,
        start="15:00",
        end="16:00",
        narrative="Sober since Qelevenweeks.",
        next_step="Call the Qclinic",
        next_in="1 week",
    )
    tara.reads_what_signing_does()
    tara.sees(f"{TWO_WEEKS}: done; next by Wed 15 Jul")
    tara.signs()
    tara.records(dana, "Assessment", note="Qassessed")
    tara.opens_timeline(dana)
    tara.sees("Meeting at the office", "Sober since Qelevenweeks.")

    for worker in (renee, andre, gloria, ines):
        secret = ("Harbor", "Tara Osei", "Qelevenweeks", "Qclinic", "Qassessed")
        worker.finds_nowhere(*secret, of=[dana] if worker is renee else [])
    renee.opens_brief(dana)
    renee.sees("She sleeps badly.", under="Last contact, 6 days ago, 25 Jun")
    hugo.opens_brief(dana)
    hugo.sees("Sober since Qelevenweeks.")
    quinn.opens_programs(dana)  # quality reads both: 42 CFR 2.53
    quinn.sees(RECOVERY)
    quinn.sees(MENTAL)

    on("2026-07-16")  # the office is quiet: Tara's two weeks are over since yesterday
    tara.opens_my_day()
    tara.sees("Dana Whitfield", TWO_WEEKS, "1 day late", under="Overdue")
    hugo.opens_my_day()
    hugo.sees("Dana Whitfield", TWO_WEEKS, "1 day late", "Tara Osei", under="Late in your team")
    gloria.opens_my_day()
    gloria.does_not_see("Dana Whitfield")
    assert gloria.reads_of(renee, "Overdue") == "0"
    assert hugo.reads_of(tara, "Overdue") == "2"  # the call that she promised for 8 July, too
    tara.sees("Dana Whitfield", "Call the Qclinic", "8 days late", under="Overdue")
    tara.ticks_off(dana, "Call the Qclinic")
    tara.opens_kept(dana)
    tara.sees("Call the Qclinic", "done late")
    tara.writes_and_signs(dana, "Phone call", start="08:30", end="08:45")
    tara.opens_my_day()
    tara.does_not_see(TWO_WEEKS)

    on("2026-07-17")
    tara.records(dana, "Plan signed")
    renee.records(dana, "Plan signed")
    renee.records(dana, "Assessment")
    tara.opens(f"/clients/{dana.pk}/tasks/")
    tara.sees(NINETY, "Thu 15 Oct", RECOVERY)  # 90 days: 14 in July, 31, 30, 15
    renee.opens(f"/clients/{dana.pk}/tasks/")
    renee.sees(REVIEW, "17 Jan 2027")
    renee.does_not_see(NINETY)

    on("2026-07-31", "17:00")
    renee.writes_and_signs(dana, "Phone call", task=MONTHLY, start="15:00", end="15:20")
    hugo.discharges(dana, RECOVERY, "Goals reached", note="Qnote")
    tara.opens_my_day()
    tara.does_not_see(TWO_WEEKS)
    renee.finds_nowhere("Goals reached", "Qnote", of=[dana])
    on("2026-08-03")
    tara.opens(f"/clients/{dana.pk}/tasks/")  # she still reaches Dana, for the calls of her own program
    calls = {
        "Aftercare: How is it going?": "tomorrow",  # two business days after Friday
        "Aftercare: First week": "Fri 7 Aug",
        "Aftercare: First month": "Mon 31 Aug",  # 30 days: a Sunday
        "Aftercare: Three months": "Thu 29 Oct",  # 90 days: 31 in August, 30, 29
        "Aftercare: Six months": "27 Jan 2027",  # 180 days: 31, 30, 31, 30, 31 to December, 27
    }
    for title, due in calls.items():
        tara.sees(title, due, RECOVERY)
    tara.does_not_see(TWO_WEEKS)
    renee.finds_nowhere("Harbor", "Tara Osei", "First week", of=[dana])
    renee.opens(f"/clients/{dana.pk}/aftercare/")
    renee.does_not_see("First week")
    renee.sees_due(dana, {MONTHLY: "Mon 31 Aug", REVIEW: "17 Jan 2027", YEARLY: "31 Jul 2027"})
    on("2026-08-28", "17:00")
    renee.writes_and_signs(dana, "Phone call", task=MONTHLY, start="15:00", end="15:20")
    gloria.discharges(dana, MENTAL, "Moved away")
    renee.sees_due(
        dana,
        {
            "Aftercare: How is it going?": "Fri 4 Sep",  # a week after
            "Aftercare: Are services holding?": "Mon 28 Sep",  # 30 days: 3 in August, 27 in September, a Sunday
            "Aftercare: Last call": "Fri 27 Nov",  # 90 days: 3 in August, 30, 31, 26, Thanksgiving
        },
    )
