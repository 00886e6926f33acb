"""The demo's mailbox."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.doors.web.entry import anyone

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Letter:
    """One message."""

    name: str
    to: str
    subject: str
    at: datetime | None
    text: str = ""


def demo_only() -> None:
    """The mailbox holds links that sign people in: it exists in the demo and nowhere else."""
    if not settings.DEMO:
        raise Http404


@anyone
def mailbox(request: HttpRequest) -> HttpResponse:
    """The newest messages."""
    demo_only()
    files = sorted(folder().glob("*.eml"), reverse=True)
    return render(request, "mailbox/list.html", {"letters": [read(file) for file in files[:SHOWN]]})


@anyone
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One message, its links clickable."""
    demo_only()
    file = folder() / f"{name}.eml"
    if not re.fullmatch(r"[0-9a-f]{32}", name) or not file.is_file():
        raise Http404
    return render(request, "mailbox/letter.html", {"letter": read(file)})


def folder() -> Path:
    """Where the demo's mail lands."""
    return Path(settings.DATA) / "mailbox"


def read(file: Path) -> Letter:
    """Read one message from its file."""
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return Letter(
        name=file.stem,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
        text=body.get_content() if body else "",
    )
