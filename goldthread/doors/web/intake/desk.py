"""What every view of an inquiry works with: the inquiry, whether it is kept already, and what the page sent."""

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.inquiries import inquiries, open_inquiry
from goldthread.access.viewer import Viewer
from goldthread.casework.intake.actions.writing import Kept, keep
from goldthread.casework.intake.enums import InquiryState
from goldthread.casework.intake.models import Inquiry
from goldthread.casework.intake.rules.said import Clash
from goldthread.doors.web.contacts.saving import number_of
from goldthread.doors.web.entry import StaffRequest, page_of

NOT_SAID = frozenset({"csrfmiddlewaretoken", "version", "writer", "changed", "do"})


@dataclass(slots=True)
class Desk:
    """``kept``: there is a row. ``clashes``: what another page changed, too."""

    request: StaffRequest
    inquiry: Inquiry
    kept: bool
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Field and what is wrong with it."""
    clashes: tuple[Clash, ...] = ()

    @property
    def viewer(self) -> Viewer:
        return self.request.viewer

    @property
    def open(self) -> bool:
        """Can it still be written?"""
        return self.inquiry.state == InquiryState.OPEN

    def keep(self) -> Kept:
        """Keep what the page sent. DomainError: it is finished."""
        sent = self.request.POST
        given = {name: list(values) for name, values in sent.lists() if name not in NOT_SAID}
        given |= {name: [] for name in ("program", "coverage") if name not in given and "version" in sent}
        changed = sent.get("changed")
        found = keep(
            pk=self.inquiry.pk,
            given=given,
            by=self.viewer.actor,
            version_seen=number_of(sent.get("version")),
            writer=sent.get("writer", "")[:40],
            changed=changed.split(",")[:400] if changed is not None else None,
        )
        self.inquiry, self.kept, self.clashes = found.inquiry, True, found.clashes
        return found


def desk_of(request: StaffRequest, pk: UUID, act: Act) -> Desk:
    """The desk of the inquiry *pk*. One that is not there yet is begun, by who may write one; else Http404.

    Whoever keeps typing is not written on the audit log for every save: opening the page is.
    """
    if not Inquiry.objects.filter(pk=pk).exists():
        if not gate.may(request.viewer, Act.WRITE_INQUIRY):
            raise Http404
        return Desk(request, new_inquiry(request, pk), kept=False)
    if request.method == "POST" and inquiries(request.viewer, act).filter(pk=pk).exists():
        return Desk(request, Inquiry.objects.select_related("client", "owner", "team").get(pk=pk), kept=True)
    return Desk(request, open_inquiry(request.viewer, act, pk, page_of(request)), kept=True)


def new_inquiry(request: StaffRequest, pk: UUID) -> Inquiry:
    """An inquiry that nobody has kept yet, as the page shows it."""
    viewer = request.viewer
    return Inquiry(
        id=pk,
        version=0,
        received_by=viewer.staff.pk,
        received_at=viewer.at,
        received_on=viewer.today,
        due_on=viewer.today,
    )
