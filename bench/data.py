"""Invented people, the same for Goldthread and for the floor: made of syllables, the i-th always the same."""

import datetime as dt
import random
from typing import TypedDict


def words(text: str) -> list[str]:
    """The words of *text*."""
    return text.split()


CASELOAD = 100
"""Clients of one worker."""
NOTES = 10
"""Notes of one client. Only the floor has them until Goldthread has notes."""
FIRST = [
    start + end
    for start in words("Al Be Ca Da El Fa Ga Ha Io Ja Ka La Ma Na Ol Pa Ra Sa Ta Vi")
    for end in words("na ron mia lise bert dric gor sha tin vere")
]
LAST = [
    start + vowel + end
    for start in words("Bar Cor Dun El Fer Gal Hol Jan Kes Lor Mon Ner")
    for vowel in ["a", "e", "i", "o", "u"]
    for end in words("bek dorf field gren holm kamp land mann nova quist rossi sen stad tov vale wick")
]
WORDS = words(
    "client housing benefit visit call discussed plan goal review income rent landlord school referral "
    "transport food voucher safety support partner child mother employment training medical appointment "
    "application submitted pending approved follow-up next week agreed signed consent letter court "
    "deadline budget debt counselling group attended missed"
)
CHANNELS = ["phone", "visit", "office", "email"]
EPOCH = dt.datetime(2024, 11, 1, 9, 0, 0)  # noqa: DTZ001  the floor's clock has no zone


class Client(TypedDict):
    """One person, as plain values."""

    first: str
    last: str
    sex: str
    dob: dt.date
    phone: str
    address: str
    worker: int


class Note(TypedDict):
    """One note of a client."""

    when: dt.datetime
    channel: str
    summary: str
    text: str


def worker_of(i: int) -> int:
    """The number of the worker who has the i-th client."""
    return i // CASELOAD


def client(i: int) -> Client:
    """The i-th client. The phone number is in area code 555, which is nobody's."""
    r = random.Random(i * 7919 + 13)
    first, last = r.choice(FIRST), r.choice(LAST)
    dob = dt.date(1940, 1, 1) + dt.timedelta(days=r.randrange(0, 30000))
    return {
        "first": first,
        "last": last,
        "sex": r.choice("mf"),
        "dob": dob,
        "phone": f"(555) {200 + i // 10_000 % 800:03d}-{i % 10_000:04d}",
        "address": f"{r.randrange(1, 300)} {r.choice(LAST)} Street",
        "worker": worker_of(i),
    }


def note(i: int, k: int) -> Note:
    """The k-th note of the i-th client, about 300 characters long."""
    r = random.Random(i * 104729 + k)
    when = EPOCH + dt.timedelta(days=r.randrange(0, 740), minutes=r.randrange(0, 480))
    return {
        "when": when,
        "channel": r.choice(CHANNELS),
        "summary": " ".join(r.choices(WORDS, k=5)),
        "text": " ".join(r.choices(WORDS, k=45)),
    }


def search_terms(n: int) -> list[str]:
    """*n* pieces of four letters from the start or the inside of family names, always the same."""
    r = random.Random(4242)
    terms: list[str] = []
    while len(terms) < n:
        name = r.choice(LAST)
        start = r.randrange(0, max(1, len(name) - 4))
        terms.append(name[start : start + 4].lower())
    return terms
