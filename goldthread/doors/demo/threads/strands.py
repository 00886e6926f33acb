"""Threads to draw from: a need, the goal in somebody's words, who does what. Everybody and every place is invented."""

from dataclasses import dataclass

from goldthread.casework.plans.enums import OwnerKind

CLIENT, WORKER, FAMILY, NATURAL, PROVIDER = OwnerKind
ADULTS, OLDER, FAMILIES = ("mental-health-tcm",), ("geriatric-mltss",), ("child-welfare", "foster-care-child")


@dataclass(frozen=True, slots=True)
class Strand:
    """One thread. *steps*: who, in which words, what; *service*: what, given by whom, how often."""

    templates: tuple[str, ...]
    domain: str
    need: str
    goal: str
    objective: str
    measure: str
    steps: tuple[tuple[OwnerKind, str, str], ...]
    service: tuple[str, str, str]
    reached: str


STRANDS = (
    Strand(
        ADULTS,
        "housing",
        "The lease ends and rent goes up",
        "I want my own door, and to be the one who locks it",
        "Own lease signed",
        "lease in hand",
        ((WORKER, "", "Apply for the housing voucher"), (CLIENT, "", "See two flats a month")),
        ("Housing navigator", "Millbrace Housing Office", "every two weeks"),
        "Moved in, keys in hand",
    ),
    Strand(
        ADULTS,
        "mental_health",
        "Low days, four hours of sleep",
        "I want to wake up and not dread the day",
        "PHQ-9 under 10",
        "PHQ-9 every month",
        ((PROVIDER, "Therapist", "Therapy every week"), (NATURAL, "A friend", "Walk together on Sundays")),
        ("Therapy", "Alder Quay Counseling", "weekly"),
        "Sleeps six hours, goes out most days",
    ),
    Strand(
        ADULTS,
        "income",
        "No pay since the summer",
        "I want to pay for my own groceries and not ask",
        "A steady income of at least $900 a month",
        "bank statement",
        ((WORKER, "", "Fill in the SSI application together"), (PROVIDER, "Doctor", "Letter for the application")),
        ("Benefits counseling", "Quayside Legal Aid", "until decided"),
        "SSI granted",
    ),
    Strand(
        ADULTS,
        "transportation",
        "Misses visits for want of a ride",
        "I want to go where I need to without calling anyone",
        "Rides the 14 bus alone",
        "rides a week",
        ((WORKER, "", "Ride along three times"), (CLIENT, "", "Take the 14 bus to the clinic")),
        ("Reduced bus pass", "City transit", "monthly"),
        "Rides alone",
    ),
    Strand(
        ADULTS,
        "employment",
        "Wants to work again, part of the week",
        "I want a job with plants, three mornings a week",
        "Four weeks in a job",
        "weeks worked",
        ((CLIENT, "", "Visit the garden center"), (WORKER, "", "Call the job coach")),
        ("Supported employment", "Greenhouse Works", "weekly"),
        "Works three mornings a week",
    ),
    Strand(
        ADULTS,
        "social",
        "Alone most evenings",
        "I want to sing with other people again",
        "Goes to the choir twice a month",
        "evenings a month",
        ((NATURAL, "The neighbor", "Give a ride on Tuesdays"), (CLIENT, "", "Call the choir")),
        ("Community choir", "St. Brendan's hall", "weekly"),
        "Sings every Tuesday",
    ),
    Strand(
        OLDER,
        "daily_living",
        "Cannot get into the bath safely",
        "I want to wash by myself, with somebody in the house",
        "Three baths a week without a fall",
        "falls a month",
        ((PROVIDER, "Aide", "Be there on bath days"), (FAMILY, "The daughter", "Put up the grab bars")),
        ("Personal care aide", "Hearthside Home Care", "3 times a week"),
        "No fall since the bars went up",
    ),
    Strand(
        OLDER,
        "health",
        "Pills are mixed up",
        "I want to take the right pills without being asked",
        "28 of 28 days right",
        "pill box check",
        ((PROVIDER, "Pharmacy", "Fill the weekly boxes"), (CLIENT, "", "Tick the calendar")),
        ("Weekly pill boxes", "Quay Street Pharmacy", "weekly"),
        "27 of 28 days right",
    ),
    Strand(
        OLDER,
        "food",
        "Cooks less, has lost weight",
        "I want a warm lunch at my own table",
        "Weight back at 130 pounds",
        "weight each month",
        ((WORKER, "", "Order the meals"), (FAMILY, "The son", "Cook together on Saturdays")),
        ("Home-delivered meals", "Harbor Kitchen", "5 days a week"),
        "Back at 131 pounds",
    ),
    Strand(
        OLDER,
        "social",
        "Has not left the house since the winter",
        "I want to play cards with people who are still alive",
        "At the center twice a week",
        "days a week",
        ((WORKER, "", "Book the ride"), (NATURAL, "A friend from church", "Sit with her the first time")),
        ("Adult day center", "Lantern House", "twice a week"),
        "Plays cards on Mondays and Thursdays",
    ),
    Strand(
        OLDER,
        "family",
        "The caregiver does not sleep through",
        "I want my daughter to have a night to herself",
        "Two free nights a week",
        "nights a week",
        ((WORKER, "", "Arrange respite"), (FAMILY, "The daughter", "Say which nights")),
        ("Respite care", "Hearthside Home Care", "2 nights a week"),
        "Two nights a week, kept",
    ),
    Strand(
        FAMILIES,
        "family",
        "Visits with the parents end in tears",
        "We want to be together without shouting",
        "Four calm visits in a row",
        "visits",
        ((FAMILY, "The mother", "Come to the parenting group"), (WORKER, "", "Be at the first three visits")),
        ("Parenting group", "Bridge House", "weekly"),
        "Five calm visits in a row",
    ),
    Strand(
        FAMILIES,
        "education",
        "Misses a day of school most weeks",
        "I want to stay at my school, with my friends",
        "At school 18 of 20 days",
        "days a month",
        ((WORKER, "", "Meet with the school"), (FAMILY, "The foster mother", "Walk to school together")),
        ("School-based counselor", "Millbrace Elementary", "weekly"),
        "At school 19 of 20 days",
    ),
    Strand(
        FAMILIES,
        "health",
        "No dentist for two years",
        "I want my tooth to stop hurting",
        "Seen by a dentist twice a year",
        "visits",
        ((FAMILY, "The caregiver", "Bring to the dentist"), (WORKER, "", "Find one who takes the coverage")),
        ("Dentist", "Little Teeth Dental", "twice a year"),
        "Two fillings, no pain",
    ),
    Strand(
        FAMILIES,
        "safety",
        "Leaving home was frightening",
        "I want to sleep with the light on and nobody angry",
        "Sleeps through five nights a week",
        "nights a week",
        ((PROVIDER, "Child therapist", "Play therapy"), (FAMILY, "The foster father", "Same bedtime every night")),
        ("Play therapy", "Bridge House", "weekly"),
        "Sleeps through most nights",
    ),
    Strand(
        FAMILIES,
        "housing",
        "The family lost its home",
        "We want one place, with a room for the children",
        "A lease for the family",
        "lease in hand",
        ((FAMILY, "The father", "Collect the papers"), (WORKER, "", "Apply for family housing")),
        ("Family housing program", "Millbrace Housing Office", "monthly"),
        "Lease signed for two bedrooms",
    ),
)
VISION = {
    "mental-health-tcm": "A place of my own, mornings with something to do, and people who call me by my name.",
    "geriatric-mltss": "To stay in my own house, at my own table, for as long as I can.",
    "child-welfare": "To be a family in one place, and nobody has to be afraid.",
    "foster-care-child": "To know where I will sleep next year, and to see my brother.",
}
STRENGTHS_OF = (
    "Keeps promises; good with plants and bus lines.",
    "Makes people laugh; cooks from memory.",
    "Patient with children; never late.",
    "Fixes what is broken; remembers everybody's birthday.",
    "Asks good questions; does not give up.",
)
