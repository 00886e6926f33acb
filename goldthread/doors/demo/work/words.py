"""What the workers of the demo write: plain words, all invented, put together by chance."""

from random import Random

from goldthread.doors.demo.work.rhythm import Visit
from goldthread.foundation.programs.enums import EventKind, Mode, Place

OPENINGS = {
    Place.RESIDENCE: (
        "Met {name} at home.",
        "Home visit. {name} was up and had made coffee.",
        "{name} opened the door before I rang.",
        "Visited {name} at home as planned.",
        "Found {name} in the kitchen, glad of the visit.",
        "{name} asked to sit outside, so we talked on the steps.",
    ),
    Place.OFFICE: (
        "{name} came to the office, ten minutes early.",
        "{name} came in by bus, a little late and out of breath.",
        "Meeting at the office with {name}.",
        "{name} brought a bag of mail and we opened it together.",
    ),
    Place.SCHOOL: (
        "Saw {name} at school, in the room of the counselor.",
        "Sat with {name} in the school library after the second bell.",
        "Visit at school. {name} showed me the desk by the window.",
    ),
    Place.CLINIC: (
        "Went along to the clinic with {name}.",
        "Sat with {name} in the waiting room, then in with the doctor.",
        "{name} asked me to come to the appointment.",
    ),
    None: (
        "Called {name}.",
        "{name} picked up right away.",
        "Reached {name} on the second try.",
        "{name} called back within the hour.",
        "Short call with {name}.",
    ),
}
FIRST = (
    "First meeting with {name}. Explained what we do, what stays private and how to reach me.",
    "Met {name} for the first time. Talked about what matters most right now and what has worked before.",
    "First visit. {name} was careful at first and talked more freely by the end.",
)
MIDDLES = {  # sentences that would contradict each other stand side by side, and are never taken together
    "mental-health-tcm": (
        "Sleep is better since the evening dose was moved.",
        "Sleep is poor again, four hours at most.",
        "Takes the medicine each morning; the box was filled up to Sunday.",
        "Missed two doses last week because the pharmacy was closed.",
        "Went to group twice and spoke for the first time.",
        "Did not go to group. The bus and the noise were too much.",
        "The landlord has fixed the heat.",
        "The landlord sent another letter about the rent. We read it together: there is time until the 15th.",
        "Applied for the rent help; two papers are still missing.",
        "Walks along the harbor most mornings now.",
        "Voices are there but quieter. No wish to die, asked directly.",
        "Felt low on most days. No plan and no wish to hurt anyone, asked directly.",
        "The new therapist is a good match, says {name}.",
        "Food stamps came through. The fridge was full.",
        "Fridge nearly empty; gave the list of pantries and a bus card.",
        "Has kept the job at the laundry for three weeks.",
        "A sister called for the first time since spring, and that was the best part of the month.",
        "Wants to cut down on smoking and has bought the patches.",
        "Blood test done; the clinic calls on Friday.",
        "Talked through the crisis plan. The card is on the fridge door.",
    ),
    "geriatric-mltss": (
        "The aide comes on all five mornings and on time.",
        "The aide missed Tuesday again and nobody called.",
        "No falls since the last visit.",
        "One fall in the bathroom, no harm. The rail is loose.",
        "Meals arrive warm; the soup is the favorite.",
        "Eats little. Down four pounds since last month.",
        "The pill box was filled up to Saturday, as it should be.",
        "Two bottles of the same water pill were on the table. Called the pharmacy with {name}.",
        "The walker stands by the bed now and is used.",
        "Day center on Mondays and Thursdays, and likes the singing.",
        "A daughter does the shopping and looks tired. Talked about respite.",
        "The hearing aid whistles; the shop will look at it for free.",
        "The ramp was built last week. Went out and back in with no help.",
        "The ride to dialysis was late twice.",
        "Blood sugar written down each morning, most of it below 180.",
        "Feels lonely on Sundays. A visitor from the parish will come.",
        "Smoke alarm works. Night light put in the hall.",
        "The heating bill was high; applied for fuel help.",
        "Wants to stay at home as long as it goes, and says so clearly.",
        "The eye doctor has no place before next month.",
    ),
    "child-welfare": (
        "Saw each child alone for a few minutes. They were at ease and talked about school.",
        "The children were clean, fed and busy with homework.",
        "Beds for everyone, food in the house, no hazards seen.",
        "The window guard upstairs is broken; the landlord was called from the kitchen table.",
        "Visits on Saturdays go well; the good-byes are hard.",
        "The last visit was called off at short notice, and there were tears.",
        "The school says that attendance is good this month.",
        "The school called twice about fights at recess.",
        "Bedtime works better since the chart is on the wall.",
        "The baby gains weight; the nurse was pleased.",
        "Shots are up to date. Next check-up is set.",
        "The parenting class is half done. Likes the other parents there.",
        "Child care voucher came through, so work can start.",
        "Talked about what to do when it gets loud: two rooms, ten minutes, then talk.",
        "A grandmother takes the children on Wednesdays now.",
        "The car seat was put in right; we checked it together.",
        "The speech therapist comes to the house on Tuesdays.",
        "The dentist found two cavities; a date is set.",
        "No marks or bruises seen. Nobody was afraid to talk.",
        "The family has moved the mattresses off the floor.",
    ),
    "foster-care-child": (
        "We talked alone for a while. {name} feels safe in this home and says so without being asked twice.",
        "{name} wants to know when the judge decides. Said honestly that nobody knows yet.",
        "The foster mother has a question about the bus; the school answers by Friday.",
        "Slept badly after the last visit with the mother. A night light helps.",
        "Reads aloud to the dog each evening.",
        "The teacher says that homework comes in on time.",
        "There was a fight at recess. It was talked through with both.",
        "Own bed, own drawer, a door that closes: as it should be.",
        "A winter coat is needed. Asked for the clothing money.",
        "The brothers call each other on Sundays now.",
        "The visit on Saturday was short but good.",
        "Mother did not come on Saturday. {name} waited an hour.",
        "Check-up done, shots are up to date.",
        "The tooth hurts on the left; the foster mother books the dentist.",
        "Drew a house with six people and a cat, and told me who is who.",
        "Would like to play soccer. There is a team by the harbor, Tuesdays.",
    ),
}
GENERAL = (
    "The phone bill is paid.",
    "The Medicaid letter was about the yearly renewal; we filled it in.",
    "The ride was booked and came.",
    "Asked what would help most: someone to call on bad days.",
    "Nothing new about the benefits.",
    "Has my number and the crisis line on paper.",
    "Weather was bad, so we kept it short.",
    "Neighbors are quieter than last month.",
)
CLOSINGS = (
    "Next visit is set.",
    "Will call next week.",
    "Agreed to go on as planned.",
    "{name} knows whom to call at night.",
    "Said good-bye in good spirits.",
    "I will ask about the missing papers.",
    "{name} had no other wishes.",
    "We wrote the next steps down together.",
)
TRIED = (
    "Called twice, morning and afternoon. No answer, left a short message with my number.",
    "Rang at the agreed time. Nobody came to the door; left a card.",
    "The number was busy all morning, then off. Will try again.",
)
PROMISES = {
    "mental-health-tcm": (
        "Send the missing rent papers",
        "Call the clinic about the new dose",
        "Bring the bus pass form",
        "Ask the therapist for a later slot",
        "Call the landlord about the leak",
        "Book the ride to the blood test",
        "Find a pantry that delivers",
        "Call back about the job trial",
        "Print the crisis plan again",
    ),
    "geriatric-mltss": (
        "Call the home care agency about the missed mornings",
        "Order a rail for the bathroom",
        "Send the fuel help form",
        "Ask for an earlier eye appointment",
        "Call the daughter about respite",
        "Check the pharmacy list",
        "Book the ride to dialysis",
        "Bring the hearing aid to the shop",
        "Call the visiting nurse about the weight",
    ),
    "child-welfare": (
        "Call the school about the meeting",
        "Send the voucher papers",
        "Confirm Saturday's visit",
        "Ask the landlord about the window guard",
        "Book the dentist",
        "Bring the bedtime chart",
        "Call the speech therapist",
        "Send the court the attendance sheet",
        "Find a used crib",
    ),
    "foster-care-child": (
        "Ask for the clothing money",
        "Call the school about the bus",
        "Find out about the soccer team",
        "Set the next call with the brothers",
        "Send the visit dates to the foster mother",
        "Ask the therapist about the nights",
    ),
}
GOALS = {
    "mental-health-tcm": (
        "A place of my own where I sleep well",
        "Work a few hours a week",
        "See my family again",
        "Get through the winter without the hospital",
    ),
    "geriatric-mltss": (
        "Stay in my own home",
        "Walk to the corner and back",
        "Not be alone all Sunday",
        "Know what each pill is for",
    ),
    "child-welfare": (
        "All of us home together",
        "Calm evenings",
        "The kids do well in school",
        "A job with hours that fit",
    ),
    "foster-care-child": ("Be with my brothers", "Stay at my school", "Know where I will live", "Play on a team"),
}
DOMAINS = {
    "mental-health-tcm": ("mental_health", "housing", "income", "health", "social", "employment", "food"),
    "geriatric-mltss": ("health", "daily_living", "food", "social", "transportation", "housing", "safety"),
    "child-welfare": ("family", "safety", "education", "health", "housing", "income"),
    "foster-care-child": ("safety", "family", "education", "health", "mental_health", "social"),
}
PAPERS = {
    EventKind.ASSESSMENT: ("Comprehensive assessment, talked through line by line.", "Green folder, assessments"),
    EventKind.PLAN_SIGNED: ("Plan signed by everyone at the table.", "Green folder, plans"),
    EventKind.HEARING: ("The judge heard everyone and keeps the plan as it is.", "Green folder, court"),
    EventKind.PLAN_REVIEW: ("Goals looked at one by one; what is done was crossed out.", "Green folder, plans"),
}


def narrate(template: str, visit: Visit, name: str, rng: Random) -> str:
    """The text of a note about *visit* with *name*: two to five sentences."""
    if visit.attempted:
        return rng.choice(TRIED)
    opening = rng.choice(FIRST if visit.first else OPENINGS[visit.way.place])
    many = 1 if visit.way.mode == Mode.PHONE else rng.choice((2, 2, 3))
    said = [opening, *_apart(MIDDLES[template], many, rng)]
    if rng.random() < 0.3:
        said.append(rng.choice(GENERAL))
    if rng.random() < 0.55:
        said.append(rng.choice(CLOSINGS))
    return " ".join(_capital(one.format(name=name)) for one in said)


def _capital(words: str) -> str:
    """*words* with every sentence begun by a capital letter."""
    return ". ".join(one[:1].upper() + one[1:] for one in words.split(". "))


def _apart(sentences: tuple[str, ...], many: int, rng: Random) -> list[str]:
    """*many* of *sentences*, no two of which stand side by side there; in any order."""
    while True:
        chosen = rng.sample(range(len(sentences)), many)
        if all(abs(one - other) != 1 for one in chosen for other in chosen):
            return [sentences[number] for number in chosen]
