"""Older adults and disabilities: people whom Andre Okoye and Mei-Lin Zhao work with."""

from datetime import date, timedelta

from goldthread.doors.demo.agency import ANDRE, MEI_LIN
from goldthread.doors.demo.kin import Kin, Tie
from goldthread.doors.demo.known.shorthand import (
    HE,
    SHE,
    Known,
    ago,
    born,
    called,
    goes_by,
    home,
    landline,
    mobile,
    once,
    relative,
    warn,
)
from goldthread.doors.demo.sketch import Number, Sketch
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AlertKind, DateKind, IdentifierKind, Interpreter, RaceEthnicity
from goldthread.people.persons.enums import RelationshipKind as Kind

STATE = "State Medicaid office"


def people(today: date) -> list[Known]:
    return [dolores(today), lau(today), curtis(today), nadia(today), ibrahim(today), beatriz(today), otis(today)]


def dolores(today: date) -> Known:
    dolores = Sketch(
        called("Dolores", "Quintana", once("Dolores", "Nieves", ago(today, 14_000))),
        born=born(today, 78, 2, 14),
        race=[RaceEthnicity.HISPANIC],
        language="es",
        other_languages=["en"],
        reach=[landline("(508) 555-0102", first=True)],
        homes=[home("27 Chapel Street", town="Millbrace", since=ago(today, 9_000), way="Ramp on the left side.")],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000704118078", STATE),
            Number(IdentifierKind.MRN, "RC-198278", "Riverside Clinic"),
        ],
        alerts=[
            warn(AlertKind.HEALTH, "Falls", "Two falls this fall. Walk behind her on the stairs.", ago(today, 3)),
            warn(AlertKind.ALLERGY, "Sulfa drugs", "Rash and fever.", today + timedelta(days=300)),
        ],
        client_since=ago(today, 1_100),
        **SHE,
    )
    rafael = relative("Rafael", "Quintana", mobile("(508) 555-0103"), born=born(today, 52, 3, 1), **HE)
    return Known(Kin([dolores, rafael], [Tie(0, 1, Kind.CHILD, call=True, note="Health care proxy.")]), (ANDRE,))


def lau(today: date) -> Known:
    wife = Sketch(
        called("Suk-Yin", "Lau"),
        born=born(today, 84, 1, 1),
        born_kind=DateKind.ESTIMATED,
        race=[RaceEthnicity.ASIAN],
        language="yue",
        interpreter=Interpreter.ALWAYS,
        reach=[landline("(508) 555-0110", first=True)],
        homes=[home("12 Copper Lane", "Apt 4", town="Millbrace", since=ago(today, 6_000))],
        numbers=[Number(IdentifierKind.MEDICAID, "000810442084", STATE)],
        client_since=ago(today, 930),
        **SHE,
    )
    husband = Sketch(
        called("Wing-Cheung", "Lau"),
        born=born(today, 88, 5, 20),
        died_on=ago(today, 47),
        race=[RaceEthnicity.ASIAN],
        language="yue",
        interpreter=Interpreter.ALWAYS,
        client_since=ago(today, 930),
        **HE,
    )
    grace = relative(
        "Grace", "Lau", mobile("(617) 555-0111"), born=born(today, 55, 8, 1), other_languages=["yue"], **SHE
    )
    kin = Kin(
        [wife, husband, grace],
        [
            Tie(0, 1, Kind.SPOUSE),
            Tie(0, 2, Kind.CHILD, call=True, note="Comes every Friday."),
            Tie(1, 2, Kind.CHILD, call=True),
        ],
    )
    kin.live_together(0, 1, head=0)
    return Known(kin, (ANDRE, ANDRE))


def curtis(today: date) -> Known:
    curtis = Sketch(
        called("Curtis", "Boyd"),
        born=born(today, 66, 7, 4),
        race=[RaceEthnicity.BLACK],
        reach=[mobile("(774) 555-0126", text=False)],
        homes=[home("Alder Tower", "Room 511", since=ago(today, 190))],
        numbers=[Number(IdentifierKind.MEDICAID, "000229164066", STATE), Number(IdentifierKind.SSN, "987-30-9166")],
        alerts=[
            warn(
                AlertKind.HEALTH, "Oxygen at home", "No smoking, no candles, no gas stove.", today + timedelta(days=75)
            )
        ],
        client_since=ago(today, 415),
        **HE,
    )
    neighbor = relative("Vernon", "Tillery", landline("(774) 555-0127", first=True), **HE)
    return Known(Kin([curtis, neighbor], [Tie(0, 1, Kind.FRIEND, call=True, note="Room 512. Has a key.")]), (ANDRE,))


