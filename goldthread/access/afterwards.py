"""A discharge that one has signed or ended stays open to them for a while, though their assignment has ended with it (ADR 0054):
its confirmation and its packet, and nothing else of the client."""

from uuid import UUID

from django.http import Http404

from goldthread.access.viewer import Viewer
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.ways import still_mine
from goldthread.foundation.audit import actions as audit

MOST = 100


def own_goodbyes(viewer: Viewer) -> list[WayOut]:
    """Those of the last thirty days, the latest first, without clients from whom the viewer is blocked. Each named is recorded."""
    rows = WayOut.objects.filter(still_mine(viewer.staff, viewer.at)).exclude(person__in=viewer.blocked)
    found = list(rows.select_related("episode__program", "person").order_by("-ended_at", "-pk")[:MOST])
    if found:
        audit.record_many(
            by=viewer.actor,
            action="client.listed",
            kind="person",
            clients=[way.person_id for way in found],
            details={"page": "discharge:mine"},
        )
    return found


def open_goodbye(viewer: Viewer, pk: UUID, page: str) -> WayOut:
    """The one named, recorded before it is shown; Http404 and a recorded refusal for anybody else's, an older or an undone one."""
    rows = WayOut.objects.filter(still_mine(viewer.staff, viewer.at), pk=pk).exclude(person__in=viewer.blocked)
    way = rows.select_related("episode__program__team__site", "person", "signed_by", "ended_by").first()
    if way is None:
        audit.record_denied(
            by=viewer.actor,
            action="access.refused",
            kind="discharge",
            object_id=pk,
            client=None,
            details={"act": "discharge.write", "why": "relation", "page": page},
        )
        raise Http404
    audit.record(
        by=viewer.actor,
        action="client.read",
        kind="person",
        object_id=way.person_id,
        client=way.person_id,
        details={"page": page, "way": ["own discharge"]},
    )
    return way
