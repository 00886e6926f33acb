"""Mail of the front door, in the reader's own language. Nothing in it is about a client."""

from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from goldthread.foundation.accounts.models import User


def send(kind: str, user: User, **context: Any) -> None:
    """Render ``accounts/mail/<kind>.txt`` for *user* (its first line is the subject) and send it."""
    with translation.override(user.language):
        text = render_to_string(f"accounts/mail/{kind}.txt", context).strip()
    subject, _newline, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [user.email])
