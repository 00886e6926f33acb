"""Work of this room that is done after the answer."""

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import translation

from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.workforce.models import Notice


@job()
def mail_notice(by: Actor, notice: str) -> None:
    """Mail that there is a notice, without saying what or about whom. Seen or gone meanwhile: no mail."""
    found = Notice.objects.select_related("to__user").filter(pk=notice, seen_at__isnull=True).first()
    if found and found.to.user.is_active:
        with translation.override(found.to.user.language):
            text = render_to_string("workforce/mail/notice.txt").strip()
        subject, _newline, body = text.partition("\n")
        send_mail(subject.strip(), body.strip() + "\n", None, [found.to.user.email])
