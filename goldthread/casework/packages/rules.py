"""What may go out under a release, and its fingerprint. Pure."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Protocol

from django.utils.translation import gettext as _

from goldthread.casework.packages.enums import Section
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.labels import Label

NEVER = Label.PSYCHOTHERAPY_NOTES | Label.CHILD_WELFARE_REPORTER | Label.SEALED
"""What no release of this kind can name: psychotherapy notes take an authorization of their own (45 CFR 164.508(a)(2)), who
reported is protected by law, and what a court sealed a court opens."""
CAN_BE_NAMED = Label.SUBSTANCE_USE | Label.HIV | Label.DOMESTIC_VIOLENCE | Label.MINOR_CONSENTED
PART_TWO = Label.SUBSTANCE_USE
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""42 CFR 2.32(a)(2), word for word; it goes out in English, whoever prints it."""
LONGEST_DAYS = 366
"""A release is time-limited: a year at most (product judgement; 34 U.S.C. 12291(b)(2) asks for a reasonable time)."""


class Released(Protocol):
    """A release."""

    named_labels: int
    signed_on: date
    until_on: date
    revoked_on: date | None


def check_release(
    *, sections: Collection[str], named: int, signed_on: date, until_on: date, today: date, purpose: str, recipient: str
) -> None:
    """DomainError when a release cannot say that."""
    if not recipient.strip():
        raise DomainError(_("Say who receives it, as it stands on the release."), "recipient")
    if not purpose.strip():
        raise DomainError(_("Say what for, as it stands on the release."), "purpose")
    if not sections or not set(sections) <= set(Section.values):
        raise DomainError(_("Choose what the release names: at least one."), "sections")
    if named & ~int(CAN_BE_NAMED):
        raise DomainError(_("This cannot be released so."), "named")
    if signed_on > today:
        raise DomainError(_("This day has not come yet."), "signed_on")
    if until_on < signed_on:
        raise DomainError(_("It cannot end before it was signed."), "until_on")
    if (until_on - signed_on).days > LONGEST_DAYS:
        raise DomainError(
            _("A release is good for a year at most. Write a shorter time, or ask for a new one."), "until_on"
        )


def check_holds(release: Released, ends_on: date | None, removed: bool, today: date) -> None:
    """DomainError when nothing may go out under *release* on *today*. *ends_on*: of the document that holds; *removed*: it was."""
    if release.revoked_on is not None:
        raise DomainError(_("This release was revoked. Nothing goes out under it."))
    if removed:
        raise DomainError(_("The document of this release was removed. Nothing goes out under it."))
    if today > min(filter(None, (release.until_on, ends_on))):
        raise DomainError(_("This release has ended. Ask for a new one."))


def may_go(labels: int, named: int) -> bool:
    """May a row with *labels* go out under a release that names *named*?"""
    return not labels & ~(named & ~int(NEVER))


def within(chosen: Iterable[str], named: Iterable[str]) -> list[str]:
    """*chosen* in the order of reading. DomainError: nothing, or more than the release names."""
    wanted = set(chosen)
    if not wanted:
        raise DomainError(_("Choose what goes along: at least one."), "sections")
    if not wanted <= set(named):
        raise DomainError(
            _("The release does not name all of this. Choose less, or ask for another release."), "sections"
        )
    return [section for section in Section.values if section in wanted]


def digest_of(content: Sequence[Any], papers: Iterable[str], notice: str) -> str:
    """The fingerprint of what goes out: its words, the fingerprints of its papers, its notice."""
    whole = {"content": list(content), "papers": sorted(papers), "notice": notice}
    return hashlib.sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
