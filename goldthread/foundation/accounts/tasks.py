"""Mail of the front door. Jobs carry ids and where the installation is reached; secrets of links are made here, not queued."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from goldthread.foundation.accounts.mail import send
from goldthread.foundation.accounts.models import Invitation, User
from goldthread.foundation.accounts.tokens import token_for
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job


@job()
def mail_invitation(by: Actor, invitation: str, origin: str) -> None:
    """Mail the invited person their link, unless it is void by now."""
    found = Invitation.objects.select_related("user").get(pk=invitation)
    if found.accepted_at is None and found.voided_at is None:
        send("invitation", found.user, link=origin + reverse("welcome:open", args=[token_for(found.pk)]))


@job()
def mail_password_reset(by: Actor, user: str, origin: str) -> None:
    """Mail a link with which *user* sets a new password."""
    found = User.objects.get(pk=user)
    if not found.is_active:
        return
    address = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(found), "key": default_token_generator.make_token(found)},
    )
    send("password_reset", found, link=origin + address)


@job()
def mail_password_changed(by: Actor, user: str) -> None:
    """Tell *user* that their password was changed, so that they notice when it was not them."""
    send("password_changed", User.objects.get(pk=user))
