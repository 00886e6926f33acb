"""What allauth asks of us: no sign-up, our own mail and words, and every step in the audit log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.account import lockout
from goldthread.doors.web.account.address import client_address
from goldthread.doors.web.account.at import actor_at_door, instant_of, staff_of
from goldthread.foundation.accounts import actions
from goldthread.foundation.accounts.models import User
from goldthread.foundation.accounts.rules import device_of
from goldthread.foundation.accounts.secrets import lock, unlock
from goldthread.foundation.accounts.trail import note

SAID = {
    "account/messages/password_changed.txt": _("Your password is changed. You are signed out everywhere else."),
    "mfa/messages/totp_activated.txt": _("Your second step is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your second step is removed."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes."),
}
"""Which of allauth's messages are worth a person's time, and in which words."""


class DoorAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by email and password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("This email and password do not belong together. Check both and try again."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: type the one shown now."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The same address that lock-out counts by."""
        return client_address(request)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Check a password: one at a time for one account, so that tries side by side are all counted."""
        with lockout.one_guess(str(credentials.get("email", ""))):
            found: User | None = super().authenticate(request, **credentials)
            return found

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A wrong password, or a closed door: noted without what was typed."""
        user = User.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        note(by=actor_at_door(request), action="accounts.sign_in_failed", user=user, allowed=False)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Is *password* the person's own? Counts towards lock-out like a sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session: a new key, and when it began."""
        super().login(request, user)
        begin_session(request, user)

    def logout(self, request: HttpRequest) -> None:
        """Close this browser's session."""
        user = request.user if isinstance(request.user, User) else None
        note(by=actor_at_door(request, user), action="accounts.signed_out", user=user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """Change it, at the person's own wish or by a reset link."""
        how = "changed" if context.request.user.is_authenticated else "reset"
        actions.set_password(user=user, password=password, by=actor_at_door(context.request, user), how=how)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Send the link in the person's language."""
        actions.ask_for_new_password(user=user, by=actor_at_door(context["request"], user))

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say it in our words, or not at all."""
        if message_template in SAID:
            messages.add_message(request, level, str(SAID[message_template]))


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Codes of an authenticator app, and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes change every 30 seconds: type the one shown now."),
        "cannot_delete_authenticator": _("Your agency asks everybody for a second step, so it cannot be removed."),
    }

    def get_totp_issuer(self) -> str:
        """The name under which the app lists the account."""
        agency = getattr(context.request, "agency", None)
        return f"Goldthread {agency.name}" if agency else "Goldthread"

    def encrypt(self, text: str) -> str:
        """Secrets lie encrypted in the database."""
        return lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The counterpart of ``encrypt``."""
        return unlock(encrypted_text)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Not where the agency asks everybody for a second step."""
        agency = getattr(context.request, "agency", None)
        return not (agency and agency.mfa_required)


def begin_session(request: HttpRequest, user: User) -> None:
    """Stamp a session that was just opened, and note it."""
    now = instant_of(request).timestamp()
    request.session["signed_in_at"] = request.session["seen_at"] = now
    reauthenticate_by_password(request)  # the password was typed just now: do not ask for it again at once
    request.session["device"] = device_of(request.headers.get("User-Agent", ""))
    staff = staff_of(user)
    note(
        by=actor_at_door(request, user),
        action="accounts.signed_in",
        user=user,
        details={} if staff else {"staff": "none"},
    )
