"""Signatures: asked for, given on the device or by a single-use link, declined. Each holds for one digest and no other."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from goldthread.casework.plans.actions.common import lock_version, staff_of, told
from goldthread.casework.plans.actions.putting_in_force import put_in_force_when_ready
from goldthread.casework.plans.enums import SignatureHow, SignatureRole, SignatureState, VersionKind, VersionState
from goldthread.casework.plans.models import PlanVersion, Signature
from goldthread.casework.plans.queries import rules_for
from goldthread.casework.plans.rules.checks import lacks
from goldthread.casework.plans.rules.document import digest_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy

LINK_DAYS = 14
"""How long a link can be used (product judgement)."""
MOST_STROKES, MOST_POINTS, SIDE = 200, 20_000, 1000
LEAST_POINTS = 8
"""A drawn signature is more than a dot."""


@dataclass(frozen=True, slots=True)
class SignerAsked:
    """Somebody to be asked: as what, under which name; ``staff`` or ``person`` where the agency knows them."""

    role: str
    name: str
    staff: UUID | None = None
    person: UUID | None = None
    required: bool = True


@transaction.atomic
def ask_for_signatures(*, version: PlanVersion, signers: Sequence[SignerAsked], by: Actor) -> PlanVersion:
    """The draft is finished: from now on it is what it is, under its digest, and *signers* are asked.

    DomainError: something is missing (``checks.lacks`` says what), nobody is asked, or it is no draft.
    """
    found = lock_version(version)
    if found.state == VersionState.SIGNING:
        return found
    if found.state != VersionState.DRAFT:
        raise DomainError(_("This version is not a draft any more."))
    missing = lacks(found.content, rules_for(found.plan.episode, by.today), review=found.kind == VersionKind.REVIEW)
    if missing:
        raise DomainError(missing[0].message)
    if not any(one.role != SignatureRole.WORKER for one in signers):
        raise DomainError(_("Ask the person, or whoever may sign for them."), "signers")
    found.state, found.digest = VersionState.SIGNING, digest_of(found.content)
    found.save(update_fields=["state", "digest"])
    Signature.objects.bulk_create([_asked(found, one, by) for one in signers])
    told(found, "plans.signatures_asked", by)
    return found


@transaction.atomic
def back_to_draft(*, version: PlanVersion, reason: str, by: Actor) -> PlanVersion:
    """Take the request for signatures back, to change something: who has signed is asked anew for the new words."""
    found = lock_version(version)
    if found.state == VersionState.DRAFT:
        return found
    if found.state != VersionState.SIGNING:
        raise DomainError(_("This version does not wait for signatures."))
    why = tidy(reason)[:300]
    if not why:
        raise DomainError(_("Say why."), "reason")
    found.signatures.exclude(state=SignatureState.WITHDRAWN).update(
        state=SignatureState.WITHDRAWN, reason=why, token_digest=""
    )
    found.state, found.digest, found.approved_by, found.approved_at = VersionState.DRAFT, "", None, None
    found.save(update_fields=["state", "digest", "approved_by", "approved_at"])
    told(found, "plans.signatures_taken_back", by)
    return found


@transaction.atomic
def sign_here(
    *, signature: Signature, how: str, by: Actor, typed: str = "", strokes: Sequence[Sequence[Any]] = ()
) -> Signature:
    """Sign on the device: *how* is drawn (*strokes*: lists of points of 0 to 1000), typed, or on paper (kept in the file).

    A worker signs for nobody but themselves. The last signature that is needed puts the version in force. DomainError otherwise.
    """
    version, found = _open(signature)
    if found.state == SignatureState.SIGNED:
        return found
    if found.staff_id and found.staff_id != by.staff:
        raise DomainError(_("Only they themselves can sign here."))
    found.how, found.witness_id = _how(how), by.staff
    found.strokes = _strokes(strokes) if how == SignatureHow.DRAWN else []
    found.typed = _typed(typed) if how == SignatureHow.TYPED else ""
    _signed(found, version, by)
    return found


def link_of(token: str, at: datetime) -> Signature | None:
    """The signature that the link with *token* asks for, while it can be used; None for any other reason."""
    found = Signature.objects.filter(
        token_digest=_digest(token), expires_at__gt=at, state=SignatureState.ASKED, version__state=VersionState.SIGNING
    )
    return found.select_related("version__plan__episode__program", "version__plan__person").first() if token else None


class Link(NamedTuple):
    """A link to sign with. *key* names it, in a job for example; *secret* stands in its address, and is kept nowhere."""

    key: UUID
    secret: str


@transaction.atomic
def new_link(*, signature: Signature, email: str, by: Actor) -> Link:
    """A link to sign with, for *email*; one that was sent before can be used no more. It is not mailed yet."""
    version, found = _open(signature)
    if found.state != SignatureState.ASKED:
        raise DomainError(_("This is signed or declined already."))
    if found.staff_id:
        raise DomainError(_("Staff sign after signing in."))
    key = new_id()
    link = Link(key, secret_of(key))
    found.token_digest, found.sent_to, found.mailed_at = _digest(link.secret), email, None
    found.expires_at = by.at + timedelta(days=LINK_DAYS)
    found.save(update_fields=["token_digest", "sent_to", "mailed_at", "expires_at"])
    told(version, "plans.link_sent", by)
    return link


def secret_of(key: UUID) -> str:
    """The secret of the link *key*. Made from the installation's key: who reads the database or the queue can make none."""
    return salted_hmac("goldthread.plans.link", str(key), algorithm="sha256").hexdigest()


