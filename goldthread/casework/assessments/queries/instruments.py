"""Reading instruments. A definition is read once a process: what is in use never changes."""

from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from goldthread.casework.assessments.enums import VersionState
from goldthread.casework.assessments.models import BuildingStep, Instrument, InstrumentVersion
from goldthread.casework.assessments.rules.definition import Questionnaire, trust_questionnaire

OWN_ADDRESS = "urn:goldthread:instrument:"
"""Of an instrument that says no address."""
MOST_VERSIONS = 500
KEPT = 200
"""Definitions that are kept read; the longest published one takes about 10 MB."""


_READ: dict[str, Questionnaire] = {}


def questionnaire_of(version: InstrumentVersion) -> Questionnaire:
    """What *version* asks, by its digest: a draft that was changed is another one. The content is loaded when it is read first."""
    found = _READ.get(version.digest)
    if found is None:
        found = trust_questionnaire(version.content)
        if len(_READ) >= KEPT:
            _READ.pop(next(iter(_READ)), None)
        _READ[version.digest] = found
    return found


def instruments() -> list[Instrument]:
    """All instruments by title, each with ``shown``: its version in use, or else the newest; and ``many``: how many versions.

    Two queries, without the contents.
    """
    found: list[Instrument] = list(Instrument.objects.annotate(many=Count("versions")).order_by("title", "key"))
    order = {VersionState.IN_USE: 0, VersionState.DRAFT: 1, VersionState.RETIRED: 2}
    rows = sorted(
        InstrumentVersion.objects.defer("content"), key=lambda row: (order[VersionState(row.state)], -row.number)
    )
    shown: dict[UUID, list[InstrumentVersion]] = {}
    for row in rows:
        shown.setdefault(row.instrument_id, []).append(row)
    for one in found:
        mine = shown.get(one.pk, [])
        one.shown = mine[0] if mine else None  # type: ignore[attr-defined]  # for the page
        one.waiting = next((row for row in mine if row.state == VersionState.DRAFT), None)  # type: ignore[attr-defined]  # for the page
    return found


def versions_of(instrument: Instrument) -> QuerySet[InstrumentVersion]:
    """The versions, the newest first, with ``used``: how many assessments each has; ``built``: whether it is being built here;
    without the contents.
    """
    steps = BuildingStep.objects.filter(version=OuterRef("pk"))
    rows = instrument.versions.defer("content").annotate(used=Count("assessments"), built=Exists(steps))
    return rows.order_by("-number")


def in_use() -> list[InstrumentVersion]:
    """What can be begun, by title: with the instruments, without the contents. One query."""
    rows = InstrumentVersion.objects.filter(state=VersionState.IN_USE).select_related("instrument").defer("content")
    return list(rows.order_by("instrument__title", "instrument__key"))


def version_in_use(key: str) -> InstrumentVersion | None:
    """The version of the instrument *key* that is asked today."""
    rows = InstrumentVersion.objects.filter(state=VersionState.IN_USE, instrument__key=key)
    return rows.select_related("instrument").first()


def version(pk: UUID) -> InstrumentVersion | None:
    """One version with its instrument and content."""
    return InstrumentVersion.objects.select_related("instrument").filter(pk=pk).first()


def by_canonical(canonical: str) -> InstrumentVersion | None:
    """The version that answers say they are to (``url|version``): the newest of those that call themselves so."""
    url, _bar, number = canonical.partition("|")
    rows = InstrumentVersion.objects.select_related("instrument").order_by("-number")
    if url.startswith(OWN_ADDRESS):
        rows = rows.filter(instrument__key=url.removeprefix(OWN_ADDRESS))
    elif url:
        rows = rows.filter(content__url=url)
    else:
        return None
    found = [row for row in rows[:MOST_VERSIONS] if not number or number == version_word(row)]
    return found[0] if found else None


def last_step(row: InstrumentVersion) -> BuildingStep | None:
    """The change that can be taken back next, without what was before it; None when there is none. One query."""
    return row.steps.filter(before__isnull=False).defer("before").order_by("-edit").first()


def version_word(row: InstrumentVersion) -> str:
    """What a version calls itself; where it says nothing, its number here."""
    return str(row.content.get("version") or row.number)
