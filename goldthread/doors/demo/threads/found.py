"""What was found: which instruments somebody of the demo was asked, on which days, and what they told. Needs cite them."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from goldthread.casework.assessments.actions.writing import SOURCE
from goldthread.casework.needs.models import Need
from goldthread.casework.skills.rules import SKILLS
from goldthread.doors.demo.past import Past
from goldthread.doors.demo.threads import answers
from goldthread.doors.demo.threads.sheets import Sheets, Told
from goldthread.doors.demo.threads.strands import ADULTS, FAMILIES, OLDER
from goldthread.doors.demo.work.enrolling import Care
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

GROWN, SCHOOL = 18, 5
EVERY, AGAIN_UNTIL = 84, 8
"""Days between two sheets of one instrument at least; the last one is so many days old or older."""
COURSES = ((17, 13, 8, 4), (15, 12, 9, 3), (19, 16, 11, 8), (14, 15, 13, 12), (12, 9, 6, 3))
"""Totals of the PHQ-9 over the months: most get better, some slowly, some not."""
CALM = (3, 2, 3, 2)
LADDERS = (
    ((2, 2, 3, 2, 1, 3, 3, 3, 4, 2, 2, 2, 2, 1), (3, 2, 3, 2, 2, 3, 3, 3, 4, 2, 3, 2, 2, 2), (4, 3, 4, 3, 2, 4, 4, 3, 4, 3, 3, 3, 3, 3)),
    ((3, 3, 2, 2, 2, 4, 3, 3, 4, 3, 3, 3, 2, 2), (3, 3, 3, 3, 2, 4, 4, 3, 4, 3, 3, 3, 3, 2), (3, 4, 4, 3, 3, 4, 4, 4, 4, 3, 4, 3, 3, 3)),
    ((1, 2, 2, 1, 1, 2, 2, 2, 3, 1, 2, 2, 2, 1), (2, 2, 2, 2, 1, 3, 2, 2, 3, 2, 2, 2, 2, 2), (3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 2)),
)  # fmt: skip
"""Rungs of the skills, in their order, at three times."""
SEEN = {
    "medicines": "Fills the weekly box; the refill was called in.",
    "appointments": "Calls when it cannot be.",
    "transport": "Took the 14 bus there and back.",
    "money": "Rent is paid by the fifth.",
    "paperwork": "Opened the mail of the week together.",
    "meals": "Cooked for two.",
    "people": "Told the neighbor what bothers.",
}
PROFILES: tuple[dict[str, str], ...] = (
    {
        "profile-good": "I fix things. People call me when something leaks.",
        "profile-joy": "Coffee on the steps before anybody is up.",
        "profile-matters": "That my sister picks up when I call.",
        "profile-prefer": "Say it straight. Do not finish my sentences.",
    },
    {
        "profile-good": "I cook for twenty without a list.",
        "profile-joy": "The radio on, a pot on the stove.",
        "profile-matters": "My faith, and a door that locks.",
        "profile-routine": "Church on Sunday, laundry on Monday.",
    },
    {
        "profile-good": "I know every bus line. I never forget a birthday.",
        "profile-joy": "Walking by the harbor when it is quiet.",
        "profile-matters": "To be left in peace, and not to be left alone.",
        "profile-reach": "Text first. I do not pick up unknown numbers.",
    },
    {
        "profile-good": "Plants live when I water them.",
        "profile-joy": "My grandchildren on the phone, all at once.",
        "profile-matters": "My own bed, my own table.",
        "profile-prefer": "Speak slowly, and look at me.",
    },
)
PROFILES_OF_CHILDREN: tuple[dict[str, str], ...] = (
    {"profile-good": "Draws for hours. Shares without being asked.", "profile-joy": "Swings, and pancakes."},
    {"profile-good": "Knows all about trains.", "profile-joy": "The library, the same three books."},
    {"profile-good": "Looks after the little ones.", "profile-joy": "Being first up, with the dog."},
)
WHO_CARES = ("The daughter", "The son", "The wife", "The niece")


class Findings:
    """Asks everybody, and remembers which need each answer brought up."""

    def __init__(self, past: Past, rng: Random) -> None:
        self.past, self.rng = past, rng
        self.sheets = Sheets()

    def tell(self, care: Care, needs: Sequence[Need]) -> None:
        """What the person of the plan was asked. Needs of a domain that an answer speaks of point to it from now on."""
        person, template = care.clients[0], care.offer.template
        age = age_on(person, care.episode.enrolled_on)
        first = max(care.episode.enrolled_on, min(need.raised_on for need in needs) - timedelta(days=1))
        open_needs = {need.domain: need for need in needs}
        self._profile(care, person, first, age)
        if template in FAMILIES and age < GROWN:
            self._child(care, person, first, open_needs)
        elif age < GROWN:
            return
        elif template in OLDER:
            self._older(care, person, first, open_needs)
        elif template in ADULTS:
            self._adult(care, person, first, open_needs)
        else:
            self._life(care, person, first, open_needs)
        if template in FAMILIES and age >= GROWN and "housing" in open_needs:
            self._series(
                "housing-stability", [answers.housing(True), answers.housing(False)], care, person, first, open_needs
            )

    def write(self) -> None:
        """Put all of it into its tables."""
        self.sheets.write()

    # who is asked what

    def _profile(self, care: Care, person: Person, first: date, age: int) -> None:
        who, drawn = ("client", PROFILES) if age >= GROWN else ("family", PROFILES_OF_CHILDREN)
        told = {"profile-said-by": who} | self.rng.choice(drawn)
        self._series("personal-profile", [told], care, person, first, {})

    def _adult(self, care: Care, person: Person, first: date, needs: dict[str, Need]) -> None:
        low = "mental_health" in needs
        course = self.rng.choice(COURSES) if low else CALM
        if low and needs["mental_health"].state == "met":
            course = COURSES[0]
        self._series("phq-9", [answers.weeks("phq-9", 9, total) for total in course], care, person, first, needs)
        worried = [answers.weeks("gad-7", 7, max(total * 2 // 3 - 1, 0) if low else 2) for total in course[:-1]]
        self._series("gad-7", [*worried, answers.weeks("gad-7", 7, 3)], care, person, first, {})
        if "housing" in needs:
            sheets = [answers.housing(True), answers.housing(False)]
            self._series("housing-stability", sheets[: 1 + self._settled(needs, "housing")], care, person, first, needs)
        self._life(care, person, first, {domain: need for domain, need in needs.items() if need.source_id is None})
        self._ladder(care, person, first)

    def _older(self, care: Care, person: Person, first: date, needs: dict[str, Need]) -> None:
        health, town = 2 if "health" in needs else 1, 3 if "social" in needs else 1
        sheets = [answers.functional(health, town), answers.functional(1, max(town - 1, 1))]
        self._series("functional-assessment", sheets[: 1 + self._settled(needs, "health")], care, person, first, needs)
        if "daily_living" in needs:
            hard = self.rng.choice((3, 3, 4))
            settled = self._settled(needs, "daily_living")
            after = [answers.daily_living(2)] if settled else []
            self._series("daily-living", [answers.daily_living(hard), *after], care, person, first, needs)
        if "food" in needs:
            self._series("hunger-vital-sign", [answers.hunger(True), answers.hunger(False)], care, person, first, needs)
        if "family" in needs:
            who = self.rng.choice(WHO_CARES)
            sheets = [answers.caring(who, 2), answers.caring(who, 1)]
            self._series("caregiver-strain", sheets, care, person, first, needs)

    def _child(self, care: Care, person: Person, first: date, needs: dict[str, Need]) -> None:
        parts = {"health": "body", "education": "school", "family": "family", "safety": "safe"}
        hard = {parts[domain]: 2 for domain in needs if domain in parts}
        school = age_on(person, first) >= SCHOOL
        better = {part: 1 for part in hard if part != "safe"}
        sheets = [
            answers.child(hard, school=school, strengths=2),
            answers.child(better, school=school, strengths=3),
        ]
        self._series("child-strengths-needs", sheets, care, person, first, needs)

    def _life(self, care: Care, person: Person, first: date, needs: dict[str, Need]) -> None:
        before = dict.fromkeys(needs, 2)
        reached = all(need.state == "met" for need in needs.values())
        sheets = [answers.life(before), answers.life({})]
        self._series("life-domains", sheets[: 1 + reached], care, person, first, needs)

    def _ladder(self, care: Care, person: Person, first: date) -> None:
        sheets = [answers.ladder(levels, SEEN, tuple(SKILLS)) for levels in self.rng.choice(LADDERS)]
        self._series("self-management-skills", sheets, care, person, first, {})

    # how

    def _series(
        self, key: str, told: Sequence[Told], care: Care, person: Person, first: date, needs: dict[str, Need]
    ) -> None:
        """The sheets of one instrument over the months; the first one brings up the *needs* of which it speaks."""
        for number, (one, on) in enumerate(zip(told, self._days(first, len(told)), strict=False)):
            row = self.sheets.sign(key, one, person=person, care=care, staff=self._staff(care, on), on=on)
            for found in self.sheets.needs_of(key, one) if number == 0 else ():
                need = needs.get(found.domain)
                if need is None or need.source_id:
                    continue
                need.source_kind, need.source_id = SOURCE, row.pk
                need.source_item, need.because, need.strength = found.item, found.because, found.strength

    def _days(self, first: date, many: int) -> list[date]:
        last = self.past.day(AGAIN_UNTIL)
        apart = max(EVERY, (last - first).days // max(many - 1, 1)) - 9
        days = [first + timedelta(days=number * (apart + self.rng.randint(0, 9))) for number in range(many)]
        return [day for number, day in enumerate(days) if number == 0 or day <= last]

    def _staff(self, care: Care, on: date) -> Staff:
        staff = care.worker_on(on) or care.worker
        if staff is None:
            raise ValueError("nobody works with them")
        return staff

    def _settled(self, needs: dict[str, Need], domain: str) -> bool:
        return domain in needs and needs[domain].state == "met"


def fits(domain: str, care: Care, today: date) -> bool:
    """Nobody misses school who is too small for it, or grown."""
    return domain != "education" or SCHOOL <= age_on(care.clients[0], today) < GROWN


def age_on(person: Person, on: date) -> int:
    """Full years; of somebody whose birthday nobody knows, grown."""
    born = person.birth_date
    return GROWN if born is None else on.year - born.year - ((on.month, on.day) < (born.month, born.day))
