"""In the demo no mail leaves the machine: it lands in the data folder and on the mailbox page."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from goldthread.foundation.lib.ids import new_id


class MailboxBackend(BaseEmailBackend):
    """Writes each message as a file that the mailbox page shows, newest first (file names sort by time)."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.DATA / "mailbox"
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            (folder / f"{new_id().hex}.eml").write_bytes(message.message().as_bytes())
        return len(email_messages)
