"""People made up by chance: the same seed makes the same people. Nobody real is meant."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from anyascii import anyascii

from goldthread.doors.demo.names import CULTURES, Culture
from goldthread.doors.demo.places import draw_home
from goldthread.doors.demo.sketch import Name, Number, Reach, Sketch
from goldthread.people.persons.enums import (
    ContactKind,
    DateKind,
    Gender,
    IdentifierKind,
    Interpreter,
    NameKind,
    Sex,
)

SHARES = [culture.share for culture in CULTURES]
PRONOUNS = {Gender.WOMAN: "she/her", Gender.MAN: "he/him", Gender.NONBINARY: "they/them"}
AREA_CODES = ("617", "508", "781", "978", "413", "339", "351", "774", "857")
SECOND_LANGUAGES = {"ht": ["fr"], "yue": ["cmn"], "so": ["ar"], "am": ["ti"], "pa": ["hi"], "pl": ["uk"], "fr": ["en"]}
NICKNAMES = {
    "Elizabeth": "Beth",
    "Deborah": "Deb",
    "Susan": "Sue",
    "Judith": "Judy",
    "Margaret": "Peg",
    "Kenneth": "Ken",
    "Lawrence": "Larry",
    "Gerald": "Jerry",
    "Donald": "Don",
    "Leonard": "Lenny",
    "Alejandro": "Alex",
    "Guadalupe": "Lupe",
    "Francisco": "Paco",
    "Dolores": "Lola",
    "Ignacio": "Nacho",
    "Mercedes": "Meche",
    "Emmanuel": "Manno",
    "Demetrius": "Meech",
    "Isaiah": "Zay",
    "Gwendolyn": "Gwen",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Zbigniew": "Zbyszek",
    "Giuseppe": "Joe",
    "Salvatore": "Sal",
    "Conceição": "São",
    "Filomena": "Mena",
    "Ashok": "Ash",
}


class Maker:
    """Draws people, one after another, from one seeded stream."""

    def __init__(self, rng: Random, today: date, taken: Iterable[str] = ()) -> None:
        """*taken*: phone numbers that somebody has already."""
        self.rng = rng
        self.today = today
        self._taken = set(taken)
        self._phone = 0
        self._number = 0

    def person(self, *, age: tuple[int, int], culture: Culture | None = None, family: str = "") -> Sketch:
        """Somebody aged between *age* (years, both included), with a family name of their own unless *family* is given."""
        rng = self.rng
        culture = culture or rng.choices(CULTURES, weights=SHARES)[0]
        woman = rng.random() < 0.54
        given = rng.choice(culture.women if woman else culture.men)
        sketch = Sketch(
            names=[Name(given, family or self._family_name(culture))],
            born=self.birth_date(age),
            sex=Sex.FEMALE if woman else Sex.MALE,
            gender=Gender.WOMAN if woman else Gender.MAN,
            race=list(culture.race),
        )
        self._add_more_names(sketch, woman)
        self._add_gender(sketch)
        self._add_language(sketch, culture)
        return sketch

    def birth_date(self, age: tuple[int, int]) -> date:
        """A birthday that makes somebody between the two ages today."""
        days = self.rng.randrange(int(age[0] * 365.25) + 1, int((age[1] + 1) * 365.25) - 1)
        return self.today - timedelta(days=days)

    def days_ago(self, least: int, most: int) -> date:
        return self.today - timedelta(days=self.rng.randint(least, most))

    def phone(self) -> str:
        """The next number kept free for fiction: 555-0100 to 555-0199, in one area code after the other."""
        while True:
            self._phone += 1
            area = AREA_CODES[self._phone // 100 % len(AREA_CODES)]
            number = f"({area}) 555-01{self._phone * 37 % 100:02d}"
            if number not in self._taken or self._phone > len(AREA_CODES) * 100:  # there are no more than these
                return number

    def reach(self, *, first: bool = True) -> Reach:
        """A phone with ordinary rules; sometimes only texts, sometimes no messages."""
        draw = self.rng.random()
        return Reach(
            self.phone(),
            kind=ContactKind.HOME if draw > 0.86 else ContactKind.MOBILE,
            call=draw > 0.07,
            text=draw < 0.86,
            message=0.07 < draw < 0.72 or draw > 0.86,
            note=self._reach_note(draw),
            first=first,
        )

    def email(self, sketch: Sketch) -> Reach:
        given = "".join(c for c in anyascii(sketch.names[0].given).lower() if c.isalpha())
        return Reach(f"{given}{self.rng.randrange(10, 99)}@mail.example", kind=ContactKind.EMAIL, text=False)

    def ssn(self) -> str:
        """A number from a range in which none was ever given out (area 900 to 999)."""
        return f"9{self.rng.randrange(100):02d}-{self.rng.randrange(1, 50):02d}-{self.rng.randrange(10_000):04d}"

    def numbers(self, *, child: bool) -> list[Number]:
        """The identifiers such a person often has."""
        rng = self.rng
        self._number += 1
        numbers = []
        if rng.random() < 0.82:
            numbers.append(Number(IdentifierKind.MEDICAID, f"000{rng.randrange(10**9):09d}", "State Medicaid office"))
        if rng.random() < 0.4:
            numbers.append(Number(IdentifierKind.SSN, self.ssn()))
        if child:
            numbers.append(Number(IdentifierKind.SCHOOL, f"S{40_000 + self._number}", "Alderquay Public Schools"))
        if rng.random() < 0.3:
            numbers.append(Number(IdentifierKind.MRN, f"RC-{200_000 + self._number}", "Riverside Clinic"))
        if rng.random() < 0.12:
            numbers.append(Number(IdentifierKind.HMIS, f"{700_000 + self._number}", "Regional continuum of care"))
        return numbers

    def client(self, *, age: tuple[int, int], culture: Culture | None = None, family: str = "") -> Sketch:
        """Somebody served, with a home, ways to reach them and numbers."""
        sketch = self.person(age=age, culture=culture, family=family)
        child = age[1] < 18
        sketch.client_since = self.days_ago(3, 900)
        if sketch.born and sketch.client_since < sketch.born:
            sketch.client_since = sketch.born
        sketch.homes = [draw_home(self.rng)]
        sketch.homes[0].starts_on = self.days_ago(200, 3_000) if self.rng.random() < 0.5 else None
        sketch.numbers = self.numbers(child=child)
        if not child:
            sketch.reach = [self.reach()]
            if self.rng.random() < 0.35:
                sketch.reach.append(self.email(sketch))
        return sketch

    def _family_name(self, culture: Culture) -> str:
        name = self.rng.choice(culture.families)
        if culture.key != "spanish" or self.rng.random() < 0.7:
            return name
        second = self.rng.choice(culture.families)
        return name if second == name else f"{name} {second}"

    def _add_more_names(self, sketch: Sketch, woman: bool) -> None:
        rng, legal = self.rng, sketch.names[0]
        if rng.random() < 0.08:
            sketch.names.append(
                Name(
                    legal.given,
                    self._family_name(rng.choices(CULTURES, weights=SHARES)[0]),
                    kind=NameKind.FORMER,
                    until=self.days_ago(400, 6_000),
                )
            )
        if legal.given in NICKNAMES and rng.random() < 0.7:
            kind = NameKind.PREFERRED if rng.random() < 0.4 else NameKind.NICKNAME
            family = legal.family if kind == NameKind.PREFERRED else ""
            sketch.names.append(Name(NICKNAMES[legal.given], family, kind=kind))

    def _add_gender(self, sketch: Sketch) -> None:
        if self.rng.random() < 0.015:
            sketch.gender = Gender.NONBINARY
        if self.rng.random() < 0.7 or sketch.gender == Gender.NONBINARY:
            sketch.pronouns = PRONOUNS[Gender(sketch.gender)]

    def _add_language(self, sketch: Sketch, culture: Culture) -> None:
        rng = self.rng
        if rng.random() < 0.05 and culture.race[0] != "white":
            sketch.race = [*culture.race, "white"]
        if rng.random() >= culture.speaks:
            sketch.other_languages = [culture.language] if culture.speaks and rng.random() < 0.4 else []
            return
        sketch.language = culture.language
        sketch.other_languages = ["en"] if rng.random() < 0.6 else SECOND_LANGUAGES.get(culture.language, [])
        if rng.random() < culture.interpreter:
            sketch.interpreter = rng.choice((Interpreter.MEDICAL, Interpreter.ALWAYS))
        if sketch.interpreter == Interpreter.ALWAYS and rng.random() < 0.25:
            sketch.born_kind = rng.choice((DateKind.ESTIMATED, DateKind.YEAR, DateKind.MONTH))

    def _reach_note(self, draw: float) -> str:
        if draw < 0.07:
            return "Text only."
        if 0.72 < draw < 0.76:
            return "Say only a first name."
        return "After 4 is best." if 0.5 < draw < 0.54 else ""
