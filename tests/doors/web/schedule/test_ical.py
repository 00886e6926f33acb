"""The file that other calendars read: RFC 5545, 3.1 and 3.3.11."""

from datetime import UTC, datetime

from goldthread.doors.web.schedule.ical import Entry, calendar, escaped, folded


def test_text_is_escaped() -> None:
    assert escaped("a,b;c\\d\r\ne\x07") == "a\\,b\\;c\\\\d\\ne"


def test_lines_are_at_most_75_octets_and_no_character_is_cut() -> None:
    line = "SUMMARY:" + "é" * 100  # 8 + 200 octets
    pieces = folded(line).split(b"\r\n")
    assert [len(piece) for piece in pieces] == [74, 75, 61]
    assert all(piece.startswith(b" ") for piece in pieces[1:])
    assert folded(line).replace(b"\r\n ", b"").decode() == line


def test_an_event() -> None:
    at = datetime(2026, 11, 20, 15, tzinfo=UTC)
    text = calendar("Mine", [Entry("1@goldthread", "D.Q.", at, at.replace(hour=16), at.replace(day=1), 2)]).decode()
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\r\nDTSTART:20261120T150000Z\r\nDTEND:20261120T160000Z\r\nSEQUENCE:2\r\nSUMMARY:D.Q.\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
