"""Which inquiries a viewer may read or answer, as one query; and the one at hand.

A label of an inquiry comes from a program that is asked for. It is cleared through that program alone: who supervises the
mental-health team does not read that somebody asked for help with substance use, too.
"""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.lookups import Exact
from django.http import Http404

from goldthread.access.acts import INQUIRY_ACTS, Act
from goldthread.access.gate import refuse
from goldthread.access.rules import Relation, Way, ways_of
from goldthread.access.scopes import cleared
from goldthread.access.viewer import Viewer
from goldthread.casework.intake.models import AskedProgram, Inquiry
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.compiled import AnyOf


def inquiries(viewer: Viewer, act: Act) -> QuerySet[Inquiry]:
    """The inquiries on which *viewer* may do *act*. ValueError for another kind of act."""
    if act not in INQUIRY_ACTS:
        raise ValueError(f"{act} is not done to an inquiry")
    ways = [
        condition for condition in (_way(viewer, way) for way in ways_of(viewer.roles, act)) if condition is not None
    ]
    if not ways:
        return Inquiry.objects.none()
    found = Inquiry.objects.filter(reduce(or_, ways))
    return found.exclude(client__in=viewer.blocked) if viewer.blocked else found


def open_inquiry(viewer: Viewer, act: Act, pk: UUID, page: str) -> Inquiry:
    """The inquiry *pk*, when the viewer may do *act* to it; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    found = inquiries(viewer, act).filter(pk=pk).select_related("client", "owner", "team").first()
    if found is None:
        refuse(viewer, act, page=page)
        raise Http404
    record(
        by=viewer.actor, action=act.value, kind="inquiry", object_id=pk, client=found.client_id, details={"page": page}
    )
    return found


def may_write(viewer: Viewer, inquiry: Inquiry) -> bool:
    """May the viewer answer *inquiry*? For buttons. One query."""
    return inquiries(viewer, Act.WRITE_INQUIRY).filter(pk=inquiry.pk).exists()


def _way(viewer: Viewer, way: Way) -> Q | None:
    """The inquiries that one way opens; None when it can open none."""
    clear = cleared("labels", way.cleared)
    if way.to == Relation.AGENCY:
        return clear
    if way.to == Relation.OWN:
        return clear & (Q(owner=viewer.staff) | Q(received_by=viewer.staff.pk))
    if way.to == Relation.SITE and way.role not in viewer.sites:
        return clear
    tie = _tie(viewer, way)
    if tie is None:
        return None
    asked = AskedProgram.objects.filter(tie, inquiry=OuterRef("pk"))
    both = F("program__labels").bitand(OuterRef("labels"))  # type: ignore[arg-type]  # the stubs know numbers alone
    return clear & Q(Exists(asked.filter(Exact(both, OuterRef("labels")))))


def _tie(viewer: Viewer, way: Way) -> Q | None:
    """What binds the viewer to a program that is asked for."""
    match way.to:
        case Relation.TEAM:
            return Q(AnyOf(F("program__team"), viewer.teams)) if viewer.teams else None
        case Relation.SUPERVISOR_OF:
            return Q(AnyOf(F("program__team"), viewer.supervised)) if viewer.supervised else None
        case Relation.SITE:
            return Q(program__team__site=viewer.sites[way.role])
    return None