def nadia(today: date) -> Known:
    nadia = Sketch(
        called("Nadia", "Rahal"),
        born=born(today, 31, 12, 1),
        race=[RaceEthnicity.MENA],
        language="ar",
        other_languages=["en"],
        reach=[mobile("(978) 555-0136")],
        homes=[home("90 Walnut Avenue", town="Netherby", since=ago(today, 3_100))],
        numbers=[Number(IdentifierKind.MEDICAID, "000622511031", STATE)],
        alerts=[
            warn(
                AlertKind.OTHER,
                "Uses a tablet to talk",
                "Wait for her answer. Do not finish her words.",
                today + timedelta(days=110),
            )
        ],
        client_since=ago(today, 700),
        **SHE,
    )
    mother = relative("Samira", "Rahal", mobile("(978) 555-0137"), born=born(today, 58, 4, 4), language="ar", **SHE)
    kin = Kin(
        [nadia, mother],
        [
            Tie(0, 1, Kind.PARENT, call=True),
            Tie(0, 1, Kind.GUARDIAN, note="Limited guardianship: health and money.", starts_on=ago(today, 2_900)),
        ],
    )
    kin.live_together(0, 1, head=1)
    return Known(kin, (ANDRE,))


def ibrahim(today: date) -> Known:
    ibrahim = Sketch(
        called("Ibrahim", "Sesay"),
        born=born(today, 71, 1, 1),
        born_kind=DateKind.YEAR,
        race=[RaceEthnicity.BLACK],
        other_languages=["kri"],
        reach=[mobile("(413) 555-0150", message=False)],
        homes=[home("18 Mill Street", "Apt 3B", town="Millbrace", since=ago(today, 1_500))],
        numbers=[Number(IdentifierKind.MEDICAID, "000480117071", STATE)],
        labels=int(Label.HIV),
        client_since=ago(today, 600),
        **HE,
    )
    wife = relative("Hawa", "Sesay", mobile("(413) 555-0151"), **SHE)
    kin = Kin([ibrahim, wife], [Tie(0, 1, Kind.SPOUSE, call=True, call_back=True)])
    kin.live_together(0, 1, head=0)
    return Known(kin, (MEI_LIN,))


def beatriz(today: date) -> Known:
    beatriz = Sketch(
        called("Maria Beatriz", "Medeiros", goes_by("Bea", "Medeiros")),
        born=born(today, 69, 6, 24),
        race=[RaceEthnicity.WHITE],
        language="pt",
        other_languages=["en"],
        reach=[landline("(508) 555-0164", first=True)],
        homes=[home("8 Sailmaker Street", since=ago(today, 12_000))],
        numbers=[Number(IdentifierKind.MEDICAID, "000910628069", STATE)],
        client_since=ago(today, 260),
        **SHE,
    )
    son = Sketch(
        called("Paulo", "Medeiros"),
        born=born(today, 44, 10, 10),
        race=[RaceEthnicity.WHITE],
        other_languages=["pt"],
        numbers=[Number(IdentifierKind.MEDICAID, "000910628044", STATE)],
        client_since=ago(today, 1_300),
        **HE,
    )
    kin = Kin(
        [beatriz, son],
        [
            Tie(1, 0, Kind.PARENT, call=True, call_back=False),
            Tie(
                1, 0, Kind.CAREGIVER, note="Has Down syndrome. She has cared for him all his life; who comes after her?"
            ),
        ],
    )
    kin.live_together(0, 1, head=0)
    return Known(kin, (MEI_LIN, MEI_LIN))


def otis(today: date) -> Known:
    otis = Sketch(
        called("Otis", "Merriweather"),
        born=born(today, 91, 9, 9),
        race=[RaceEthnicity.BLACK],
        reach=[landline("(617) 555-0168", first=True)],
        homes=[home("77 Garrison Street", since=ago(today, 16_000), way="He takes a while. Knock loudly and wait.")],
        numbers=[Number(IdentifierKind.MEDICAID, "000110909091", STATE)],
        alerts=[warn(AlertKind.HEALTH, "Hard of hearing", "Face him. Right ear is better.", ago(today, 41))],
        client_since=ago(today, 77),
        **HE,
    )
    niece = relative("Patrice", "Merriweather", mobile("(857) 555-0169"), **SHE)
    return Known(Kin([otis, niece], [Tie(0, 1, Kind.RELATIVE, call=True, note="Niece. Lives next door.")]), (MEI_LIN,))
