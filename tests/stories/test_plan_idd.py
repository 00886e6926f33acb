"""From the assessment of what a man can do to a plan that is his, signed by all who answer for it, and reviewed after half a year."""

from datetime import date

import pytest

from goldthread.people.persons.enums import RelationshipKind
from tests.stories.conftest import Offers, person
from tests.stories.planning import Desk, instruments_are_there, is_to
from tests.stories.telling import Calendar, Worker

pytestmark = pytest.mark.django_db
PROGRAM = "Intellectual and developmental disabilities (HCBS)"
PLAN = "Plan signed"
REMIND, SOME, MUCH, NONE = "Reminders or a device", "Some help", "Much help", "None"
CAN_DO = {
    **dict.fromkeys(("health-medicines", "health-visits", "health-treatments"), SOME),  # 3 x 2, and 1: 7
    "health-tell": REMIND,
    **dict.fromkeys(("communication-say", "communication-understand"), NONE),  # 0 + 0 + 2 + 1: 3
    "communication-read": SOME,
    "communication-phone": REMIND,
    **dict.fromkeys((f"mobility-{one}" for one in ("home", "transfer", "outside", "hands")), NONE),  # 0
    **dict.fromkeys((f"learning-{one}" for one in ("learn", "remember", "finish", "decide")), REMIND),  # 4
    **dict.fromkeys((f"behavior-{one}" for one in ("calm", "self", "others", "around")), NONE),  # 0
    "community-travel": MUCH,  # 3 + 3 + 2 + 2 + 2: 12 of 20
    "community-money": MUCH,
    **dict.fromkeys(("community-people", "community-day", "community-danger"), SOME),
}
BUS, PILLS = "I want to ride the bus to Dario's by myself", "I take my pills and Mom does not have to ask"
ALONE = "I want to go to the farmers' market alone on Saturdays"


def test_it_is_his_plan_and_the_thread_prints_unbroken(
    on: Calendar, offers: Offers, ines: Worker, renee: Worker, gloria: Worker, stranger: Worker
) -> None:
    offers("idd-hcbs")
    instruments_are_there()
    sam, ngozi = person("Sam Okafor", date(1998, 7, 21)), person("Ngozi Okafor", date(1969, 2, 8))
    is_to(sam, ngozi, RelationshipKind.GUARDIAN, RelationshipKind.WARD)
    on("2026-03-02")
    ines.enrols(sam, PROGRAM, worker=renee)
    desk = Desk(renee, sam)

    on("2026-03-09")  # what was found: two of the six parts of life are beyond the first band
    desk.assesses("Functional assessment", {f"functional-{link}": said for link, said in CAN_DO.items()})
    desk.sees("Health care", "7", "/ 16", "Some support")
    desk.sees("Living in the community", "12", "/ 20", "Much support")
    desk.sees("Learning tasks", "4", "/ 16", "Little or no support")
    for need in ("Health care: Some support", "Living in the community: Much support"):
        desk.accepts_need(need)
    desk.sees("Health care: Some support", "Functional assessment, Health care 7: Some support")
    assert desk.thread_says().count("No goal for this need") == 2

    desk.begins_plan()  # what he wants, in his words, and who does what
    desk.writes(
        vision="To come and go like my brother does.",
        strengths="I know every bus driver by name. I never forget a birthday.",
        preferences="Show me once, then let me try. Do not talk to Mom instead of me.",
        important_to="Dario. The market. My own key.",
        emergency="Mrs. Adeyemi next door has a key. Then call Mom.",
    )
    needs = desk.opens(f"{desk.plan}new/goals/").form_with("words").choices["needs"]
    found = {word: next(words for words in needs if words.startswith(word)) for word in ("Health", "Living")}
    bus = desk.adds("goals", words=BUS, domain="Social and recreation", needs=[found["Living"]], target_on="2026-09-30")
    pills = desk.adds("goals", words=PILLS, domain="Health", needs=[found["Health"]], target_on="2027-03-01")
    desk.adds("objectives", goal=bus, words="Rides the 14 there and back", baseline="never", target="4 times")
    step = desk.adds("steps", goal=bus, words="Ride along three times", owner_kind="The worker", due_on="2026-05-29")
    desk.adds("steps", goal=bus, words="Wait at the stop", owner_kind="Natural support", owner_words="Dario")
    desk.adds("steps", goal=pills, words="Tick the calendar", owner_kind="The person")
    desk.adds("services", goal=pills, words="Weekly pill box", provider_words="Quay Pharmacy", frequency="weekly")
    desk.adds("risks", words="He gets off at the wrong stop", backup="He calls Dario; his phone has one button for it")
    desk.adds("supports", words="Dario Ruiz", does="Best friend since school")

    on("2026-03-30")
    desk.asks_to_sign("Sam Okafor", "Ngozi Okafor", "Renee Alvarez")
    for name in ("Sam Okafor", "Ngozi Okafor", "Renee Alvarez"):
        desk.sees("the supervisor has to approve it")
        desk.signs(name)
    stranger.cannot_open(sam, "plan/")
    Desk(gloria, sam).approves()
    desk.opens("plan/")
    desk.sees("In force")
    assert PLAN not in {line.words.split(" · ")[0] for line in desk.opens("tasks/").saying(under="What is due")}
    desk.sees("Ride along three times")  # the worker's step is a task
    desk.thread_says("All run through.")

    for day, words, done in (  # what happened: never sixty days without a contact toward either goal
        ("2026-05-20", "We rode the 14 together.", [step]),
        ("2026-07-15", "He rode alone. Dario waited.", []),
        ("2026-09-09", "Four times alone now. The pill box was full twice.", []),
    ):
        on(day, "12:00")
        told = {f"toward_{bus}": "Well", f"toward_{pills}": "Stuck" if day == "2026-09-09" else "A little"}
        more = {"step": done} if done else {}
        renee.writes_and_signs(sam, "Home visit", start="10:00", end="11:00", narrative=words, **told, **more)
        if done:
            desk.says_of_service("Weekly pill box", confirmed_on="2026-04-20", started_on="2026-04-20")

    on("2026-09-30")  # did it help: half a year after the 30th of March
    desk.reviews()
    desk.says_of(bus, "Met", "Rides alone since July")
    desk.says_of(pills, "Change it", "The box is not what he wants; the phone rings at eight")
    desk.fills(f"{desk.plan}goals/{pills}/", "words", words=PILLS + ": my phone tells me")
    desk.asks_to_sign("Sam Okafor", "Ngozi Okafor", "Renee Alvarez")
    for name in ("Sam Okafor", "Ngozi Okafor", "Renee Alvarez"):
        desk.signs(name)
    Desk(gloria, sam).approves()
    desk.closes_need("Living in the community", "Met", "He rides the bus alone")

    for printed in (False, True):
        desk.thread_says("2 threads. All run through.", "links hold: 100 %", printed=printed)
        desk.thread_says(
            BUS, "Yes, reached", "Rides alone since July", "Dario Wait at the stop", "3 contacts", printed=printed
        )
        desk.thread_says(f"{PILLS}: my phone tells me", "Quay Pharmacy Weekly pill box", "Stuck", printed=printed)
        assert 'class="patch"' not in renee.page.whole
    desk.opens(f"{desk.plan}changes/")
    desk.sees("my phone tells me")
