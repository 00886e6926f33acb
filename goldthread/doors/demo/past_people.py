"""What changed in people's records lately, so that the brief of a client says what is new."""

from collections.abc import Callable
from random import Random
from typing import Any

from goldthread.doors.demo.agency import ANDRE, GLORIA, JONAH, KEISHA, MEI_LIN, REGION, RENEE, SUNNIVA, TOMAS
from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.past import Happening, Past
from goldthread.doors.demo.places import draw_home
from goldthread.foundation.lib.actor import Actor
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.actions.addresses import add_address
from goldthread.people.persons.actions.alerts import add_alert, end_alert
from goldthread.people.persons.actions.names import add_name
from goldthread.people.persons.actions.reach import add_contact_point, end_contact_point
from goldthread.people.persons.models import Alert, ContactPoint, Person

Do = Callable[[Past, Person, Actor], object]
DAYS = 14


def happenings(past: Past, maker: Maker) -> list[Happening]:
    """The changes of the last two weeks: those told one by one, and some by chance."""
    told = [_happening(*one) for one in TOLD]
    return told + _by_chance(past, maker)


def _happening(ago: int, hour: int, who: str, client: str, do: Do) -> Happening:
    return Happening(ago, hour, lambda past: do(past, past.person(client), past.by(who, ago, hour)))


def moved(line1: str, line2: str = "", *, town: str = "Alderquay", zip_code: str = "02007", way: str = "") -> Do:
    """They live somewhere else now."""

    def do(past: Past, person: Person, by: Actor) -> object:
        values = {
            "kind": "current",
            "line1": line1,
            "line2": line2,
            "city": town,
            "region": REGION,
            "postal_code": zip_code,
        }
        return add_address(person=person, values={**values, "directions": way, "starts_on": by.today}, by=by)

    return do


def new_phone(value: str, *, why: str, **rules: Any) -> Do:
    """They have another number now; the first choice before it ends."""

    def do(past: Past, person: Person, by: Actor) -> object:
        old = ContactPoint.objects.filter(person=person, first_choice=True, ends_on__isnull=True).first()
        if old:
            end_contact_point(row=old, ends_on=by.today, by=by, reason=why)
        values = {"kind": "mobile", "value": value, "first_choice": True, "starts_on": by.today, **rules}
        return add_contact_point(person=person, values=values, by=by)

    return do


def warned(kind: str, short: str, words: str, review_in: int, labels: int = 0) -> Do:
    """An alert was added."""

    def do(past: Past, person: Person, by: Actor) -> object:
        review_on = past.day(-review_in)
        values = {"kind": kind, "short": short, "words": words, "review_on": review_on, "labels": labels}
        return add_alert(person=person, values=values, by=by)

    return do


def no_longer(short: str, why: str) -> Do:
    """An alert ended."""

    def do(past: Past, person: Person, by: Actor) -> object:
        alert = Alert.objects.get(person=person, short=short, ended_on__isnull=True)
        return end_alert(row=alert, ends_on=by.today, by=by, reason=why)

    return do


def told_us(**values: Any) -> Do:
    """Something about them is different, or known better."""

    def do(past: Past, person: Person, by: Actor) -> object:
        return edit_about(person=person, version_seen=person.version, values=values, by=by)

    return do


def goes_by(given: str, family: str = "") -> Do:
    """They told us the name they go by."""

    def do(past: Past, person: Person, by: Actor) -> object:
        return add_name(person=person, values={"kind": "preferred", "given": given, "family": family}, by=by)

    return do


TOLD: list[tuple[int, int, str, str, Do]] = [
    (
        8,
        10,
        RENEE,
        "Lucía Ferreira",
        new_phone(
            "(617) 555-0118",
            why="Changed so that Ramiro cannot call.",
            safe_to_call=False,
            safe_to_leave_message=False,
            note="Text first. Her sister sometimes answers.",
        ),
    ),
    (2, 15, RENEE, "Lucía Ferreira", warned("dog", "Dog in yard", "Loose in the yard. Wait at the gate.", 40)),
    (
        12,
        14,
        RENEE,
        "Marcus Ellery",
        moved("16 Rope Walk", "Room 9", way="Rooming house. Ring twice, ask for the office."),
    ),
    (5, 9, RENEE, "Marcus Ellery", new_phone("(617) 555-0131", why="Lost the phone.", safe_to_leave_message=False)),
    (
        4,
        16,
        RENEE,
        "Kalani Mahoe",
        warned(
            "health", "Home from hospital", "Tires quickly. Short visits, sitting down, until the stitches are out.", 17
        ),
    ),
    (6, 11, RENEE, "Eun-ji Park", goes_by("Angie", "Park")),
    (5, 17, RENEE, "Shawn Pruitt", moved("102 Foundry Street", "Rear", way="Through the yard, gray door.")),
    (9, 13, RENEE, "Amina Warsame", told_us(other_languages=["ar", "sw"])),
    (10, 10, RENEE, "Joaquín Salcedo", told_us(interpreter="always", language="es")),
    (11, 12, RENEE, "Sofia Petrakis", no_longer("Stairs", "She has moved to the ground floor.")),
    (3, 14, JONAH, "Wren Castellano", told_us(gender_words="agender")),
    (
        7,
        10,
        ANDRE,
        "Dolores Quintana",
        warned("health", "New walker", "Uses it outdoors only. Remind her indoors, too.", 30),
    ),
    (
        13,
        9,
        ANDRE,
        "Suk-Yin Lau",
        new_phone("(508) 555-0112", why="Line in her husband's name was cut off.", kind="home"),
    ),
    (6, 15, MEI_LIN, "Ibrahim Sesay", moved("205 Harbor Road", "Apt 12", way="Elevator is out: second stairway.")),
    (2, 9, TOMAS, "Inés Costa Ferreira", told_us(pronouns="she/her", other_languages=["en", "pt"])),
    (9, 16, TOMAS, "Jalen Rivers", moved("131 Summer Street", town="Port Sorrel", zip_code="02011")),
    (4, 10, SUNNIVA, "Ximena Orellana", told_us(interpreter="medical")),
    (1, 11, KEISHA, "Tomasz Wolny", told_us(other_languages=["en", "uk"])),
    (3, 17, GLORIA, "Roz Achterberg", warned("safety", "Son visits unannounced", "He is loud. Leave and call us.", 60)),
]


def _by_chance(past: Past, maker: Maker) -> list[Happening]:
    """Thirty others moved or have a new number; their own workers wrote it down."""
    rng: Random = maker.rng
    chosen = rng.sample(sorted(past.office.carried), 30)
    made = []
    for client in chosen:
        worker = past.office.carried[client]
        ago, hour = rng.randrange(1, DAYS), rng.randrange(9, 17)
        made.append(_happening(ago, hour, worker, client, _some_change(maker)))
    return made


def _some_change(maker: Maker) -> Do:
    if maker.rng.random() < 0.5:
        home = draw_home(maker.rng)
        return moved(home.line1, home.line2, town=home.city, zip_code=home.postal_code)
    return new_phone(maker.phone(), why=maker.rng.choice(("New number.", "Lost the phone.", "Cheaper plan.")))
