"""What can be done to accounts."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goldthread.foundation.accounts import tasks
from goldthread.foundation.accounts.models import Invitation, User
from goldthread.foundation.accounts.queries import state_of
from goldthread.foundation.accounts.rules import INVITATION_LASTS, LinkState, digest_of
from goldthread.foundation.accounts.tokens import token_for
from goldthread.foundation.accounts.trail import note
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.origin import current_origin


def open_account(*, email: str, by: Actor, language: str = "en") -> User:
    """An account without a password, to be entered by an invitation.

    Raises DomainError (field ``email``) when the address has an account already.
    """
    address = BaseUserManager.normalize_email(email).lower()
    with transaction.atomic():
        if User.objects.filter(email=address).exists():
            raise DomainError(_("Somebody already signs in with this email."), "email")
        user = User.objects.create_user(address, language=language)
        note(by=by, action="accounts.opened", user=user)
    return user


@transaction.atomic
def invite(*, user: User, by: Actor) -> str:
    """Send *user* a link with which they set their password; links sent before stop working. Answers the link's token."""
    Invitation.objects.filter(user=user, accepted_at=None, voided_at=None).update(voided_at=by.at)
    key = new_id()
    token = token_for(key)
    Invitation.objects.create(
        id=key,
        user=user,
        digest=digest_of(token),
        invited_by=by.staff,
        sent_at=by.at,
        expires_at=by.at + INVITATION_LASTS,
    )
    note(by=by, action="accounts.invited", user=user)
    origin = current_origin()
    transaction.on_commit(lambda: tasks.mail_invitation.enqueue(str(key), origin))
    return token


@transaction.atomic
def accept(*, token: str, password: str, by: Actor) -> User:
    """Set the invited person's first password, once. Whoever calls has checked the password against the rules.

    Raises DomainError when the link is used, replaced, expired or not one of ours.
    """
    found = Invitation.objects.select_for_update().select_related("user").filter(digest=digest_of(token)).first()
    if found is None or state_of(found, by.at) is not LinkState.OPEN:
        raise DomainError(_("This link no longer works."))
    found.accepted_at = by.at
    found.save(update_fields=["accepted_at"])
    found.user.set_password(password)
    found.user.save(update_fields=["password"])
    note(by=by, action="accounts.invitation_accepted", user=found.user)
    return found.user


@transaction.atomic
def set_password(*, user: User, password: str, by: Actor, how: str) -> None:
    """Give *user* a new password; every other session of theirs is over. *how*: ``changed`` or ``reset``. Tells them by mail."""
    user.set_password(password)
    user.save(update_fields=["password"])
    note(by=by, action=f"accounts.password_{how}", user=user)
    transaction.on_commit(lambda: tasks.mail_password_changed.enqueue(str(user.pk)))


@transaction.atomic
def sign_out_everywhere(*, user: User, by: Actor) -> None:
    """End every session of *user*, also those open right now. *user* carries the new generation afterwards.

    The rows stay until their next request, so that it can say what happened and keep a form that was just sent.
    """
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])
    note(by=by, action="accounts.signed_out_everywhere", user=user)


@transaction.atomic
def disable(*, user: User, by: Actor) -> None:
    """Close the account: refused from the next request on, and its open invitations stop working."""
    User.objects.filter(pk=user.pk).update(is_active=False, session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["is_active", "session_generation"])
    Invitation.objects.filter(user=user, accepted_at=None, voided_at=None).update(voided_at=by.at)
    note(by=by, action="accounts.disabled", user=user)


@transaction.atomic
def enable(*, user: User, by: Actor) -> None:
    """Open a closed account again. The old password works; old sessions do not."""
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.refresh_from_db(fields=["is_active"])
    note(by=by, action="accounts.enabled", user=user)


@transaction.atomic
def choose_screen(*, user: User, language: str, theme: str, by: Actor) -> None:
    """Set the language and the colours of *user*'s screens."""
    user.language, user.theme = language, theme
    user.save(update_fields=["language", "theme"])
    note(by=by, action="accounts.screen_chosen", user=user)


@transaction.atomic
def ask_for_new_password(*, user: User, by: Actor) -> None:
    """Send *user* a link with which they set a new password."""
    note(by=by, action="accounts.password_reset_asked", user=user)
    origin = current_origin()
    transaction.on_commit(lambda: tasks.mail_password_reset.enqueue(str(user.pk), origin))
