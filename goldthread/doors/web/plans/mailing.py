"""The mail with a link to sign: it names no client and no program."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation


def language_for(word: str) -> str:
    """The language in which we speak to somebody whose language is *word*: theirs, if the screens have it."""
    return word if word in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def send_link(email: str, address: str, language: str) -> None:
    """Send *address* to *email*. OSError, SMTPException: the mail server did not take it."""
    with translation.override(language_for(language)):
        text = render_to_string("plans/mail/link.txt", {"link": address}).strip()
    subject, _newline, body = text.partition("\n")
    send_mail(subject.strip(), body.strip() + "\n", None, [email])
