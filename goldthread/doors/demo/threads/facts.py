"""What is known of the demo's people: coverage, income, diagnoses with their medicines and doctors, allergies, where they lived.

It fits their age, their program and their threads: whoever has a need for an income has none, until the goal is reached.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from goldthread.casework.needs.models import Need
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.past import ZONE, Past
from goldthread.doors.demo.threads.found import GROWN, age_on
from goldthread.doors.demo.threads.strands import ADULTS, OLDER
from goldthread.doors.demo.work.enrolling import Care
from goldthread.doors.demo.work.programs import FOSTER
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import code_of, read_value
from goldthread.people.persons.models import HouseholdMember, Person

RETIRED = 65
DOCTORS = ("Dr. Amara Nwosu", "Dr. Felix Hartmann", "Dr. Soledad Rivas", "Dr. Ji-woo Han", "Dr. Ruth Abelson")
CLINICS = ("Quay Street Family Health", "Millbrace Medical Group", "Port Sorrel Community Clinic")
DENTISTS = ("Dr. Paul Lindgren", "Dr. Nadia Haddad")
PLANS = ("Bay Community Plan", "Harbor Health Plan", "Tidewater Care")


@dataclass(frozen=True, slots=True)
class Illness:
    """A diagnosis with its code, what is taken for it, and who treats it besides the family doctor."""

    name: str
    code: str
    medicine: str = ""
    dose: str = ""
    often: str = "once a day"
    role: str = ""


OF_MIND = (
    Illness("Major depressive disorder, recurrent, moderate", "F33.1", "Sertraline", "100 mg", role="psychiatrist"),
    Illness("Bipolar disorder", "F31.9", "Lamotrigine", "200 mg", role="psychiatrist"),
    Illness("Schizophrenia", "F20.9", "Risperidone", "3 mg", "at night", role="psychiatrist"),
    Illness("Post-traumatic stress disorder", "F43.10", "Prazosin", "2 mg", "at night", role="therapist"),
    Illness("Generalized anxiety disorder", "F41.1", "Escitalopram", "10 mg", role="therapist"),
)
OF_AGE = (
    Illness("High blood pressure", "I10", "Lisinopril", "20 mg"),
    Illness("Type 2 diabetes", "E11.9", "Metformin", "500 mg", "twice a day"),
    Illness("Osteoarthritis of both knees", "M17.0", "Acetaminophen", "500 mg", "when needed"),
    Illness("Atrial fibrillation", "I48.91", "Apixaban", "5 mg", "twice a day", role="specialist"),
    Illness(
        "Parkinson's disease", "G20.A1", "Carbidopa-levodopa", "25/100 mg", "three times a day", role="neurologist"
    ),
)
OF_CHILDREN = (
    Illness("Mild intermittent asthma", "J45.20", "Albuterol inhaler", "2 puffs", "when needed"),
    Illness("Adjustment disorder", "F43.20", role="therapist"),
    Illness("Eczema", "L20.9", "Hydrocortisone cream", "1 %", "twice a day"),
)
ALLERGIES = (
    ("Penicillin", "Rash, swollen lips", "serious"),
    ("Sulfa drugs", "Hives", "serious"),
    ("Peanuts", "Cannot breathe; carries an epinephrine pen", "life_threatening"),
    ("Bee stings", "Faints; carries an epinephrine pen", "life_threatening"),
    ("Cats", "Sneezing, itchy eyes", "mild"),
    ("Latex", "Rash", "mild"),
)


class Writing:
    """Writes what is known of one person after the other; ``write`` puts it into the table."""

    def __init__(self, past: Past, rng: Random) -> None:
        self.past, self.rng, self.rows = past, rng, list[Fact]()

    def write(self) -> None:
        """All of it."""
        write_rows(Fact, self.rows)

    def tell(self, care: Care, person: Person, needs: dict[str, Need], household: int) -> None:
        """Everything about *person*. *needs*: theirs, by domain; *household*: people in the home, 0 where nobody knows."""
        self.care, self.person, self.needs = care, person, needs
        self.age = age_on(person, self.past.today)
        self.on = min(care.episode.enrolled_on + timedelta(days=self.rng.randint(0, 20)), self.past.day(1))
        self._health()
        self._coverage()
        self._homes()
        if household:
            said: dict[str, Any] = {"people": household}
            self._fact(FactKind.HOUSEHOLD_SIZE, said, starts_on=None)
        if self.age >= GROWN:
            self._money()
        elif care.offer is FOSTER:
            court = f"Juvenile court, docket {self.rng.randint(21, 26)}-{self.rng.randint(100, 999)}"
            legal = {
                "status": "dependency",
                "court": court,
                "detail": "In the state's custody; reunification is the plan",
            }
            self._fact(FactKind.LEGAL, legal, SaidBy.PAPER, "Court order", starts_on=care.episode.enrolled_on)
        if self.age >= GROWN and care.offer.template in ADULTS and self.rng.random() < 0.08:
            legal = {"status": "probation", "who": "Officer Dale Kimura", "court": "District court"}
            self._fact(FactKind.LEGAL, legal, SaidBy.CLIENT, starts_on=self._ago(90, 300))
        if self.age >= GROWN and self.rng.random() < (0.12 if self.age >= RETIRED else 0.05):
            self._fact(
                FactKind.MILITARY, {"served": "veteran", "branch": self.rng.choice(("Army", "Navy"))}, starts_on=None
            )

    def _health(self) -> None:
        rng, grown = self.rng, self.age >= GROWN
        doctor, clinic = rng.choice(DOCTORS), rng.choice(CLINICS)
        role = "primary" if grown else "pediatrician"
        self._provider(role, doctor, clinic, 200)
        if rng.random() < 0.55 and "health" not in self.needs:
            self._provider("dentist", rng.choice(DENTISTS), "", 300)
        known = OF_MIND if self.care.offer.template in ADULTS and grown else OF_AGE if grown else OF_CHILDREN
        share = 0.95 if known is OF_MIND else 0.8 if self.age >= 60 else 0.35
        drawn = rng.sample(known, rng.choice((1, 2)) if known is OF_AGE and self.age >= 60 else 1)
        for illness in drawn if rng.random() < share else ():
            since = self._ago(400, min(4000, max(self.age - 5, 1) * 300 + 401))
            value = {"name": illness.name, "code": illness.code, "made_by": doctor}
            self._fact(FactKind.DIAGNOSIS, value, SaidBy.PROFESSIONAL, doctor, starts_on=since)
            prescriber = doctor
            if illness.role:
                prescriber = rng.choice([one for one in DOCTORS if one != doctor])
                self._provider(illness.role, prescriber, rng.choice(CLINICS), 90)
            if illness.medicine:
                taken = "sometimes" if "health" in self.needs or rng.random() < 0.15 else "as_prescribed"
                told = {"name": illness.medicine, "dose": illness.dose, "how_often": illness.often, "taken": taken}
                told |= {"reason": illness.name, "prescriber": prescriber}
                self._fact(FactKind.MEDICINE, told, starts_on=since + timedelta(days=rng.randint(5, 300)))
        if rng.random() < 0.22:
            to, reaction, severity = rng.choice(ALLERGIES)
            self._fact(FactKind.ALLERGY, {"to": to, "reaction": reaction, "severity": severity}, starts_on=None)

    def _provider(self, role: str, name: str, organization: str, days: int) -> None:
        seen = self._ago(6, days).isoformat()
        value = {"role": role, "name": name, "organization": organization, "last_seen": seen}
        self._fact(FactKind.PROVIDER, value, starts_on=None)

    def _coverage(self) -> None:
        since = self._no_earlier_than_birth(self.past.today.replace(month=1, day=1))
        if self.age < GROWN:
            value = {"type": self.rng.choice(("medicaid", "medicaid", "chip")), "payer": self.rng.choice(PLANS)}
        elif self.age >= RETIRED:
            value = {"type": "both" if self.rng.random() < 0.6 else "medicare"}
        else:
            value = {
                "type": self.rng.choice(("medicaid", "medicaid", "medicaid", "marketplace")),
                "payer": self.rng.choice(PLANS),
            }
        self._fact(FactKind.COVERAGE, value, SaidBy.PAPER, "Insurance card", starts_on=since)

    def _homes(self) -> None:
        """Where they lived, one after the other; the last one still holds."""
        moves = self._moves()
        for number, (setting, since) in enumerate(moves):
            until = moves[number + 1][1] if number + 1 < len(moves) else None
            chosen = "no" if setting in ("foster_home", "shelter", "hospital", "psychiatric_hospital") else "yes"
            self._fact(FactKind.HOUSING, {"setting": setting, "chosen": chosen}, starts_on=since, ends_on=until)

    def _moves(self) -> list[tuple[str, date]]:
        rng, enrolled = self.rng, self.care.episode.enrolled_on
        if self.care.offer is FOSTER and self.age < GROWN:
            before = self._no_earlier_than_birth(enrolled - timedelta(days=rng.randint(400, 900)))
            middle = [("kinship", enrolled - timedelta(days=rng.randint(20, 60)))] if rng.random() < 0.3 else []
            return [
                ("with_family", before),
                *[one for one in middle if one[1] > before],
                ("foster_home", max(enrolled, before + timedelta(days=1))),
            ]
        if self.age < GROWN:
            return [("with_family", self._no_earlier_than_birth(enrolled - timedelta(days=rng.randint(100, 2000))))]
        if self.care.offer.template in OLDER:
            since = enrolled - timedelta(days=rng.randint(2000, 9000))
            if rng.random() < 0.25:
                stay = self.past.day(rng.randint(120, 300))
                return [
                    ("own_home", since),
                    ("hospital", stay),
                    ("own_home_supported", stay + timedelta(days=rng.randint(4, 19))),
                ]
            return [(rng.choice(("own_home", "own_home", "with_family")), since)]
        since = enrolled - timedelta(days=rng.randint(300, 2500))
        housing = self.needs.get("housing")
        if housing is not None and housing.state == "met" and housing.closed_on:
            return [("with_friends", since), ("own_home", housing.closed_on)]
        if self.care.offer.template in ADULTS and rng.random() < 0.3:
            left = enrolled - timedelta(days=rng.randint(30, 200))
            return [("psychiatric_hospital", left - timedelta(days=rng.randint(8, 30))), ("supervised_apartment", left)]
        return [(rng.choice(("own_home", "own_home", "with_family", "own_home_supported")), since)]

    def _money(self) -> None:
        rng, income = self.rng, self.needs.get("income")
        if income is not None:
            until = income.closed_on if income.state == "met" else None
            self._fact(FactKind.INCOME, {"source": "none"}, starts_on=self._ago(500, 600), ends_on=until)
            if until:
                granted = {"source": "ssi", "amount": "967", "every": "month"}
                self._fact(FactKind.INCOME, granted, SaidBy.PAPER, "Award letter", starts_on=until)
        elif self.age >= RETIRED:
            value = {"source": "retirement", "amount": str(rng.randrange(880, 1900, 20)), "every": "month"}
            self._fact(FactKind.INCOME, value, SaidBy.PAPER, "Award letter", starts_on=self._ago(500, 1200))
        elif self.care.offer.template in ADULTS and rng.random() < 0.6:
            source, amount = rng.choice((("ssi", 967), ("ssdi", rng.randrange(1100, 1700, 20))))
            value = {"source": source, "amount": str(amount), "every": "month"}
            self._fact(FactKind.INCOME, value, SaidBy.PAPER, "Award letter", starts_on=self._ago(200, 1200))
        else:
            value = {"source": "wages", "amount": str(rng.randrange(280, 720, 20)), "every": "week"}
            self._fact(FactKind.INCOME, value, SaidBy.PAPER, "Pay slip", starts_on=self._ago(60, 900))
        if rng.random() < 0.45:
            renew = self.past.today + timedelta(days=rng.randint(12, 200))
            snap = {"benefit": "snap", "amount": str(rng.randrange(90, 420, 10)), "renew_on": renew.isoformat()}
            self._fact(FactKind.BENEFIT, snap, starts_on=self._ago(100, 700))

    # how

    def _ago(self, least: int, most: int) -> date:
        return self._no_earlier_than_birth(self.past.day(self.rng.randint(least, max(most, least))))

    def _no_earlier_than_birth(self, day: date) -> date:
        born = self.person.birth_date
        return max(day, born) if born else day

    def _fact(
        self,
        kind: FactKind,
        value: dict[str, Any],
        said_by: SaidBy = SaidBy.CLIENT,
        said_words: str = "",
        *,
        starts_on: date | None,
        ends_on: date | None = None,
    ) -> None:
        if said_by is SaidBy.CLIENT and self.age < GROWN:
            said_by = SaidBy.FAMILY
        starts_on = self._no_earlier_than_birth(starts_on) if starts_on else None
        clean = read_value(kind, value)
        said_on = max(self.on, ends_on or starts_on or self.on)
        worker = self.care.worker_on(said_on)
        self.rows.append(
            Fact(
                person=self.person,
                kind=kind,
                value=clean,
                code=code_of(kind, clean),
                starts_on=starts_on,
                ends_on=ends_on,
                said_by=said_by,
                said_words=said_words,
                said_on=said_on,
                recorded_by=worker.pk if worker else None,
                recorded_at=datetime.combine(said_on, time(11, 30), ZONE),
                labels=self.care.episode.labels,
                episode_id=self.care.episode.pk,
            )
        )


def write_down(past: Past, cares: Sequence[Care], needs: Sequence[Need], rng: Random) -> None:
    """What is known of everybody who is served and has a worker."""
    theirs: dict[UUID, dict[str, Need]] = defaultdict(dict)
    for need in needs:
        theirs[need.person_id][need.domain] = need
    homes = _households()
    writing = Writing(past, rng)
    for care in cares:
        if care.episode.discharged_on is None and care.worker:
            for person in care.clients:
                writing.tell(care, person, theirs[person.pk], homes.get(person.pk, 0))
    writing.write()


def _households() -> dict[UUID, int]:
    """Person → how many live in their household."""
    rows = list(HouseholdMember.objects.filter(ends_on=None).values_list("household", "person"))
    many: dict[UUID, int] = defaultdict(int)
    for household, _person in rows:
        many[household] += 1
    return {person: many[household] for household, person in rows}
