"""What makes a few of the drawn people particular: alerts, labels, second addresses, a death."""

from datetime import timedelta

from goldthread.doors.demo.chance import Maker
from goldthread.doors.demo.kin import Kin
from goldthread.doors.demo.places import draw_home
from goldthread.doors.demo.sketch import Home, Sketch, Warn
from goldthread.foundation.lib.labels import Label
from goldthread.people.persons.enums import AddressKind, AlertKind

ALERTS = (
    (AlertKind.ALLERGY, "Penicillin", "Rash all over at the age of ten."),
    (AlertKind.ALLERGY, "Bee stings", "Carries an injector."),
    (AlertKind.ALLERGY, "Shellfish", "Face and lips swell."),
    (AlertKind.ALLERGY, "Codeine", "Vomits. Has fainted once."),
    (AlertKind.DOG, "Large dog", "Kind, but jumps. Ask them to hold it."),
    (AlertKind.DOG, "Dog bites", "Ring first and wait until it is in the back room."),
    (AlertKind.SAFETY, "Meet outside", "Neighbor has threatened staff. Meet at the library."),
    (AlertKind.SAFETY, "Icy steps", "No rail. Use the side door in winter."),
    (AlertKind.HEALTH, "Diabetes", "Shaky or confused: juice first, then call."),
    (AlertKind.HEALTH, "Low vision", "Large print, good light, say who you are."),
    (AlertKind.HEALTH, "Hard of hearing", "Face them and speak slowly. No phone calls."),
    (AlertKind.HEALTH, "Asthma", "No perfume, no smoke on your coat."),
    (AlertKind.COURT_ORDER, "Custody order", "Only the mother may pick up the children."),
    (AlertKind.OTHER, "Remove shoes", "The family asks everyone to take off their shoes."),
    (AlertKind.OTHER, "No visits at noon", "Prayer from 12 to 1."),
    (AlertKind.OTHER, "Panics in small rooms", "Meet in the garden or leave the door open."),
)
DIRECTIONS = (
    "Third floor, no elevator.",
    "Entrance from the yard.",
    "Buzzer 4. The name on it is the landlord's.",
    "Last house before the marsh, green roof.",
    "Park on the street: the drive is the neighbor's.",
)
LABELS = (
    Label.SUBSTANCE_USE,
    Label.SUBSTANCE_USE,
    Label.HIV,
    Label.SUBSTANCE_USE,
    Label.HIV,
    Label.MINOR_CONSENTED,
    Label.SUBSTANCE_USE,
    Label.SEALED,
)


def add_touches(maker: Maker, families: list[Kin]) -> None:
    """Give some of the clients alerts, labels, a safe or mailing address, directions, an earlier address; let three have died."""
    clients = [client for kin in families for client in kin.clients]
    for client in clients:
        _maybe_alert(maker, client)
        _maybe_address(maker, client)
    for label, client in zip(LABELS, maker.rng.sample(clients, len(LABELS)), strict=True):
        client.labels = int(label)
    for client in maker.rng.sample([c for c in clients if _is_adult(maker, c)], 5):
        _hide(maker, client)
    for client in maker.rng.sample([c for c in clients if _is_old(maker, c)], 3):
        client.died_on = maker.days_ago(20, 300)
        client.client_since = min(client.client_since or client.died_on, client.died_on - timedelta(days=90))


def _maybe_alert(maker: Maker, client: Sketch) -> None:
    if maker.rng.random() > 0.22:
        return
    kind, short, words = maker.rng.choice(ALERTS)
    review_on = maker.today + timedelta(days=maker.rng.randrange(-25, 330))
    client.alerts.append(Warn(kind, short, words, review_on))


def _maybe_address(maker: Maker, client: Sketch) -> None:
    rng, home = maker.rng, client.homes[0]
    if rng.random() < 0.12:
        home.directions = rng.choice(DIRECTIONS)
    if rng.random() < 0.08:
        client.homes.append(
            Home(f"P.O. Box {rng.randrange(11, 990)}", home.city, home.postal_code, kind=AddressKind.MAILING)
        )
    if rng.random() < 0.15 and home.starts_on:
        before = draw_home(rng)
        before.ends_on = home.starts_on
        client.homes.append(before)


def _hide(maker: Maker, client: Sketch) -> None:
    """Make where they live a safe address."""
    home = client.homes[0]
    home.kind, home.labels, home.directions = AddressKind.SAFE, int(Label.DOMESTIC_VIOLENCE), ""
    client.alerts.append(
        Warn(
            AlertKind.SAFETY,
            "Private address",
            "Give it to nobody, whoever asks. If somebody insists, tell your supervisor.",
            maker.today + timedelta(days=maker.rng.randrange(20, 200)),
            labels=int(Label.DOMESTIC_VIOLENCE),
        )
    )


def _is_adult(maker: Maker, client: Sketch) -> bool:
    return client.born is not None and (maker.today - client.born).days > 19 * 366


def _is_old(maker: Maker, client: Sketch) -> bool:
    return client.born is not None and (maker.today - client.born).days > 70 * 366
