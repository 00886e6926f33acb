"""Which places on waitlists, and which hand-offs, a viewer may read or answer: by the acts of inquiries.

A place carries the labels of its program alone: who answers for that program sees who waits for it, also where the inquiry asked for
another program that they may not know of. Then the inquiry itself stays closed to them.
"""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from goldthread.access.acts import INQUIRY_ACTS, Act
from goldthread.access.gate import refuse
from goldthread.access.inquiries import inquiries
from goldthread.access.rules import Relation, Way, ways_of
from goldthread.access.scopes import cleared
from goldthread.access.viewer import Viewer
from goldthread.casework.intake.models import HandOff, Inquiry, Offer, Place
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.compiled import AnyOf
from goldthread.foundation.programs.models import Program


def places(viewer: Viewer, act: Act) -> QuerySet[Place]:
    """The places for which *viewer* may do *act*. ValueError for an act that is not one of inquiries."""
    if act not in INQUIRY_ACTS:
        raise ValueError(f"{act} is not done to an inquiry")
    ways = [
        condition for condition in (_way(viewer, way) for way in ways_of(viewer.roles, act)) if condition is not None
    ]
    if not ways:
        return Place.objects.none()
    found = Place.objects.filter(reduce(or_, ways))
    return found.exclude(inquiry__client__in=viewer.blocked) if viewer.blocked else found


def offers(viewer: Viewer, act: Act) -> QuerySet[Offer]:
    """The offers of places for which *viewer* may do *act*: by their own index, each place looked at."""
    return Offer.objects.filter(Exists(places(viewer, act).filter(pk=OuterRef("place"))))


def open_place(viewer: Viewer, act: Act, pk: UUID, page: str) -> Place:
    """The place *pk*, when the viewer may do *act* to it; the read is recorded. Otherwise Http404, and the refusal is recorded."""
    related = ("program__team", "inquiry__client", "owner", "team")
    found = places(viewer, act).filter(pk=pk).select_related(*related).first()
    if found is None:
        refuse(viewer, act, page=page)
        raise Http404
    client = found.inquiry.client_id
    record(by=viewer.actor, action=act.value, kind="place", object_id=pk, client=client, details={"page": page})
    return found


def waitlists(viewer: Viewer, among: list[Program]) -> list[Program]:
    """Those of *among* whose waitlist the viewer may open: programs whose labels some way of theirs clears. No query."""
    ways = list(ways_of(viewer.roles, Act.READ_INQUIRY))
    return [program for program in among if any(_reaches(viewer, way, program) for way in ways)]


def referrals(viewer: Viewer, act: Act) -> QuerySet[HandOff]:
    """The hand-offs of inquiries on which the viewer may do *act*."""
    return HandOff.objects.filter(Exists(inquiries(viewer, act).filter(pk=OuterRef("inquiry"))))


def open_referral(viewer: Viewer, act: Act, inquiry: UUID, pk: UUID, page: str) -> HandOff:
    """The hand-off *pk* of *inquiry*, when the viewer may do *act* to that; the read is recorded. Otherwise Http404, recorded as well."""
    rows = referrals(viewer, act).filter(pk=pk, inquiry=inquiry)
    found = rows.select_related("inquiry__client", "owner").first()
    if found is None or found.inquiry is None:
        refuse(viewer, act, page=page)
        raise Http404
    client = found.inquiry.client_id
    record(by=viewer.actor, action=act.value, kind="hand_off", object_id=pk, client=client, details={"page": page})
    return found


def _reaches(viewer: Viewer, way: Way, program: Program) -> bool:
    if way.to == Relation.OWN:
        return False
    if program.labels & ~way.cleared:
        return False
    team = program.team
    match way.to:
        case Relation.AGENCY:
            return True
        case Relation.TEAM:
            return program.team_id in viewer.teams
        case Relation.SUPERVISOR_OF:
            return program.team_id in viewer.supervised
        case Relation.SITE:
            return way.role not in viewer.sites or bool(team and team.site_id == viewer.sites[way.role])
    return False


def _way(viewer: Viewer, way: Way) -> Q | None:
    """The places that one way opens; None when it can open none."""
    clear = cleared("labels", way.cleared)
    if way.to == Relation.AGENCY:
        return clear
    if way.to == Relation.OWN:
        own = Inquiry.objects.filter(Q(owner=viewer.staff) | Q(received_by=viewer.staff.pk), pk=OuterRef("inquiry"))
        return clear & (Q(owner=viewer.staff) | Q(Exists(own)))  # a join would read every inquiry to count who waits
    if way.to == Relation.SITE and way.role not in viewer.sites:
        return clear
    tie = _tie(viewer, way)
    return None if tie is None else clear & tie


def _tie(viewer: Viewer, way: Way) -> Q | None:
    """What binds the viewer to the program."""
    match way.to:
        case Relation.TEAM:
            return Q(AnyOf(F("program__team"), viewer.teams)) if viewer.teams else None
        case Relation.SUPERVISOR_OF:
            return Q(AnyOf(F("program__team"), viewer.supervised)) if viewer.supervised else None
        case Relation.SITE:
            return Q(program__team__site=viewer.sites[way.role])
    return None
