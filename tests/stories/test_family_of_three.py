"""Child welfare: a family with three children, one note."""

from datetime import date

import pytest

from goldthread.people.persons.models import Household, HouseholdMember
from tests.stories.conftest import Offers, person
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Child welfare, ongoing services"
VISIT, PLAN, ASSESSMENT = "See each child every month", "Case plan signed", "First assessment"
REVIEW = "Case review every six months"
AFTER = "Aftercare"
YEARLY = "Once a year: are services furnished and adequate, have needs changed?"


def test_three_children_and_one_note(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("child-welfare")
    mother = person("Carla Reyes", date(1991, 4, 2))
    ana = person("Ana Reyes", date(2014, 1, 10))
    ben = person("Ben Reyes", date(2017, 6, 30))
    cleo = person("Cleo Reyes", date(2022, 12, 5))
    family = [mother, ana, ben, cleo]
    home = Household.objects.create(name="Reyes")
    for one in family:
        HouseholdMember.objects.create(household=home, person=one)

    on("2027-12-31")  # a Friday, the last day of the year
    ines.enrols(mother, PROGRAM, worker=renee, members=[one.display_name for one in family])
    renee.opens_programs(mother)
    renee.sees("together with", "Ana Reyes", "Ben Reyes", "Cleo Reyes")
    of_the_family = {
        ASSESSMENT: "30 Jan 2028",  # 30 days after
        PLAN: "29 Feb 2028",  # 60 days after: 31 in January, 29 in February; 2028 is a leap year
        REVIEW: "30 Jun 2028",  # six months after the 31st: June has 30 days
        YEARLY: "31 Dec 2028",
    }
    renee.sees_due(mother, of_the_family)  # the mother is nobody's monthly visit
    for child in (ana, ben, cleo):
        renee.opens(f"/clients/{child.pk}/tasks/")
        renee.sees(VISIT, "today")  # December's last day is today; it is not a whole month
    stranger.cannot_open(ben)

    on("2028-01-12", "17:00")  # January: one visit, one note, all three
    renee.opens(f"/clients/{ana.pk}/tasks/")
    renee.sees(VISIT, "Mon 31 Jan")
    renee.writes_a_note(
        mother,
        "Home visit",
        start="15:00",
        end="16:30",
        who=["Carla Reyes", "Ana Reyes", "Ben Reyes", "Cleo Reyes"],
        narrative="All at the kitchen table.",
        **{f"own_{ben.pk}": "Ben told me about school.", f"own_{ana.pk}": "Ana is in love."},
    )
    renee.reads_what_signing_does()
    renee.sees(f"{VISIT}: done until Mon 31 Jan")
    renee.signs()
    for child in (ana, ben, cleo):
        renee.opens(f"/clients/{child.pk}/tasks/")
        renee.does_not_see(VISIT)
        renee.opens_timeline(child)
        renee.sees("Home visit", "90 min", "All at the kitchen table.", under="January 2028")
    renee.opens_timeline(ben)
    renee.follows("Home visit")
    renee.sees("Ben told me about school.")
    renee.finds_nowhere("Ana is in love", of=[ben, cleo])  # each child's own part is theirs alone
    assert gloria.reads_of(renee, "Clients") == "4"
    assert gloria.reads_of(renee, "Load, and limit") == "1 of 17"  # one family of 17, not four

    on("2028-02-10", "17:00")  # February: Cleo was asleep
    renee.writes_and_signs(ana, "Home visit", start="15:00", end="16:00", who=["Carla Reyes", "Ana Reyes", "Ben Reyes"])
    renee.records(mother, "Assessment", on="2028-01-28")
    renee.records(mother, "Plan signed")
    on("2028-02-29")  # the leap day is the month's last
    renee.opens_my_day()
    renee.sees("Cleo Reyes", VISIT, "today", under="Today")
    renee.does_not_see("Ana Reyes", VISIT)
    renee.does_not_see("Ben Reyes", VISIT)

    on("2028-03-01")
    renee.opens_my_day()
    renee.sees("Cleo Reyes", VISIT, "missed, 29 Feb", under="Missed: say why")
    assert gloria.reads_of(renee, "Missed") == "1"
    renee.cannot(cleo, VISIT, "Another reason", on="2028-02-29", note="She slept, and I did not come again")
    renee.opens_kept(cleo)
    renee.sees(VISIT, "1 Feb – 29 Feb 2028", "missed", "She slept, and I did not come again")
    renee.opens_kept(ben)
    renee.does_not_see("missed")

    on("2028-03-15", "17:00")
    renee.writes_and_signs(cleo, "Home visit", start="15:00", end="16:00", who=["Ana Reyes", "Ben Reyes", "Cleo Reyes"])
    on("2028-03-31")
    renee.discharges(mother, PROGRAM, "Children safe at home")
    renee.sees("Signed.")  # she prepares it; somebody else reads it and ends it
    gloria.reads_and_ends(mother)
    renee.sees_due(
        mother,  # the calls stand with whom the goodbye was begun for
        {
            f"{AFTER}: Visit at home": "Fri 14 Apr",  # two weeks after
            f"{AFTER}: How is it going?": "Tue 30 May",  # 60 days: 30 in April, 30 in May
            f"{AFTER}: Six months": "Wed 27 Sep",  # 180 days: 30, 31, 30, 31, 31 to August, 27; Gloria's
        },
    )
    for one in (ana, ben, cleo):
        renee.sees_due(one, {})
    renee.opens_timeline(cleo)
    renee.sees("Discharged", under="March 2028")
    on("2028-04-03")
    renee.opens_my_day()
    renee.sees("Nothing is waiting for you")
    renee.opens_brief(ben)  # for those calls she still reaches the family
    stranger.cannot_open(ben)
