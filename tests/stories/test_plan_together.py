"""A plan is amended while a colleague edits it: nobody writes over the other unseen, and no letter is lost."""

from datetime import date

import pytest

from tests.stories.conftest import Offers, person
from tests.stories.planning import Desk
from tests.stories.telling import Calendar, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROGRAM = "Mental health targeted case management"
DOOR = "I want my own door, and to be the one who locks it"


def test_two_of_them_at_once(on: Calendar, offers: Offers, ines: Worker, renee: Worker, andre: Worker) -> None:
    offers("mental-health-tcm")
    dana = person("Dana Ortiz", date(1987, 3, 14))
    on("2026-03-02")
    ines.enrols(dana, PROGRAM, worker=renee)
    hers, his = Desk(renee, dana), Desk(andre, dana)
    on("2026-03-16")
    hers.begins_plan()
    hers.writes(vision="A quiet street.", strengths="Keeps promises.", crisis="Call Marta first.")
    goal = hers.adds("goals", words=DOOR, domain="Housing")
    step = hers.adds("steps", goal=goal, words="See two flats a month", owner_kind="The person", due_on="2026-05-01")
    hers.asks_to_sign("Dana Ortiz", "Renee Alvarez")
    hers.signs("Dana Ortiz")
    hers.signs("Renee Alvarez")
    hers.opens("plan/")
    hers.sees("version 1", "In force")

    on("2026-04-06")
    renee.is_away("2026-04-10", colleague=andre)
    on("2026-04-07")  # both begin to amend: there is one new version, not two
    again = [desk.opens(f"{desk.of_plan}amend/").form_with("reason") for desk in (his, hers)]
    for desk, form, why in zip((his, hers), again, ("The rent went up", "She has found a flat"), strict=True):
        form.fill(reason=why)
        desk.presses(form)
    versions = his.opens("plan/").saying("The rent went up")
    assert versions
    assert "version 3" not in hers.opens("plan/").whole

    draft = hers._named(r"plan/([0-9a-f-]+)/(?:part|new)/")
    his_part = his.opens(f"{draft}part/vision/").form_with("text")
    her_part = hers.opens(f"{draft}part/vision/").form_with("text")
    his_part.fill(text="A quiet street near the river.")
    his.presses(his_part)
    her_part.fill(text="A quiet street, and a cat.\nMarta next door.")
    both = hers.is_told(her_part, 409)
    for words in ("A quiet street near the river.", "A quiet street, and a cat."):
        assert words in both.whole
    left = both.form_with("text")
    assert left.values["text"] == ["A quiet street, and a cat.\nMarta next door."]
    left.fill(text="A quiet street near the river, and a cat.\nMarta next door.")
    hers.presses(left)

    his_line = his.opens(f"{draft}steps/{step}/").form_with("words")  # one line, other fields: both are kept
    her_line = hers.opens(f"{draft}steps/{step}/").form_with("words")
    his_line.fill(due_on="2026-06-30")
    his.presses(his_line)
    her_line.fill(words="See three flats a month")
    hers.presses(her_line)
    his.opens(f"plan/?v={draft.split('/')[1]}")
    his.sees("See three flats a month", "Tue 30 Jun")

    late = his.opens(f"{draft}part/strengths/").form_with("text")  # he writes on while she asks for signatures
    hers.opens(f"plan/?v={draft.split('/')[1]}")
    form = hers.opens(f"{draft}ask/").form_with("who")
    hers.presses(form, "Ask for signatures")
    late.fill(text="Keeps promises. Knows every landlord by name.")
    refused = his.is_told(late, 422)
    assert refused.form_with("text").values["text"] == ["Keeps promises. Knows every landlord by name."]
    for name in ("Dana Ortiz", "Renee Alvarez"):
        hers.signs_of(draft, name)
    hers.opens("plan/")
    hers.sees("version 2", "In force")
    hers.sees("“A quiet street near the river, and a cat.", under="The life I want")
    assert "Knows every landlord" not in renee.page.whole
    hers.opens(f"{draft}changes/")
    hers.sees("See three flats a month")
