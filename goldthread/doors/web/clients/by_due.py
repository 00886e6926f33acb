"""The client list by what is due first.

What is due first differs by reader (labels, programs, relations), so no column of the client can hold it, and no index the order.
It is worked out for the clients who are listed: so many as a team has, not as an agency has.
"""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from goldthread.access.viewer import Viewer
from goldthread.doors.web.clients.columns import DUE, Listed
from goldthread.doors.web.clients.pages import Page, page_around
from goldthread.people.persons.models import Person

MOST = 2_000
"""So many clients are put in order; of more, the reader is asked to narrow the list."""


def page_by_due(clients: QuerySet[Person], viewer: Viewer, *, after: str = "", before: str = "") -> Page | None:
    """One page of *clients*: who is latest first, who has nothing due last, by name where the day is the same. None: they are
    more than MOST. Three queries."""
    named = list(clients.order_by("sort_key", "id").values_list("pk", flat=True)[: MOST + 1])
    if len(named) > MOST:
        return None
    due: dict[UUID, date] = {client: soonest for client, soonest, _late in DUE.ask(viewer, ids=named)}
    span = page_around(sorted(named, key=lambda pk: due.get(pk, date.max)), after=after, before=before)
    found = {row[0]: Listed(*row) for row in clients.filter(pk__in=span.ids).values_list(*Listed._fields)}
    return Page([found[pk] for pk in span.ids if pk in found], span.before, span.after, by_due=True)
