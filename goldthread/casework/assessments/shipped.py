"""The instruments that come with Goldthread: Questionnaires in ``shipped/``, each named after its key. See docs/instruments.md."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from goldthread.casework.assessments.actions.instruments import install, put_in_use
from goldthread.casework.assessments.canonical import digest_of
from goldthread.casework.assessments.enums import MadeBy, VersionState
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.notices import tell_of_renewed
from goldthread.foundation.lib.actor import Actor

FOLDER = Path(__file__).resolve().parent / "shipped"


@dataclass(frozen=True, slots=True)
class Shipped:
    """One instrument as it is shipped. ``content``: the Questionnaire; ``digest``: what tells it from its other versions."""

    key: str
    content: dict[str, Any]
    digest: str

    @property
    def url(self) -> str:
        """Its address: of all its versions the same."""
        return str(self.content["url"])


@dataclass(frozen=True, slots=True)
class _Row:
    """A version that the agency has of it."""

    digest: str
    state: str
    made_by: UUID | None


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every shipped instrument, by key. Read once; a test checks each of them."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        found.append(Shipped(path.stem, content, digest_of(content)))
    return tuple(found)


@transaction.atomic
def install_shipped(*, by: Actor) -> list[InstrumentVersion]:
    """Install what is shipped and put it in use; returns what is new. Done again, it changes nothing, by one query.

    A newer version of an instrument takes the place of the one that was shipped before, and who keeps the instruments is told.
    What the agency retired stays retired, and what it adapted or is adapting stays as it is.
    """
    held = _held()
    new = [one for one in shipped() if _is_wanted(one, held.get(one.url, []))]
    return [_install(one, by, renewed=bool(held.get(one.url))) for one in new]


def _held() -> dict[str, list[_Row]]:
    """Address → the versions that the agency has of shipped instruments."""
    rows = InstrumentVersion.objects.filter(instrument__made_by=MadeBy.SHIPPED)
    found: dict[str, list[_Row]] = {}
    for url, digest, state, made_by in rows.values_list("content__url", "digest", "state", "made_by"):
        found.setdefault(url, []).append(_Row(digest, state, made_by))
    return found


def _is_wanted(one: Shipped, held: list[_Row]) -> bool:
    if not held:
        return True
    if any(row.digest == one.digest for row in held):
        return False
    asked = next((row for row in held if row.state == VersionState.IN_USE), None)
    touched = any(row.made_by and row.state != VersionState.RETIRED for row in held)
    return asked is not None and not touched


def _install(one: Shipped, by: Actor, *, renewed: bool) -> InstrumentVersion:
    version = put_in_use(version=install(content=one.content, made_by=MadeBy.SHIPPED, by=by), by=by)
    if renewed:
        tell_of_renewed(version=version, by=by)
    return version
