"""Mental health, first half: Lucía Ferreira and others whom Renee Baptiste works with."""

from datetime import date, timedelta

from goldthread.doors.demo.agency import RENEE, TOMAS
from goldthread.doors.demo.kin import Kin, Tie
from goldthread.doors.demo.known.shorthand import (
    HE,
    SHE,
    Known,
    ago,
    born,
    box,
    called,
    email,
    goes_by,
    home,
    landline,
    mobile,
    nicknamed,
    once,
    relative,
    safe_home,
    warn,
)
from goldthread.doors.demo.sketch import Number, Sketch
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AlertKind, DateKind, IdentifierKind, Interpreter, RaceEthnicity
from goldthread.people.persons.enums import RelationshipKind as Kind

DV = int(Label.DOMESTIC_VIOLENCE)


def people(today: date) -> list[Known]:
    return [
        lucia(today),
        marcus(today),
        harpreet(today),
        kalani(today),
        deshawn(today),
        walter(today),
        amina(today),
    ]


def lucia(today: date) -> Known:
    """Lucía, her daughter Inés who lives with a foster family, her sister, her neighbor, and the man who may not find her."""
    lucia = Sketch(
        called("Lucía", "Ferreira", once("Lucía", "Costa", ago(today, 640)), nicknamed("Lu")),
        born=born(today, 47, 3, 8),
        race=[RaceEthnicity.HISPANIC],
        language="es",
        other_languages=["en"],
        interpreter=Interpreter.MEDICAL,
        reach=[
            mobile("(617) 555-0108", call=False, message=False),
            email("lucia.f@mail.example"),
        ],
        homes=[safe_home("218 Alder Street", "Apt 2", since=ago(today, 590), way="Blue door at the back."), box(118)],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000418220047", "State Medicaid office"),
            Number(IdentifierKind.SSN, "987-14-4418"),
            Number(IdentifierKind.MRN, "RC-204418", "Riverside Clinic"),
        ],
        alerts=[
            warn(
                AlertKind.SAFETY,
                "Never tell Ramiro Costa",
                "Never tell him where she lives. Former husband. If he calls or comes, tell him nothing and tell Gloria.",
                today + timedelta(days=60),
                DV,
            ),
            warn(
                AlertKind.COURT_ORDER,
                "No-contact order",
                f"Ramiro Costa may not come near her or write to her. In force to 30 June {today.year + 1}.",
                date(today.year + 1, 6, 30),
                DV,
            ),
        ],
        client_since=ago(today, 602),
        **SHE,
    )
    ines = Sketch(
        called("Inés", "Costa Ferreira"),
        born=born(today, 14, 4, 27),
        race=[RaceEthnicity.HISPANIC],
        language="es",
        other_languages=["en"],
        homes=[home("71 Meadow Lane", town="Millbrace", since=ago(today, 210))],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000418220114", "State Medicaid office"),
            Number(IdentifierKind.SCHOOL, "S40114", "Alderquay Public Schools"),
        ],
        client_since=ago(today, 212),
        **SHE,
    )
    teresa = relative("Teresa", "Ferreira", mobile("(617) 555-0119"), language="es", born=born(today, 51, 1, 19), **SHE)
    marta = relative("Marta", "Oliveira", mobile("(617) 555-0124"), language="pt", **SHE)
    ramiro = relative("Ramiro", "Costa", born=born(today, 50, 9, 2), **HE)
    foster = relative("Agnes", "Halloran", landline("(508) 555-0131", first=True), **SHE)
    foster.homes = [home("71 Meadow Lane", town="Millbrace")]
    kin = Kin(
        [lucia, ines, teresa, marta, ramiro, foster],
        [
            Tie(0, 1, Kind.CHILD),
            Tie(0, 2, Kind.SIBLING, call=True, note="May know all."),
            Tie(1, 2, Kind.RELATIVE, call=True, note="Aunt."),
            Tie(0, 3, Kind.FRIEND, note="Walks with her on Sundays. Say nothing about her care."),
            Tie(0, 4, Kind.FORMER_PARTNER, ends_on=ago(today, 640), note="Never tell him anything.", labels=DV),
            Tie(1, 4, Kind.PARENT, note="No visits: no-contact order.", labels=DV),
            Tie(1, 5, Kind.FOSTER_PARENT, call=True, starts_on=ago(today, 210)),
        ],
    )
    kin.household, kin.members, kin.head = "Halloran foster home", [5, 1], 5
    return Known(kin, (RENEE, TOMAS))


def marcus(today: date) -> Known:
    marcus = Sketch(
        called("Marcus", "Ellery"),
        born=born(today, 38, 11, 30),
        race=[RaceEthnicity.BLACK],
        reach=[mobile("(857) 555-0139", message=False)],
        homes=[home("2 Dock Street", since=ago(today, 85), way="Night shelter. From 6 in the evening.")],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000331907238", "State Medicaid office"),
            Number(IdentifierKind.HMIS, "700418", "Regional continuum of care"),
        ],
        alerts=[
            warn(
                AlertKind.HEALTH,
                "Seizures",
                "Epilepsy. If it lasts over five minutes call 911. Rescue spray in his left coat pocket.",
                ago(today, 6),
            )
        ],
        client_since=ago(today, 410),
        **HE,
    )
    dwayne = relative("Dwayne", "Ellery", mobile("(774) 555-0106"), **HE)
    return Known(Kin([marcus, dwayne], [Tie(0, 1, Kind.SIBLING, call=True)]), (RENEE,))


