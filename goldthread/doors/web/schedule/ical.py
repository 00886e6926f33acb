"""iCalendar (RFC 5545) as far as the feed needs it: escaped text, lines of at most 75 octets, instants in UTC."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: ``uid`` names it for good, ``sequence`` grows with every change."""

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The file."""
    return b"".join(folded(line) + b"\r\n" for line in _lines(name, entries))


def _lines(name: str, entries: Iterable[Entry]) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Goldthread//Calendar//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT30M")
    for entry in entries:
        yield "BEGIN:VEVENT"
        yield f"UID:{entry.uid}"
        yield f"DTSTAMP:{instant(entry.changed_at)}"
        yield f"DTSTART:{instant(entry.starts_at)}"
        yield f"DTEND:{instant(entry.ends_at)}"
        yield f"SEQUENCE:{entry.sequence}"
        yield f"SUMMARY:{escaped(entry.summary)}"
        yield "CLASS:PRIVATE"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def instant(at: datetime) -> str:
    """*at* as a UTC date-time."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """*text* as a TEXT value (3.3.11): backslash, semicolon, comma and line break escaped, other controls left out."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(sign for sign in text if sign == "\t" or (ord(sign) >= 32 and sign != "\x7f"))


def folded(line: str) -> bytes:
    """*line* in UTF-8, broken into pieces of at most 75 octets, never within a character (3.1)."""
    pieces: list[bytes] = [b""]
    for sign in line:
        octets = sign.encode()
        if len(pieces[-1]) + len(octets) > LINE - (1 if len(pieces) > 1 else 0):
            pieces.append(b"")
        pieces[-1] += octets
    return b"\r\n ".join(pieces)
