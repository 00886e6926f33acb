"""What to say on the telephone, from what is known: only what this viewer may read anyway."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.doors.web.clients.around import namable, saw_around
from goldthread.doors.web.clients.header import ADDRESSES, OPEN_ALERTS, POINTS, seen
from goldthread.people.persons.enums import ContactKind
from goldthread.people.persons.models import Address, Person
from goldthread.people.persons.queries import household_of
from goldthread.people.persons.rules import age_words, language_name


@dataclass(frozen=True, slots=True)
class Fact:
    """A line to read out. ``words`` is empty where it is not known, or not for this viewer."""

    name: str
    words: str


def known_of(viewer: Viewer, client: Person) -> list[Fact]:
    """Name, age, where to find them, who lives there, how to talk to them. Rows under labels not cleared are left out."""
    if not gate.may_on(viewer, Act.MAKE_REPORT, client):
        return []
    cleared = gate.cleared_labels(viewer, client)
    addresses = [one for one in ADDRESSES.ask(client=client.pk, today=viewer.today) if seen(one, cleared)]
    points = POINTS.ask(persons=[client.pk], today=viewer.today)
    phones = [one.value for one in points if seen(one, cleared) and one.kind != ContactKind.EMAIL]
    alerts = [one.short for one in OPEN_ALERTS.ask(client=client.pk) if seen(one, cleared)]
    born = client.birth_date
    age = " · ".join(filter(None, (age_words(client, viewer.today), born.isoformat() if born else "")))
    return [
        Fact(_("Name"), client.display_name),
        Fact(_("Age and birth date"), age),
        Fact(_("Where they live"), "; ".join(address_line(one) for one in addresses)),
        Fact(_("Phone"), ", ".join(phones)),
        Fact(_("Who lives there"), ", ".join(_household(viewer, client, cleared))),
        Fact(_("Language"), language_name(client.language)),
        Fact(_("Dangers to know"), "; ".join(alerts)),
    ]


def address_line(address: Address) -> str:
    """An address on one line."""
    parts = (address.line1, address.line2, address.city, address.region, address.postal_code)
    return ", ".join(part for part in parts if part)


def _household(viewer: Viewer, client: Person, cleared: int) -> list[str]:
    places = namable(viewer, household_of(client, cleared, viewer.today))
    saw_around(viewer, client, places, "reports:new")
    shown = [place.person for place in places if place.person_id != client.pk]
    return [" ".join(filter(None, (one.display_name, age_words(one, viewer.today)))) for one in shown]
