"""A foster child's plan: what the court ordered is her mother's to do, and everybody sees whether it is done."""

from datetime import date

import pytest

from goldthread.people.persons.enums import RelationshipKind
from tests.stories.conftest import Offers, person
from tests.stories.planning import Desk, is_to
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROGRAM = "Foster care, child"
GROUP, TEST = "Come to the parenting group every week", "Bring the results of the drug tests"
WANTS = "I want to sleep at Mommy's house again"


def test_the_steps_are_the_mothers(on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker) -> None:
    offers("foster-care-child")
    maya, lena = person("Maya Ellery", date(2019, 5, 3)), person("Lena Ellery", date(1996, 11, 20))
    is_to(maya, lena, RelationshipKind.PARENT, RelationshipKind.CHILD)
    on("2026-01-15")
    ines.enrols(maya, PROGRAM, worker=renee)
    desk = Desk(renee, maya)
    on("2026-02-02")
    desk.fills(
        "needs/add/",
        "own_words",
        words="Misses her mother",
        domain="Family and relationships",
        own_words="They brought it up themselves",
    )
    desk.begins_plan()
    desk.writes(
        strengths="She draws, and asks questions until she understands.",
        important_to="Mommy. Her brother Jude. The blue blanket.",
        emergency="Mrs. Castellano, the foster mother, calls the night line.",
    )
    goal = desk.adds("goals", words=WANTS, domain="Family and relationships", needs=["Misses her mother"])
    mother = {"goal": goal, "owner_kind": "Family", "owner_words": "Lena, her mother"}
    desk.adds("steps", words=GROUP, due_on="2026-04-15", court_ordered="Ordered by a court", **mother)
    tests = desk.adds("steps", words=TEST, due_on="2026-03-02", court_ordered="Ordered by a court", **mother)
    desk.adds("steps", goal=goal, words="Family time on Saturdays", owner_kind="The worker", due_on="2026-06-30")
    desk.adds("services", goal=goal, words="Parenting group", provider_words="Bridge House", frequency="weekly")
    desk.opens("plan/")
    desk.sees("Lena, her mother", GROUP, "ordered by a court")

    desk.asks_to_sign("Lena Ellery", "Renee Alvarez")  # the child does not sign; her mother does
    desk.signs("Lena Ellery")
    desk.signs("Renee Alvarez")
    Desk(gloria, maya).approves()
    desk.thread_says("All run through.", f"Lena, her mother {GROUP}", f"Lena, her mother {TEST}")
    printed = desk.opens(f"{desk.plan}print/")
    assert printed.whole.lower().count("ordered by a court") == 2

    on("2026-03-02", "12:00")  # the worker asks after it on the day; a court's step stands before the rest
    renee.opens_my_day()
    renee.sees("Maya Ellery", f"Lena, her mother: {TEST}", "today", under="Today")
    on("2026-03-05", "12:00")
    renee.opens_my_day()
    renee.sees("Maya Ellery", f"Lena, her mother: {TEST}", "3 days late", under="Overdue")
    gloria.opens_behind(renee, "overdue")
    gloria.sees("Maya Ellery", f"Lena, her mother: {TEST}", "3 days late")
    more = {f"toward_{goal}": "Well", "step": [tests]}
    renee.writes_and_signs(
        maya, "Family time", start="10:00", end="11:30", narrative="Lena brought four clean tests.", **more
    )  # fmt: skip
    renee.opens_my_day()
    renee.does_not_see(TEST)
    desk.opens("plan/")
    desk.sees("Lena, her mother", TEST, "done today")
    renee.opens_timeline(maya)
    renee.sees("Family time", "Lena brought four clean tests.")

    on("2026-04-16")  # the other one has gone by; the thread still says whose it is
    renee.opens_my_day()
    renee.sees("Maya Ellery", f"Lena, her mother: {GROUP}", "1 day late", under="Overdue")
    desk.thread_says(f"Lena, her mother {TEST}", f"Lena, her mother {GROUP}", "Service never confirmed")
