"""The rules of the front door, without clock or database."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

INVITATION_LASTS = timedelta(days=7)
LEFT_WHEN_WORDS_ARE_TAKEN_OUT = 8
"""A password that is mostly the person's own name is guessed first: this many characters must remain without it."""


class Ended(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    LONG = "long"
    ELSEWHERE = "elsewhere"


class LinkState(StrEnum):
    """What an invitation link is good for."""

    OPEN = "open"
    EXPIRED = "expired"
    USED = "used"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session may last: without use, and in all."""

    idle: timedelta
    whole: timedelta


def session_ended(*, signed_in_at: float, seen_at: float, now: float, limits: Limits) -> Ended | None:
    """Is a session over, and why? Times are seconds since 1970; a limit is passed only after its last second."""
    if now - signed_in_at > limits.whole.total_seconds():
        return Ended.LONG
    if now - seen_at > limits.idle.total_seconds():
        return Ended.IDLE
    return None


def digest_of(token: str) -> str:
    """What is kept of an invitation link."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_state(
    *, accepted_at: datetime | None, voided_at: datetime | None, expires_at: datetime, at: datetime
) -> LinkState:
    """What an invitation is good for at the instant *at*. It still works in its last second, not after."""
    if accepted_at:
        return LinkState.USED
    if voided_at:
        return LinkState.REPLACED
    return LinkState.EXPIRED if at > expires_at else LinkState.OPEN


def plain(text: str) -> str:
    """Letters and digits only, without case: how passwords and names are compared."""
    return re.sub(r"[\W_]", "", text.casefold())


def mostly(password: str, texts: list[str]) -> bool:
    """Is *password* little more than words of *texts* (an email, a name, the agency)? Words under three letters do not count."""
    rest = plain(password)
    words = {plain(word) for text in texts for word in re.split(r"[\W_]+", text)}
    for word in sorted((word for word in words if len(word) > 2), key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < LEFT_WHEN_WORDS_ARE_TAKEN_OUT


def too_simple(password: str) -> bool:
    """Is *password* a short piece over and over, a run along the alphabet or keyboard, or made of under five different characters?"""
    text = password.casefold()
    if len(set(text)) < 5:
        return True
    if any(re.fullmatch(f"({re.escape(text[:size])})+", text) for size in range(1, len(text) // 2 + 1)):
        return True
    runs = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1234567890" * 4)
    return any(text in run or text in run[::-1] for run in runs)


def device_of(user_agent: str) -> str:
    """A browser and a system as people call them (“Firefox, Windows”), from what the browser says of itself."""
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    )
    names = [next((name for sign, name in known if sign in user_agent), "") for known in (browsers, systems)]
    return ", ".join(name for name in names if name)
