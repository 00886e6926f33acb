"""Families and foster care: people whom Tomás Arriaga, Sunniva Dahl and Naomi Feldstein work with."""

from datetime import date, timedelta
from typing import Any

from goldthread.doors.demo.agency import NAOMI, SUNNIVA, TOMAS
from goldthread.doors.demo.kin import Kin, Tie
from goldthread.doors.demo.known.shorthand import (
    HE,
    SHE,
    Known,
    ago,
    born,
    called,
    home,
    mobile,
    nicknamed,
    once,
    relative,
    warn,
)
from goldthread.doors.demo.sketch import Number, Sketch
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AlertKind, IdentifierKind, RaceEthnicity
from goldthread.people.persons.enums import RelationshipKind as Kind

SCHOOLS = "Alderquay Public Schools"


def people(today: date) -> list[Known]:
    return [brothers(today), twins(today), young_mother(today), grandparents(today)]


def brothers(today: date) -> Known:
    """Three brothers, two with one foster mother, the eldest with another."""
    jalen = _child(today, "Jalen", "Rivers", 15, 11, 2, "S40215", HE)
    micah = _child(today, "Micah", "Rivers", 9, 5, 18, "S44809", HE)
    theo = _child(today, "Theo", "Rivers", 6, 1, 30, "S46906", HE)
    theo.alerts = [
        warn(AlertKind.ALLERGY, "Peanuts", "Epinephrine pen goes where he goes: school, car, visits.", ago(today, 9))
    ]
    micah.alerts = [
        warn(
            AlertKind.COURT_ORDER,
            "Visits supervised",
            "Mother sees the boys only with us there.",
            today + timedelta(days=33),
        )
    ]
    mother = relative("Tanisha", "Rivers", mobile("(774) 555-0190"), born=born(today, 34, 7, 7), **SHE)
    foster = relative("Carol", "Aldrich", mobile("(781) 555-0191"), born=born(today, 57, 2, 2), **SHE)
    foster.homes = [home("6 Thistle Lane", town="Port Sorrel")]
    other = relative("Demetrius", "Coles", mobile("(781) 555-0192"), born=born(today, 46, 3, 3), **HE)
    other.homes = [home("131 Summer Street", town="Port Sorrel")]
    jalen.homes = [home("6 Thistle Lane", town="Port Sorrel", since=ago(today, 380))]
    kin = Kin(
        [jalen, micah, theo, mother, foster, other],
        [
            Tie(0, 1, Kind.SIBLING),
            Tie(0, 2, Kind.SIBLING),
            Tie(1, 2, Kind.SIBLING),
            *(Tie(boy, 3, Kind.PARENT, note="Supervised visits on Saturdays.") for boy in (0, 1, 2)),
            Tie(0, 4, Kind.FOSTER_PARENT, starts_on=ago(today, 380), ends_on=ago(today, 10)),
            Tie(0, 5, Kind.FOSTER_PARENT, call=True, starts_on=ago(today, 9)),
            Tie(1, 4, Kind.FOSTER_PARENT, call=True, starts_on=ago(today, 380)),
            Tie(2, 4, Kind.FOSTER_PARENT, call=True, starts_on=ago(today, 380)),
        ],
    )
    kin.live_together(4, 1, 2, head=4, name="Aldrich foster home")
    return Known(kin, (TOMAS, TOMAS, TOMAS))


