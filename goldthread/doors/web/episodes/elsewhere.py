"""Where else a client waits, or was referred to, as far as the viewer may know of it."""

from typing import Any

from django.db.models import Q

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.content import Sight
from goldthread.access.viewer import Viewer
from goldthread.access.waiting import places, referrals
from goldthread.casework.intake.models import HandOff, Place
from goldthread.casework.intake.queries.waiting import waits_of_client
from goldthread.people.persons.models import Person

MOST = 20


def elsewhere_of(viewer: Viewer, client: Person) -> dict[str, Any]:
    """``waits``: places with position and days; ``hand_offs``: the newest. Two queries, and one for each place.

    A place hangs on no episode. Its program's labels are cleared through that program alone, or for the whole agency: who works with the
    client in another one does not learn of it (42 CFR 2.12(c)(3)).
    """
    sight = gate.sight(viewer, client, Act.READ_EPISODE)
    found = waits_of_client(client.pk, gate.cleared_labels(viewer, client))
    opened = _opened(viewer, [place for place, _number in found])
    waits = [one for one in found if sight.sees_of_any_program(one[0].labels) or one[0].pk in opened]
    return {
        "waits": [
            {"place": place, "number": number, "days": (viewer.today - place.since).days, "opens": place.pk in opened}
            for place, number in waits
        ],
        "hand_offs": hand_offs_of(viewer, client, gate.sight(viewer, client)),
        "may_refer": gate.may_on(viewer, Act.WRITE_CONTACT, client),
    }


def _opened(viewer: Viewer, rows: list[Place]) -> set[Any]:
    """Those whose own page the viewer may open."""
    if not rows or not gate.may(viewer, Act.READ_INQUIRY):
        return set()
    wanted = [row.pk for row in rows]
    return set(places(viewer, Act.READ_INQUIRY).filter(pk__in=wanted).values_list("pk", flat=True))


def hand_offs_of(viewer: Viewer, client: Person, sight: Sight) -> list[HandOff]:
    """Where the client was referred to, from an inquiry or from the record: of an inquiry for a protected program to who may read that
    inquiry. One query, two where there is such an inquiry; none for who may not read the record."""
    if not gate.may_on(viewer, Act.READ_RECORD, client):
        return []
    theirs = Q(client=client) | Q(inquiry__client=client)
    rows = list(HandOff.objects.filter(sight.rows(), theirs).order_by("-made_at", "-pk")[:MOST])
    protected = [row.pk for row in rows if row.episode_id is None and not sight.sees_of_any_program(row.labels)]
    if not protected:
        return rows
    opened = set(referrals(viewer, Act.READ_INQUIRY).filter(pk__in=protected).values_list("pk", flat=True))
    return [row for row in rows if row.pk not in protected or row.pk in opened]
