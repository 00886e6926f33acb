"""Who a session belongs to, in one query."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from goldthread.foundation.accounts.models import User
from goldthread.foundation.lib.compiled import Compiled, Given


def _account() -> QuerySet[User]:
    step = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return User.objects.select_related("staff__site").annotate(has_second_step=Exists(step)).filter(pk=Given("user"))


ACCOUNT = Compiled(_account)


class StaffBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's password check; at every later request the account and whether it has a second step."""

    def get_user(self, user_id: Any) -> User | None:
        """The account of a session with its staff member and ``has_second_step``; None when there is none or it is closed.

        ``read_at_entry`` tells viewer_for that account and staff member are of this request: it need not read them again.
        """
        found = ACCOUNT.first(user=UUID(str(user_id)))
        if found is None or not found.is_active:
            return None
        found.read_at_entry = True  # type: ignore[attr-defined]  # a mark of our own, for viewer_for
        return found

    def user_can_authenticate(self, user: User) -> bool:
        """A closed account cannot sign in."""
        return user.is_active