def twins(today: date) -> Known:
    """Twins with two mothers; one of the children is in early intervention."""
    mother = Sketch(
        called("Adwoa", "Mensah-Keller", once("Adwoa", "Mensah", ago(today, 1_800))),
        born=born(today, 36, 8, 13),
        race=[RaceEthnicity.BLACK],
        reach=[mobile("(339) 555-0195")],
        homes=[home("22 Juniper Court", "Apt 1", since=ago(today, 1_000))],
        client_since=ago(today, 190),
        **SHE,
    )
    other = relative("Lotte", "Mensah-Keller", mobile("(339) 555-0196"), born=born(today, 38, 3, 31), **SHE)
    kofi = _child(today, "Kofi", "Mensah-Keller", 2, 2, 20, "", HE)
    esi = _child(today, "Esi", "Mensah-Keller", 2, 2, 20, "", SHE)
    kin = Kin(
        [mother, other, kofi, esi],
        [
            Tie(0, 1, Kind.SPOUSE, call=True, call_back=True),
            *(Tie(child, parent, Kind.PARENT, call=True) for child in (2, 3) for parent in (0, 1)),
            Tie(2, 3, Kind.SIBLING, note="Twins."),
        ],
    )
    kin.live_together(0, 1, 2, 3, head=0)
    return Known(kin, (SUNNIVA, SUNNIVA, SUNNIVA))


def young_mother(today: date) -> Known:
    """A mother of seventeen who came on her own."""
    ximena = Sketch(
        called("Ximena", "Orellana", nicknamed("Mena")),
        born=born(today, 17, 10, 6),
        race=[RaceEthnicity.HISPANIC],
        language="es",
        other_languages=["en"],
        reach=[
            mobile("(351) 555-0197", call=False, message=False, note="Her mother does not know that she comes here.")
        ],
        homes=[home("58 Bridge Street", "Apt 2", since=ago(today, 400))],
        numbers=[Number(IdentifierKind.SCHOOL, "S39117", SCHOOLS)],
        alerts=[
            warn(
                AlertKind.SAFETY,
                "Do not call home",
                "She consented to her own care. Never call or write to her mother.",
                today + timedelta(days=48),
                int(Label.MINOR_CONSENTED),
            )
        ],
        client_since=ago(today, 66),
        **SHE,
    )
    baby = _child(today, "Mateo", "Orellana", 0, today.month, max(1, today.day - 1), "", HE)
    baby.born = ago(today, 101)
    baby.client_since = ago(today, 66)
    mother = relative("Blanca", "Orellana", mobile("(351) 555-0198"), language="es", **SHE)
    kin = Kin([ximena, baby, mother], [Tie(0, 1, Kind.CHILD), Tie(0, 2, Kind.PARENT)])
    kin.live_together(0, 1, 2, head=2)
    return Known(kin, (SUNNIVA, SUNNIVA))


def grandparents(today: date) -> Known:
    """A girl whom her grandparents raise as guardians."""
    aiyana = _child(today, "Aiyana", "Brightwater", 8, 6, 11, "S45208", SHE)
    aiyana.race = [RaceEthnicity.NATIVE]
    aiyana.labels = int(Label.SEALED)
    grandmother = relative("Lucille", "Brightwater", mobile("(413) 555-0199"), born=born(today, 63, 1, 21), **SHE)
    grandfather = relative("Orville", "Brightwater", born=born(today, 66, 11, 11), **HE)
    kin = Kin(
        [aiyana, grandmother, grandfather],
        [
            Tie(0, 1, Kind.GRANDPARENT, call=True),
            Tie(0, 1, Kind.GUARDIAN, starts_on=ago(today, 700)),
            Tie(0, 2, Kind.GRANDPARENT),
            Tie(1, 2, Kind.SPOUSE, call=True, call_back=True),
        ],
    )
    kin.live_together(0, 1, 2, head=1)
    return Known(kin, (NAOMI,))


def _child(
    today: date, given: str, family: str, age: int, month: int, day: int, school: str, about: dict[str, Any]
) -> Sketch:
    numbers = [Number(IdentifierKind.SCHOOL, school, SCHOOLS)] if school else []
    return Sketch(
        called(given, family),
        born=born(today, age, month, day),
        race=[RaceEthnicity.BLACK],
        homes=[home("6 Thistle Lane", town="Port Sorrel")],
        numbers=numbers,
        client_since=ago(today, min(380, age * 300 + 30)),
        **about,
    )
