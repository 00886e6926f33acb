"""How people of the demo answer: by how bad things are, never anything that would call for help at once."""

from collections.abc import Mapping, Sequence

from goldthread.doors.demo.threads.sheets import Told

OFTEN = ("LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9")
STEPS = ("none", "remind", "some", "much", "full")
ALONE = ("alone", "some", "much", "all")
CARING = ("never", "sometimes", "often", "always")
CONCERN = ("fine", "watch", "help", "now")
MANY = ("not_yet", "a_little", "clearly", "very")
LIFE = ("crisis", "at_risk", "getting_by", "doing_well", "thriving")
RUNGS = ("done_for", "done_with", "coached", "on_their_own")

FUNCTIONAL = {
    "health": ("medicines", "visits", "treatments", "tell"),
    "communication": ("say", "understand", "read", "phone"),
    "mobility": ("home", "transfer", "outside", "hands"),
    "learning": ("learn", "remember", "finish", "decide"),
    "behavior": ("calm", "self", "others", "around"),
    "community": ("travel", "money", "people", "day", "danger"),
}
CHILD = {
    "body": ("ill", "grow", "sleep"),
    "mind": ("sad", "anger", "loss", "focus"),
    "school": ("attend", "learn", "peers"),
    "family": ("bond", "visits", "home"),
    "safe": ("self", "home", "runs"),
}
HOME_TASKS = ("cook", "shop", "clean", "laundry", "money", "medicines", "phone", "travel")
SELF_TASKS = ("wash", "dress", "toilet", "move", "walk", "eat")
STRAINS = ("tired", "sleep", "time", "others", "alone", "body", "money")
LIFE_LINKS = (
    "health",
    "mental-health",
    "substance-use",
    "daily-living",
    "housing",
    "income",
    "food",
    "employment",
    "education",
    "legal",
    "family",
    "social",
    "transportation",
    "safety",
    "communication",
    "spiritual",
)


def weeks(key: str, questions: int, total: int) -> Told:
    """PHQ-9 or GAD-7 that comes to *total*: spread over the first questions, the ninth (death) never."""
    asked = min(questions, 8)
    points = [total // asked + (number < total % asked) for number in range(asked)]
    told = {f"{key}-{number}": OFTEN[point] for number, point in enumerate(points, start=1)}
    return told | {f"{key}-{number}": OFTEN[0] for number in range(asked + 1, questions + 1)}


def functional(health: int, community: int) -> Told:
    """Support of that level (0 none to 4 full) with health and in town; elsewhere a reminder at most."""
    levels = {"health": health, "community": community, "mobility": 1}
    return {
        f"functional-{part}-{one}": STEPS[levels.get(part, 0)] for part, links in FUNCTIONAL.items() for one in links
    }


def daily_living(hard: int) -> Told:
    """*hard* of the six ways to care for oneself need some help, the bath first; so do half as many tasks at home."""
    told = {f"adl-{one}": ALONE[number < hard] for number, one in enumerate(SELF_TASKS)}
    told |= {f"adl-{one}": ALONE[number < hard // 2] for number, one in enumerate(HOME_TASKS)}
    return told | {"adl-falls": "one" if hard > 2 else "none"}


def hunger(at_risk: bool) -> Told:
    """Whether food ran short in the last year."""
    said = "LA6729-3" if at_risk else "LA28398-8"
    return {"hunger-1": said, "hunger-2": "LA28398-8"}


def caring(who: str, level: int) -> Told:
    """Of somebody who cares: how often it is too much."""
    told = {f"strain-{one}": CARING[level if number < 5 else max(level - 1, 0)] for number, one in enumerate(STRAINS)}
    return {"strain-who": who, "strain-temper": CARING[0], "strain-know": CARING[2], "strain-rest": CARING[1]} | told


def housing(bad: bool) -> Told:
    """A lease that ends with the rent behind, or a home that holds."""
    told = {"tonight": "own", "bills": "no", "moves": "none", "fit": "yes", "safe": "yes"}
    told |= (
        {"behind": "one", "notice": "yes", "cost": "more"} if bad else {"behind": "no", "notice": "no", "cost": "half"}
    )
    return {f"housing-{link}": said for link, said in told.items()}


def life(low: Mapping[str, int]) -> Told:
    """Where things stand, 1 to 5; 4 in whatever *low* does not name."""
    return {f"life-{link}": LIFE[low.get(link.replace("-", "_"), 4) - 1] for link in LIFE_LINKS}


def child(hard: Mapping[str, int], *, school: bool, strengths: int) -> Told:
    """0 no concern to 3 now, for each part of a child's life that *hard* names; *school*: old enough to go there."""
    told = {
        f"child-{part}-{one}": CONCERN[hard.get(part, 0) if part != "safe" or one == "runs" else 0]
        for part, links in CHILD.items()
        if school or part != "school"
        for one in links
    }
    links = ("likes", "friend", "adult", "voice", "hope", "roots")
    return told | {f"child-strengths-{one}": MANY[min(strengths, 3)] for one in links}


def ladder(levels: Sequence[int], seen: Mapping[str, str], skills: Sequence[str]) -> Told:
    """Self-management: each of *skills* at its rung, 1 to 4, with what was *seen* of it."""
    told: dict[str, str | int] = {}
    for skill, level in zip(skills, levels, strict=True):
        link = f"skills-{skill.replace('_', '-')}"
        told[link] = RUNGS[level - 1]
        if skill in seen:
            told[f"{link}-seen"] = seen[skill]
    return told
