"""A worker's appointments with what may be shown of them, for the week and for My day."""

from collections.abc import Collection
from typing import Any

from django.db.models import BooleanField, Case, QuerySet, Value, When

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Cover
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import NO_CLIENT, goers_of, of_worker
from goldthread.casework.schedule.rules import Span
from goldthread.foundation.lib.compiled import Given

SHOWN = (*(field.name for field in Appointment._meta.concrete_fields), "client__display_name")
"""An appointment whole; of its client the name. Whole persons for a week cost as much as everything else of it."""


def agreed_with(viewer: Viewer, span: Span, covers: Collection[Cover] = ()) -> list[Appointment]:
    """What *viewer* has within *span*, their own and that of *covers*, by time; each with ``seen`` (may the client be shown?),
    the client's name, and ``goers`` (the names of who goes, by id). Two queries; one where there is nothing."""
    rows = (
        list(_seen(viewer, span, covers)) if covers else _AGREED.ask(viewer, starts=span.starts_at, ends=span.ends_at)
    )
    goers = goers_of([row.pk for row in rows])
    for row in rows:
        row.goers = goers[row.pk]  # type: ignore[union-attr]  # ours, for the lines
    return rows


def _seen(viewer: Viewer, span: Span, covers: Collection[Cover] = ()) -> QuerySet[Appointment, Any]:
    shown = When(NO_CLIENT | gate.content_in(viewer, Act.WRITE_SCHEDULE), then=Value(True))
    seen = Case(shown, default=Value(False), output_field=BooleanField())
    return of_worker(viewer.staff, span, covers).annotate(seen=seen).only(*SHOWN)


def _own(viewer: Viewer) -> QuerySet[Appointment, Any]:
    starts, ends = Given("starts"), Given("ends")
    return _seen(viewer, Span(starts, ends))  # type: ignore[arg-type]  # instants are given at each use


_AGREED: AskedBy[Appointment] = AskedBy(_own)
