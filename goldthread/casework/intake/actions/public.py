"""What comes in by a public page: bounded, and answered the same whoever it is about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.room import one_at_a_time
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.enums import Came, InquiryState
from goldthread.casework.intake.models import Inquiry, Knock
from goldthread.casework.intake.rules.said import NO_TEXT, clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.models import Program

HOUR = timedelta(hours=1)
KEPT = timedelta(days=1)
FROM_ONE_ADDRESS = 6
"""In an hour: a shelter or a library sends several people's from one address."""
FROM_ANYWHERE = 200
"""In an hour, from all addresses together: more is no people."""
FIELDS = (
    "given",
    "family",
    "caller",
    "caller_name",
    "caller_phone",
    "caller_email",
    "call_back",
    "message_ok",
    "language",
    "wanted",
    "urgency",
    "postal_code",
    "birth_date",
)


class TooMany(DomainError):
    """Too many came from one address, or at all."""


@transaction.atomic
def receive(*, pk: UUID, program: Program, given: Mapping[str, Sequence[str]], digest: str, by: Actor) -> Inquiry:
    """Keep what somebody asks on the public page of *program*. *pk*: of the form they have open; *digest*: of their address.

    The same words within the hour are the same inquiry, from whichever form: who went back finds a new one, filled in. Other words
    are another one, from the same form, too: that it is urgent now must reach somebody.

    DomainError: nothing is asked, or there is no way to answer. TooMany: so much came that nobody typed it.
    """
    said = {name: given[name] for name in FIELDS if name in given}
    _check(said)
    one_at_a_time(program.pk)  # of two presses at once the second finds what the first wrote
    said |= {"came": [Came.PAGE], "program": [program.key], "referral": ["self"]}
    if said.get("caller", [""])[-1] not in ("", "self"):
        said["referral"] = ["family"]
    if told := _told_before(said, by):
        return told
    _let_in(digest, by)
    own = new_id() if Inquiry.objects.filter(pk=pk).exists() else pk
    return keep(pk=own, given=said, by=by, writer="page").inquiry


def _told_before(said: Mapping[str, Sequence[str]], by: Actor) -> Inquiry | None:
    """The open inquiry that came in by a page within the hour and says the very same. Who is answered and asks again is heard anew."""
    wanted = {name: text for name, text in clean(said).items() if text not in NO_TEXT}
    lately = Inquiry.objects.filter(received_at__gt=by.at - HOUR, came=Came.PAGE, state=InquiryState.OPEN)
    lately = lately.order_by("-received_at", "-pk")
    return next((row for row in lately[:FROM_ANYWHERE] if row.said == wanted), None)


def _check(said: Mapping[str, Sequence[str]]) -> None:
    def text(name: str) -> str:
        return (said.get(name) or [""])[-1].strip()

    if not (text("caller_name") or text("given")):
        raise DomainError(_("Write your name, or what we may call you."), "caller_name")
    if not (sum(letter.isdigit() for letter in text("caller_phone")) >= 7 or "@" in text("caller_email")):
        raise DomainError(_("Write a telephone number or an email, so that we can answer."), "caller_phone")
    if not text("wanted"):
        raise DomainError(_("Write in a few words what you need."), "wanted")


def _let_in(digest: str, by: Actor) -> None:
    Knock.objects.filter(at__lt=by.at - KEPT).delete()
    lately = Knock.objects.filter(at__gt=by.at - HOUR)
    if lately.filter(digest=digest).count() >= FROM_ONE_ADDRESS or lately.count() >= FROM_ANYWHERE:
        raise TooMany(_("Too much was sent from here in the last hour. Please call us instead, or try again later."))
    Knock.objects.create(digest=digest, at=by.at)
