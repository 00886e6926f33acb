"""Words in any script made comparable: no accents, no case, no punctuation."""

import re

from anyascii import anyascii

APOSTROPHES = str.maketrans("", "", "'`\u2019\u02bc\u2018\u00b4")
_NOT_A_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """*text* in lower-case Latin letters and digits, words parted by one space; apostrophes join what they stand in.

    >>> plain("  Núñez-O'Brien ")
    'nunez obrien'
    """
    latin = anyascii(text.casefold().translate(APOSTROPHES)).casefold().translate(APOSTROPHES)
    return _NOT_A_LETTER_OR_DIGIT.sub(" ", latin).strip()


def tidy(text: str) -> str:
    """*text* as typed, without spaces at the ends and with single spaces inside."""
    return " ".join(text.split())
