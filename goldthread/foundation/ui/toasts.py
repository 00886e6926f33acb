"""Toasts: short messages at the foot of the page that say what was done and, where it can be, offer to undo it."""

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def tell(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Show *text* on the next page. *undo* is an address of this site; its button posts there."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_of(extra_tags: str | None) -> str:
    """The address to post to, out of a message's extra tags; empty when there is none."""
    return (extra_tags or "").removeprefix(UNDO) if (extra_tags or "").startswith(f"{UNDO}/") else ""
