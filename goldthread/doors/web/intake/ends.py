"""What an inquiry can come to besides being taken in or closed: a place on a waitlist, or a warm hand-off."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.hand_offs import Elsewhere, refer_inquiry
from goldthread.casework.intake.actions.waiting import put_on_waitlist
from goldthread.casework.intake.queries.fitting import as_kept
from goldthread.casework.intake.queries.waiting import positions
from goldthread.doors.web.intake.desk import Desk
from goldthread.doors.web.intake.meanwhile import answers_sent
from goldthread.doors.web.intake.page import Card, cards
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.ui.toasts import tell

REFER = ("organization", "phone", "wanted", "said", "together", "spoke_to")


def card_sent(desk: Desk, name: str) -> Card:
    """The program that was chosen. DomainError: none."""
    card = next((one for one in cards(desk) if str(one.fit.program.pk) == desk.request.POST.get(name, "")), None)
    if card is None:
        raise DomainError(_("Choose the program."), name)
    return card


def day_sent(sent: Any, name: str, field: str = "") -> Any:
    """The day in a field; None where it is empty. DomainError: nobody can read it."""
    text = sent.get(name, "").strip()
    try:
        return read_date(text) if text else None
    except DomainError as error:
        raise DomainError(error.message, field or name) from error


def wait(desk: Desk, what: str) -> HttpResponse | None:
    """Put whom it is about on the waitlist of the chosen program."""
    sent, viewer = desk.request.POST, desk.viewer
    card = card_sent(desk, "take")
    known = {one.key for one in card.fit.template.comes_first}
    place = put_on_waitlist(
        inquiry=desk.inquiry,
        program=card.fit.program,
        answers={key: said for key, said in answers_sent(sent).items() if key in known},
        note=sent.get("wait_note", ""),
        told=sent.get("wait_told", ""),
        override=sent.get("override", ""),
        judged=as_kept(card.fit.judged),
        by=viewer.actor,
    )
    number = positions([place])[place.pk]
    tell(
        desk.request,
        _("%(name)s is number %(number)s on the waitlist of %(program)s.")
        % {"name": desk.inquiry.display_name, "number": number, "program": card.fit.program.name},
    )
    return None


def refer(desk: Desk, what: str) -> HttpResponse | None:
    """Refer whom it is about elsewhere: instead of one program, or as the answer to the whole inquiry."""
    sent = desk.request.POST
    instead = card_sent(desk, "refer_for") if sent.get("refer_for") else None
    try:
        made = refer_inquiry(
            inquiry=desk.inquiry,
            to=elsewhere_sent(sent, "refer_"),
            program=instead.fit.program if instead else None,
            judged=as_kept(instead.fit.judged) if instead else None,
            by=desk.viewer.actor,
        )
    except DomainError as error:
        raise DomainError(error.message, f"refer_{error.field}" if error.field else "") from error
    tell(desk.request, _("Referred to %(organization)s.") % {"organization": made.organization})
    return None


def elsewhere_sent(sent: Any, prefix: str = "") -> Elsewhere:
    """Where to, and how, as the form says."""
    texts = {name: sent.get(f"{prefix}{name}", "") for name in REFER}
    return Elsewhere(**texts, ask_on=day_sent(sent, f"{prefix}ask_on", "ask_on"))
