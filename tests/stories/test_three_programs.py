"""A man who asks once: eligible for one program, on the waitlist of a second, declined by a third with a warm hand-off."""

import pytest

from goldthread.foundation.agency.models import Agency
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.models import Person
from tests.stories.conftest import Offers, somebody
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
MENTAL, WORK, ELDERS = "Mental health targeted case management", "Work and health", "Home care for older adults"


def test_one_call_three_programs(on: Calendar, offers: Offers, renee: Worker, gloria: Worker, ines: Worker) -> None:
    Agency.objects.update(holiday_region="OR")
    offers("mental-health-tcm")
    offers("occupational", name=WORK)
    offers("geriatric-mltss", name=ELDERS)
    first = somebody("Rosa Amado", on, Role.INTAKE, renee.staff.memberships.get().team)

    on("2026-02-02")  # somebody else asked for work three days before him
    first.takes_down_a_call(given="Ewa", family="Nowak", birth_date="5/6/1990", program=[WORK])
    first.presses("Somebody new")
    first.presses("Put on the waitlist", take=WORK)

    on("2026-02-05")
    ines.takes_down_a_call(
        given="Marcus",
        family="Ellery",
        birth_date="3/4/1981",
        state="OR",
        coverage=["Medicaid"],
        caller="The person themselves",
        phone="617 555 0142",
        wanted="I cannot sleep, I lost my job, and my mother says you send nurses home.",
        program=[MENTAL, WORK, ELDERS],
    )
    ines.presses(
        "Save", **{"answer:mental-health-tcm:serious-mental-illness": "Yes", "answer:mental-health-tcm:enrolled": "No"}
    )
    ines.sees("44 years old.")  # 45 in a month; older adults are 65
    ines.presses("Somebody new")
    ines.presses("Save", take=MENTAL)
    ines.presses("Enroll", worker="Renee Alvarez 0 %")
    ines.sees("Enrolled", MENTAL)
    ines.presses("Save", take=WORK)
    ines.presses("Put on the waitlist", wait_told="A month or two.")
    ines.sees("On the waitlist", WORK, "number 2")
    ines.presses(
        "Refer elsewhere",
        refer_for=ELDERS,
        refer_organization="Elder Services of the Bay",
        refer_phone="617 555 0177",
        refer_said="They see his mother, not him; they call her on Monday.",
        refer_together="Marcus and I",
    )
    ines.sees("Referred elsewhere", "Elder Services of the Bay", "Waiting to hear")
    assert any("Open again" in form.buttons for form in ines.page.forms)  # all three have their answer

    marcus = Person.objects.get(display_name="Marcus Ellery")
    renee.opens_programs(marcus)
    renee.sees(WORK, "number 2", under="Waits for a place")
    renee.opens_timeline(marcus)
    renee.sees("On the waitlist of Work and health")
    renee.sees("Elder Services of the Bay")

    on("2026-02-12")  # five days of work after the 5th: 6, 9, 10, 11, 12
    ines.opens("/inquiries/")
    ines.follows("1 was referred elsewhere: were they seen?")
    ines.follows("Marcus Ellery")
    ines.presses("Save", answer="Was seen there", note="They wrote a plan for her.")
    ines.sees("Was seen there")
    renee.opens_timeline(marcus)
    renee.sees("Elder Services of the Bay: Was seen there")

    on("2026-03-09")  # thirty days after the 5th is Saturday 7 March, so the Monday
    ines.opens("/waitlists/occupational/?show=call")
    ines.sees("Marcus Ellery")
    ines.follows("Marcus Ellery")
    ines.sees("Number 2 of 2")
    ines.presses("Save the call", how="Still wants the place")

    on("2026-03-12")  # Ewa has found work; he is the first now
    ines.opens("/waitlists/occupational/")
    ines.follows("Ewa Nowak")
    ines.presses("Take off the list", reason="No longer wants to come")
    ines.opens("/waitlists/occupational/")
    ines.follows("Marcus Ellery")
    ines.sees("Number 1 of 1")
    ines.presses("Offer the place", said="From April")
    ines.sees("Answer by", "Thu 19 Mar")  # 13, 16, 17, 18, 19
    ines.presses("Save the answer", answer="Accepted")
    ines.follows("Enroll and choose a worker")
    ines.presses("Enroll", worker="Renee Alvarez 3 %", override="The papers came")
    ines.sees("Enrolled", WORK)
    renee.opens_programs(marcus)
    renee.sees("Enrolled 12 Mar 2026", under=WORK)
    renee.does_not_see(WORK, under="Waits for a place")
