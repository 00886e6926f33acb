"""The rules of the front door."""

from datetime import UTC, datetime, timedelta

import pytest

from goldthread.foundation.accounts.rules import (
    Ended,
    Limits,
    LinkState,
    device_of,
    digest_of,
    link_state,
    mostly,
    session_ended,
    too_simple,
)

HALF_AN_HOUR = Limits(idle=timedelta(minutes=30), whole=timedelta(hours=12))


@pytest.mark.parametrize(
    ("since", "seen", "now", "ended"),
    [
        (0, 0, 1800, None),
        (0, 0, 1801, Ended.IDLE),
        (0, 43_200, 43_200, None),
        (0, 43_200, 43_201, Ended.LONG),
        (0, 0, 43_201, Ended.LONG),
    ],
)
def test_a_session_ends_after_its_last_second(since, seen, now, ended):
    assert session_ended(signed_in_at=since, seen_at=seen, now=now, limits=HALF_AN_HOUR) is ended


AT = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("accepted", "voided", "at", "state"),
    [
        (None, None, AT, LinkState.OPEN),
        (None, None, AT + timedelta(seconds=1), LinkState.EXPIRED),
        (None, AT, AT, LinkState.REPLACED),
        (AT, AT, AT, LinkState.USED),
        (AT, None, AT + timedelta(days=1), LinkState.USED),
    ],
)
def test_what_a_link_is_good_for(accepted, voided, at, state):
    assert link_state(accepted_at=accepted, voided_at=voided, expires_at=AT, at=at) is state


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaaaaaa",
        "abcdabcdabcdabcd",
        "ABCDEFGHIJKLMNOP",
        "987654321098765",
        "qwertyuiopasdfg",
        "112211221122112",
    ],
)
def test_too_simple(password):
    assert too_simple(password)


@pytest.mark.parametrize("password", ["seven quiet herons wade", "Kn0ckturn-alley-77", "correcthorsebattery"])
def test_simple_enough_for_people_and_not_for_machines(password):
    assert not too_simple(password)


@pytest.mark.parametrize(
    ("password", "is_mostly"),
    [
        ("Robin.Florez.2026", True),  # 2026 remains
        ("robinflorez1234567", True),  # 1234567 remains: seven
        ("robinflorez12345678", False),  # eight
        ("a robin in the orchard", False),
        ("RIVERBEND family services", True),
    ],
)
def test_mostly_the_persons_own_words(password, is_mostly):
    assert mostly(password, ["Robin Florez", "robin@example.org", "Riverbend Family Services"]) is is_mostly


def test_words_of_one_or_two_letters_are_everywhere_and_do_not_count():
    assert not mostly("seven quiet herons", ["Ed Xi", ""])


def test_the_digest_is_sha_256():
    assert digest_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0", "Firefox, Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("curl/8", ""),
    ],
)
def test_a_browser_as_people_call_it(said, called):
    assert device_of(said) == called