def harpreet(today: date) -> Known:
    harpreet = Sketch(
        called("Harpreet", "Gill"),
        born=born(today, 33, 6, 14),
        race=[RaceEthnicity.ASIAN],
        language="pa",
        other_languages=["en", "hi"],
        interpreter=Interpreter.MEDICAL,
        reach=[mobile("(617) 555-0143", note="Works nights. Not before 2.")],
        homes=[home("88 Spinnaker Way", "Apt 14", since=ago(today, 900))],
        numbers=[Number(IdentifierKind.MEDICAID, "000552014433", "State Medicaid office")],
        client_since=ago(today, 365),
        **HE,
    )
    jaspreet = relative("Jaspreet", "Gill", mobile("(617) 555-0144"), language="pa", **SHE)
    simran = relative("Simran", "Gill", born=born(today, 4, 2, 2), language="pa", **SHE)
    kin = Kin(
        [harpreet, jaspreet, simran],
        [
            Tie(0, 1, Kind.SPOUSE, call=True, call_back=True),
            Tie(0, 2, Kind.CHILD),
            Tie(2, 1, Kind.PARENT, call=True),
        ],
    )
    kin.live_together(0, 1, 2, head=1)
    return Known(kin, (RENEE,))


def kalani(today: date) -> Known:
    kalani = Sketch(
        called("Kalani", "Mahoe", nicknamed("Lani")),
        born=born(today, 29, 8, 21),
        race=[RaceEthnicity.PACIFIC, RaceEthnicity.WHITE],
        reach=[mobile("(857) 555-0152", call=True)],
        homes=[home("5 Net Loft Court", "Unit 2", since=ago(today, 300))],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000760229129", "State Medicaid office"),
            Number(IdentifierKind.MRN, "RC-207129", "Riverside Clinic"),
        ],
        alerts=[
            warn(
                AlertKind.ALLERGY,
                "Penicillin",
                "Swelling of the throat in childhood. Tell every clinic.",
                today + timedelta(days=200),
            )
        ],
        client_since=ago(today, 148),
        sex="female",
        gender="trans_man",
        pronouns="he/him",
    )
    leilani = relative("Leilani", "Mahoe", mobile("(857) 555-0153"), **SHE)
    return Known(Kin([kalani, leilani], [Tie(0, 1, Kind.PARENT, call=True)]), (RENEE,))


def deshawn(today: date) -> Known:
    deshawn = Sketch(
        called("Deshawn", "Pruitt", goes_by("Shawn", "Pruitt")),
        born=born(today, 19, 10, 3),
        race=[RaceEthnicity.BLACK],
        reach=[mobile("(339) 555-0160", call=False, note="Texts only. Answers at night.")],
        homes=[home("19 Kiln Lane", "Floor 2", since=ago(today, 300))],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000118640219", "State Medicaid office"),
            Number(IdentifierKind.SCHOOL, "S38219", "Alderquay Public Schools"),
        ],
        alerts=[
            warn(
                AlertKind.COURT_ORDER,
                "Curfew 9 pm",
                "Terms of probation to the end of the school year. Plan visits before 8.",
                today + timedelta(days=25),
            )
        ],
        client_since=ago(today, 176),
        **HE,
    )
    loretta = relative("Loretta", "Pruitt", landline("(339) 555-0161", first=True), born=born(today, 68, 12, 12), **SHE)
    kin = Kin([deshawn, loretta], [Tie(0, 1, Kind.GRANDPARENT, call=True, note="Raised him.")])
    kin.live_together(0, 1, head=1, name="Pruitt household")
    return Known(kin, (RENEE,))


def walter(today: date) -> Known:
    walter = Sketch(
        called("Walter", "Brandt", goes_by("Walt", "Brandt")),
        born=born(today, 61, 1, 27),
        race=[RaceEthnicity.WHITE],
        reach=[landline("(617) 555-0171", first=True)],
        homes=[home("14 Orchard Court", since=ago(today, 5_200), way="Side stairs. The front bell is broken.")],
        numbers=[
            Number(IdentifierKind.MEDICAID, "000907315561", "State Medicaid office"),
            Number(IdentifierKind.SSN, "987-41-3361"),
        ],
        alerts=[
            warn(
                AlertKind.SAFETY,
                "Visit in pairs",
                "Firearms in the house, locked. Two workers at every home visit.",
                today + timedelta(days=12),
            )
        ],
        client_since=ago(today, 520),
        **HE,
    )
    anke = relative("Anke", "Brandt", mobile("(413) 555-0172"), **SHE)
    return Known(Kin([walter, anke], [Tie(0, 1, Kind.CHILD, call=True)]), (RENEE,))


def amina(today: date) -> Known:
    amina = Sketch(
        called("Amina", "Warsame"),
        born=born(today, 41, 1, 1),
        born_kind=DateKind.YEAR,
        race=[RaceEthnicity.BLACK],
        language="so",
        other_languages=["ar"],
        interpreter=Interpreter.ALWAYS,
        reach=[mobile("(774) 555-0181", message=False, note="Ask for Amina. Women callers only, please.")],
        homes=[home("33 Lighthouse Road", "Apt 6", town="Port Sorrel", since=ago(today, 700))],
        numbers=[Number(IdentifierKind.MEDICAID, "000220716041", "State Medicaid office")],
        client_since=ago(today, 290),
        **SHE,
    )
    hodan = relative("Hodan", "Warsame", mobile("(774) 555-0182"), born=born(today, 20, 5, 5), language="so", **SHE)
    yusuf = relative("Yusuf", "Warsame", born=born(today, 11, 9, 17), language="so", **HE)
    kin = Kin(
        [amina, hodan, yusuf],
        [
            Tie(0, 1, Kind.CHILD, call=True, note="Reads her mail to her."),
            Tie(0, 2, Kind.CHILD),
            Tie(1, 2, Kind.SIBLING),
        ],
    )
    kin.live_together(0, 1, 2, head=0)
    return Known(kin, (RENEE,))
