"""Mental health, second half: others whom Renee Baptiste and Jonah Whitcomb work with."""

from datetime import date, timedelta

from goldthread.doors.demo.agency import JONAH, RENEE
from goldthread.doors.demo.kin import Kin, Tie
from goldthread.doors.demo.known.shorthand import (
    HE,
    SHE,
    Known,
    ago,
    born,
    called,
    email,
    goes_by,
    home,
    landline,
    mobile,
    nicknamed,
    once,
    relative,
    warn,
)
from goldthread.doors.demo.sketch import Number, Sketch
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AlertKind, IdentifierKind, Interpreter, RaceEthnicity
from goldthread.people.persons.enums import RelationshipKind as Kind

ERIK = ("Erik", "Lindgaard")
"""Once Sunniva Dahl's partner: a block keeps his record from her."""


def people(today: date) -> list[Known]:
    return [
        tomasz(today),
        eun_ji(today),
        joaquin(today),
        sofia(today),
        mai(today),
        rosalind(today),
        wren(today),
        erik(today),
    ]


def tomasz(today: date) -> Known:
    tomasz = Sketch(
        called("Tomasz", "Wolny", nicknamed("Tomek")),
        born=born(today, 52, 7, 9),
        race=[RaceEthnicity.WHITE],
        language="pl",
        other_languages=["en"],
        reach=[mobile("(978) 555-0113")],
        homes=[home("250 Granite Avenue", "Apt 1", since=ago(today, 1_400))],
        numbers=[Number(IdentifierKind.MEDICAID, "000640911352", "State Medicaid office")],
        alerts=[
            warn(
                AlertKind.HEALTH,
                "In recovery",
                "Sober since spring. Do not meet him at the Anchor.",
                today + timedelta(days=90),
                int(Label.SUBSTANCE_USE),
            )
        ],
        client_since=ago(today, 333),
        **HE,
    )
    return Known(Kin([tomasz]), (RENEE,))


def eun_ji(today: date) -> Known:
    eun_ji = Sketch(
        called("Eun-ji", "Park"),
        born=born(today, 24, 2, 11),
        race=[RaceEthnicity.ASIAN],
        language="ko",
        other_languages=["en"],
        reach=[mobile("(857) 555-0117", message=False, note="Lives with her parents. Say only: Renee called.")],
        homes=[home("7 Plover Place", town="Port Sorrel", since=ago(today, 4_000))],
        numbers=[Number(IdentifierKind.MRN, "RC-209324", "Riverside Clinic")],
        client_since=ago(today, 61),
        **SHE,
    )
    father = relative("Sang-woo", "Park", landline("(857) 555-0116", first=True), language="ko", **HE)
    kin = Kin([eun_ji, father], [Tie(0, 1, Kind.PARENT, note="Not told about her care.")])
    return Known(kin, (RENEE,))


def joaquin(today: date) -> Known:
    joaquin = Sketch(
        called("Joaquín", "Salcedo"),
        born=born(today, 45, 12, 24),
        race=[RaceEthnicity.HISPANIC],
        language="es",
        interpreter=Interpreter.MEDICAL,
        reach=[mobile("(351) 555-0121", text=False, note="Cannot read texts. Call.")],
        homes=[home("61 Weaver Street", "Floor 2", since=ago(today, 55))],
        numbers=[Number(IdentifierKind.MEDICAID, "000871530845", "State Medicaid office")],
        client_since=ago(today, 57),
        **HE,
    )
    mercedes = relative("Mercedes", "Salcedo", mobile("(351) 555-0122"), language="es", **SHE)
    return Known(Kin([joaquin, mercedes], [Tie(0, 1, Kind.SIBLING, call=True)]), (RENEE,))


