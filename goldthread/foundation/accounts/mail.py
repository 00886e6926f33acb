"""Mail of the front door, in the reader's own language. Nothing in it is about a client."""

from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from goldthread.foundation.accounts.models import Invitation, User
from goldthread.foundation.accounts.tokens import token_for


def send_invitation(invitation: str, origin: str) -> None:
    """Mail the invited person their link. *invitation*: its id."""
    found = Invitation.objects.select_related("user").get(pk=invitation)
    send("invitation", found.user, link=origin + reverse("welcome:open", args=[token_for(found.pk)]))


def send_password_changed(user: str) -> None:
    """Tell *user* (by id) that their password was changed, so that they notice when it was not them."""
    send("password_changed", User.objects.get(pk=user))


def send(kind: str, user: User, **context: Any) -> None:
    """Render ``accounts/mail/<kind>.txt`` for *user* (its first line is the subject) and send it."""
    with translation.override(user.language):
        text = render_to_string(f"accounts/mail/{kind}.txt", context).strip()
    subject, _newline, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