def link_to_mail(signature: UUID, key: UUID, at: datetime) -> Signature | None:
    """The signature to mail the link *key* for; None: it was mailed, used, replaced or taken back meanwhile."""
    found = link_of(secret_of(key), at)
    return found if found and found.pk == signature and found.mailed_at is None else None


def link_mailed(signature: Signature, by: Actor) -> None:
    """The mail server has taken the mail with the link."""
    Signature.objects.filter(pk=signature.pk, token_digest=signature.token_digest).update(mailed_at=by.at)


@transaction.atomic
def sign_by_link(*, token: str, typed: str, by: Actor, strokes: Sequence[Sequence[Any]] = ()) -> Signature | None:
    """Sign by the link: with a name typed, or drawn. It is used up by that. None: it cannot be used (any more).

    *by*: the system at that instant. DomainError: no name, or nothing drawn.
    """
    found = link_of(token, by.at)
    if found is None:
        return None
    version, found = _open(found)
    if not _still(found, token):
        return None
    found.how = SignatureHow.LINK
    found.strokes = _strokes(strokes) if strokes else []
    found.typed = _typed(typed)
    _signed(found, version, by)
    return found


@transaction.atomic
def decline_by_link(*, token: str, reason: str, by: Actor) -> Signature | None:
    """Say no by the link, with a reason. None: it cannot be used (any more)."""
    found = link_of(token, by.at)
    if found is None or not _still(_open(found)[1], token):
        return None
    return decline(signature=found, reason=reason, by=by)


def read_by_link(*, signature: Signature, by: Actor) -> None:
    """The plan was shown to who has the link: the audit log says so, as it does of every reading."""
    told(signature.version, "plans.read_by_link", by, signature=str(signature.pk))


@transaction.atomic
def decline(*, signature: Signature, reason: str, by: Actor) -> Signature:
    """They do not sign, for *reason*. It is kept with the version, and does not hold it up: a person's no is an answer."""
    version, found = _open(signature)
    if found.state == SignatureState.DECLINED:
        return found
    if found.state != SignatureState.ASKED:
        raise DomainError(_("This is signed already."))
    why = tidy(reason)[:300]
    if not why:
        raise DomainError(_("Say why."), "reason")
    found.state, found.reason, found.at, found.witness_id = SignatureState.DECLINED, why, by.at, by.staff
    found.token_digest = ""
    found.save()
    told(version, "plans.signature_declined", by)
    put_in_force_when_ready(version, by)
    return found


@transaction.atomic
def take_off(*, signature: Signature, reason: str, by: Actor) -> Signature:
    """Somebody need not sign after all. DomainError: no reason, it is signed, or nobody but the worker would be left."""
    version, found = _open(signature)
    if found.state != SignatureState.ASKED:
        raise DomainError(_("This is signed or declined already."))
    if not tidy(reason):
        raise DomainError(_("Say why."), "reason")
    others = version.signatures.exclude(state=SignatureState.WITHDRAWN).exclude(pk=found.pk)
    if not others.exclude(role=SignatureRole.WORKER).exists():
        raise DomainError(_("Ask the person, or whoever may sign for them."))
    found.state, found.reason = SignatureState.WITHDRAWN, tidy(reason)[:300]
    found.token_digest = ""
    found.save(update_fields=["state", "reason", "token_digest"])
    told(version, "plans.signer_taken_off", by)
    put_in_force_when_ready(version, by)
    return found


