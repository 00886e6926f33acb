"""Who a session belongs to, in one query."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from goldthread.foundation.accounts.models import User


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's password check; at every later request the account and whether it has a second step."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session, with ``has_second_step``; None when there is none or it is closed."""
        step = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
        found = User.objects.annotate(has_second_step=Exists(step)).filter(pk=user_id).first()
        return found if found and found.is_active else None

    def user_can_authenticate(self, user: User) -> bool:
        """A closed account cannot sign in."""
        return user.is_active
