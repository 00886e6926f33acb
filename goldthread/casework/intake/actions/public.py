"""What comes in by a public page: bounded, and answered the same whoever it is about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.enums import Came
from goldthread.casework.intake.models import Inquiry, Knock
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
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
    """Keep what somebody asks on the public page of *program*. The same *pk* twice is once. *digest*: of their address.

    DomainError: nothing is asked, or there is no way to answer. TooMany: so much came that nobody typed it.
    """
    if made := Inquiry.objects.filter(pk=pk).first():
        return made
    said = {name: given[name] for name in FIELDS if name in given}
    _check(said)
    _let_in(digest, by)
    said |= {"came": [Came.PAGE], "program": [program.key], "referral": ["self"]}
    if said.get("caller", [""])[-1] not in ("", "self"):
        said["referral"] = ["family"]
    return keep(pk=pk, given=said, by=by, writer="page").inquiry


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