@transaction.atomic
def put_back(*, signature: Signature, by: Actor) -> Signature:
    """They are asked after all: the undo of take_off. DomainError: the version is settled, or signatures were asked for anew since."""
    version = lock_version(signature.version)
    found = Signature.objects.select_for_update().get(pk=signature.pk)
    if found.state != SignatureState.WITHDRAWN:
        return found
    newest = version.signatures.order_by("-asked_at").values_list("asked_at", flat=True).first()
    if version.state != VersionState.SIGNING or found.asked_at != newest:
        raise DomainError(_("This version does not wait for signatures."))
    found.state, found.reason = SignatureState.ASKED, ""
    found.save(update_fields=["state", "reason"])
    told(version, "plans.signer_put_back", by)
    return found


def _asked(version: PlanVersion, one: SignerAsked, by: Actor) -> Signature:
    if one.role not in SignatureRole.values:
        raise DomainError(_("Choose one from the list."), "signers")
    if not tidy(one.name):
        raise DomainError(_("Say who signs."), "signers")
    return Signature(
        version=version,
        role=one.role,
        name=tidy(one.name)[:160],
        staff_id=one.staff,
        person_id=one.person,
        required=one.required,
        asked_at=by.at,
        labels=version.labels,
    )


def _open(signature: Signature) -> tuple[PlanVersion, Signature]:
    """The version, locked, and the signature as it is now. DomainError when the version does not wait for signatures."""
    version = lock_version(signature.version)
    found = Signature.objects.select_for_update().get(pk=signature.pk)
    if version.state != VersionState.SIGNING and found.state == SignatureState.ASKED:
        raise DomainError(_("This version does not wait for signatures."))
    if found.state == SignatureState.WITHDRAWN:
        raise DomainError(_("This is not asked for any more."))
    return version, found


def _still(found: Signature, token: str) -> bool:
    """Is the link good, now that the row is locked? Two may have looked it up before either has used it."""
    return found.state == SignatureState.ASKED and found.token_digest == _digest(token)


def _signed(found: Signature, version: PlanVersion, by: Actor) -> None:
    if found.state == SignatureState.DECLINED and version.state != VersionState.SIGNING:
        raise DomainError(_("They said no, and the version is settled."))
    found.state, found.digest, found.at, found.token_digest = SignatureState.SIGNED, version.digest, by.at, ""
    found.reason = ""
    found.save()
    told(version, "plans.signed", by)
    put_in_force_when_ready(version, by)


def _how(word: str) -> str:
    if word not in (SignatureHow.DRAWN, SignatureHow.TYPED, SignatureHow.PAPER):
        raise DomainError(_("Choose one from the list."), "how")
    return word


def _typed(text: str) -> str:
    clean = tidy(text)[:160]
    if not clean:
        raise DomainError(_("Type the name."), "typed")
    return clean


def _strokes(strokes: Sequence[Sequence[Any]]) -> list[list[list[int]]]:
    """Strokes as whole numbers of 0 to 1000. DomainError: nothing drawn, or what no hand draws."""
    try:
        clean = [[[int(x), int(y)] for x, y in stroke] for stroke in strokes[: MOST_STROKES + 1]]
    except (TypeError, ValueError, OverflowError):  # the last: JSON of Python knows Infinity
        raise DomainError(_("This could not be read. Draw it again."), "strokes") from None
    points = [point for stroke in clean for point in stroke]
    if len(points) < LEAST_POINTS:
        raise DomainError(_("Sign in the box first."), "strokes")
    if (
        len(clean) > MOST_STROKES
        or len(points) > MOST_POINTS
        or any(not 0 <= n <= SIDE for point in points for n in point)
    ):
        raise DomainError(_("This could not be read. Draw it again."), "strokes")
    return clean


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def signer_of(by: Actor, name: str) -> SignerAsked:
    """The worker who asks, as a signer."""
    return SignerAsked(SignatureRole.WORKER, name, staff=staff_of(by))
