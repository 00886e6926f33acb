"""Whether the licence of an instrument lets an agency change it. Only what is plain is decided here; the rest a person answers for."""

import re
from enum import StrEnum


class Leave(StrEnum):
    """What a licence says about changing."""

    GIVEN = "given"
    """It allows changed versions."""
    ASK = "ask"
    """It does not plainly say: whoever changes it says that they may."""
    REFUSED = "refused"
    """It forbids changed versions."""


_OPEN = re.compile(
    r"\b(apache(-| licen[cs]e,? (version )?)2(\.0)?|mit licen[cs]e|mit|bsd-[23]-clause|cc0(-1\.0)?|public domain|unlicense)\b"
    r"|\bcc[- ]by([- ]sa)?([- ]\d\.\d)?(?![- ]?n[cd])\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"no[- ]?deriv|cc[- ]by(-nc)?[- ]nd|/by(-nc)?-nd/|may not be (changed|altered|modified|adapted)|without (change|alteration|modification)",
    re.IGNORECASE,
)


def leave_to_change(licence: str) -> Leave:
    """What *licence* (its words or its SPDX identifier) says about changed versions."""
    if _CLOSED.search(licence):
        return Leave.REFUSED
    return Leave.GIVEN if _OPEN.fullmatch(licence.strip().rstrip(".")) else Leave.ASK
