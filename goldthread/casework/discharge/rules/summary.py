"""The sections of a discharge summary, and what exactly was signed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from goldthread.foundation.programs.enums import Leaving

LONGEST = 8000


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the summary. ``person``: it stands on the page for the person, too."""

    key: str
    title: StrOrPromise
    hint: StrOrPromise
    for_person: StrOrPromise = ""
    """Its heading on the page for the person. Blank: it is not for them."""


SECTIONS = (
    Section("why", _("Why they came, and how it ended"), _("Two or three sentences."), ""),
    Section("reached", _("What was reached"), _("Goals, skills, where they live now."), _("Where you are now")),
    Section(
        "services",
        _("Services in place"),
        _("What goes on without us, who gives it, how often."),
        _("Who helps you from now on"),
    ),
    Section("supports", _("Natural supports"), _("Family, friends, neighbors, and what each does."), _("Your people")),
    Section(
        "watch", _("What to watch"), _("Early signs, risks, medicines that must not run out."), _("What to watch for")
    ),
    Section("call", _("Whom to call"), _("In a crisis, with a question, to come back."), _("Whom to call")),
)
BY_KEY = {one.key: one for one in SECTIONS}
AFTER_DEATH = ("why", "reached")


def sections_for(path: str) -> tuple[Section, ...]:
    """The sections of the way *path*: after a death nobody has anything to watch or to call."""
    if path == Leaving.DECEASED:
        return tuple(one for one in SECTIONS if one.key in AFTER_DEATH)
    return SECTIONS


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the record says for one section, and where it says so: words, kind and id of each source."""

    text: str
    sources: tuple[tuple[str, str, UUID | None], ...] = ()


def digest_of(signed: Mapping[str, Any]) -> str:
    """SHA-256 of *signed* in canonical form."""
    text = json.dumps(signed, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