def sofia(today: date) -> Known:
    sofia = Sketch(
        called("Sofia", "Petrakis", once("Sofia", "Marinos", ago(today, 1_900))),
        born=born(today, 36, 5, 30),
        race=[RaceEthnicity.WHITE],
        other_languages=["el"],
        reach=[mobile("(781) 555-0133"), email("sofia.p@mail.example")],
        homes=[home("19 Quay Street", "Apt 3B", since=ago(today, 610))],
        numbers=[Number(IdentifierKind.MEDICAID, "000415920036", "State Medicaid office")],
        alerts=[
            warn(AlertKind.ALLERGY, "Latex", "Hives. Bring other gloves.", ago(today, 20)),
            warn(AlertKind.HEALTH, "Stairs", "Bad knee: third floor is hard for her.", today + timedelta(days=50)),
        ],
        client_since=ago(today, 480),
        **SHE,
    )
    return Known(Kin([sofia]), (RENEE,))


def mai(today: date) -> Known:
    mai = Sketch(
        called("Mai", "Tran"),
        born=born(today, 16, 3, 3),
        race=[RaceEthnicity.ASIAN],
        other_languages=["vi"],
        reach=[mobile("(413) 555-0146", call=False, message=False, note="Text after school, from 3.")],
        homes=[home("140 Cranberry Road", town="Netherby", since=ago(today, 2_000))],
        numbers=[
            Number(IdentifierKind.SCHOOL, "S39946", "Alderquay Public Schools"),
            Number(IdentifierKind.MEDICAID, "000330810016", "State Medicaid office"),
        ],
        client_since=ago(today, 240),
        **SHE,
    )
    mother = relative("Hạnh", "Tran", landline("(413) 555-0147", first=True), language="vi", **SHE)
    mother.interpreter = Interpreter.ALWAYS
    brother = relative("Kevin", "Tran", born=born(today, 12, 8, 8), **HE)
    kin = Kin(
        [mai, mother, brother],
        [Tie(0, 1, Kind.PARENT, call=True), Tie(2, 1, Kind.PARENT, call=True), Tie(0, 2, Kind.SIBLING)],
    )
    kin.live_together(0, 1, 2, head=1, name="Tran household")
    return Known(kin, (RENEE,))


def rosalind(today: date) -> Known:
    rosalind = Sketch(
        called("Rosalind", "Achterberg", goes_by("Roz", "Achterberg"), once("Rosalind", "Keane", ago(today, 7_000))),
        born=born(today, 64, 10, 19),
        race=[RaceEthnicity.WHITE],
        reach=[landline("(617) 555-0155", first=True)],
        homes=[home("3 Heron Terrace", since=ago(today, 8_000))],
        numbers=[
            Number(IdentifierKind.SSN, "987-22-6419"),
            Number(IdentifierKind.MEDICAID, "000190264064", "State Medicaid office"),
        ],
        alerts=[
            warn(
                AlertKind.DOG, "Two small dogs", "Friendly. They get out: close the gate.", today + timedelta(days=150)
            )
        ],
        client_since=ago(today, 820),
        **SHE,
    )
    return Known(Kin([rosalind]), (RENEE,))


def wren(today: date) -> Known:
    wren = Sketch(
        called("Marisol", "Castellano", goes_by("Wren", "Castellano")),
        born=born(today, 22, 9, 25),
        sex="female",
        gender="nonbinary",
        pronouns="they/them",
        race=[RaceEthnicity.HISPANIC, RaceEthnicity.WHITE],
        reach=[mobile("(774) 555-0163", call=False, note="Uses the name Wren everywhere but at the pharmacy.")],
        homes=[home("44 Tide Street", "Unit 5", since=ago(today, 120))],
        numbers=[Number(IdentifierKind.MEDICAID, "000550923022", "State Medicaid office")],
        client_since=ago(today, 130),
    )
    return Known(Kin([wren]), (JONAH,))


def erik(today: date) -> Known:
    erik = Sketch(
        called(*ERIK),
        born=born(today, 40, 4, 16),
        race=[RaceEthnicity.WHITE],
        reach=[mobile("(978) 555-0177")],
        homes=[home("310 Marsh Road", town="East Tolliver", since=ago(today, 210))],
        client_since=ago(today, 75),
        **HE,
    )
    child = relative("Freja", "Lindgaard", born=born(today, 9, 6, 2), **SHE)
    return Known(Kin([erik, child], [Tie(0, 1, Kind.CHILD)]), (JONAH,))
