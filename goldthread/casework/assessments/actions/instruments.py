"""Installing instruments, putting versions in use, retiring them."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from goldthread.casework.assessments.canonical import digest_of
from goldthread.casework.assessments.enums import MadeBy, VersionState
from goldthread.casework.assessments.models import Instrument, InstrumentVersion
from goldthread.casework.assessments.rules.building.checking import check, is_usable
from goldthread.casework.assessments.rules.definition import Questionnaire, read_questionnaire
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

KEY = 60
TITLE = 200


@transaction.atomic
def install(*, content: dict[str, Any], made_by: MadeBy | str, by: Actor, key: str = "") -> InstrumentVersion:
    """Keep *content*, a Questionnaire as JSON, as a version that waits to be put in use. The same content installs once.

    *key*: what the instrument is called; without it, its address or name says. What has no address is never a version of what has one: a
    published form of the same name does not take the place of a shipped one. A version that waits already, and that nobody
    builds here, makes room. DefinitionError: with every item at fault. DomainError: it is being built here at the moment.
    """
    questionnaire = read_questionnaire(content)
    digest = digest_of(content)
    instrument = _instrument(key, questionnaire, digest, MadeBy(made_by), by)
    same = InstrumentVersion.objects.filter(instrument=instrument, digest=digest).select_related("instrument").first()
    if same:
        return same
    _make_room(instrument, by)
    return add_version(instrument=instrument, content=content, digest=digest, by=by)


def add_version(*, instrument: Instrument, content: dict[str, Any], digest: str, by: Actor) -> InstrumentVersion:
    """Write the next version of *instrument*, which is locked. It waits to be put in use."""
    newest = instrument.versions.order_by("-number").values_list("number", flat=True).first() or 0
    made = InstrumentVersion.objects.create(
        instrument=instrument, number=newest + 1, content=content, digest=digest, made_by=by.staff, made_at=by.at
    )
    note_version(by, "installed", made)
    return made


@transaction.atomic
def put_in_use(*, version: InstrumentVersion, by: Actor, seen: int | None = None) -> InstrumentVersion:
    """Ask *version* from now on; the one that was asked before is retired. What was begun goes on with its own. Twice is once.

    DomainError: it was built here and something about it is wrong, or it was changed since its *seen* edit.
    """
    instrument = locked(version.instrument_id)
    row = _row(version)
    if row.state == VersionState.IN_USE:
        return row
    if row.state == VersionState.DRAFT and row.steps.exists():
        _finish_building(row, seen)
    before = instrument.versions.filter(state=VersionState.IN_USE).first()
    if before:
        _retire(before, by)
    row.state, row.in_use_since, row.retired_at = VersionState.IN_USE, by.at, None
    row.save(update_fields=["state", "in_use_since", "retired_at"])
    instrument.title = title_of(read_questionnaire(row.content))
    instrument.save(update_fields=["title"])
    note_version(by, "put_in_use", row)
    return row


@transaction.atomic
def retire(*, version: InstrumentVersion, by: Actor) -> InstrumentVersion:
    """Ask *version* no more. What was begun may be finished, what was answered stays readable. Twice is once."""
    locked(version.instrument_id)
    row = _row(version)
    if row.state == VersionState.DRAFT:
        raise DomainError(_("This version was never in use. Throw it away instead."))
    if row.state != VersionState.RETIRED:
        _retire(row, by)
    return row


@transaction.atomic
def discard_version(*, version: InstrumentVersion, by: Actor) -> None:
    """Throw a version away that was never in use, and the instrument with it when it has no other."""
    instrument = locked(version.instrument_id)
    row = _row(version)
    if row.state != VersionState.DRAFT or row.assessments.exists():
        raise DomainError(_("This version was in use: its answers need it. Retire it instead."))
    note_version(by, "discarded", row)
    row.delete()
    if not instrument.versions.exists():
        instrument.delete()


def _finish_building(row: InstrumentVersion, seen: int | None) -> None:
    """What was built has to be right; how it came about is not kept."""
    if seen is not None and seen != row.edit:
        raise DomainError(_("It was changed since you looked. Check it again before you put it in use."))
    if not is_usable(check(row.content)):
        raise DomainError(_("It cannot be used yet: put right what the check says."))
    row.steps.all().delete()


def title_of(questionnaire: Questionnaire) -> str:
    """What an instrument is called: its title, else its name, else its address."""
    found = questionnaire.title.plain or questionnaire.name or questionnaire.url or _("Instrument without a name")
    return found[:TITLE]


def key_of(questionnaire: Questionnaire) -> str:
    """The key that a definition asks for: the end of its address, else its name, id or title."""
    return _own_key(questionnaire) or "instrument"


def _own_key(questionnaire: Questionnaire) -> str:
    speaks = not questionnaire.url.startswith("urn:uuid:")
    tail = questionnaire.url.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] if speaks else ""
    words = (tail, questionnaire.name, str(questionnaire.data.get("id") or ""), questionnaire.title.plain)
    return next((key for word in words if (key := slugify(word)[:KEY].strip("-"))), "")


def _instrument(key: str, questionnaire: Questionnaire, digest: str, made_by: MadeBy, by: Actor) -> Instrument:
    """The instrument of that key, locked; another address under the same key is another instrument."""
    wanted = key or key_of(questionnaire)
    for number in range(1, 100):
        tried = wanted if number == 1 else f"{wanted[: KEY - 4]}-{number}"
        found, made = Instrument.objects.get_or_create(
            key=tried, defaults={"title": title_of(questionnaire), "made_by": made_by, "made_at": by.at}
        )
        row = locked(found.pk)
        if made or key or row.versions.filter(digest=digest).exists() or _same_address(row, questionnaire):
            return row
    raise DomainError(_("There are too many instruments of this name."))


def _same_address(instrument: Instrument, questionnaire: Questionnaire) -> bool:
    """Also of a version that was changed here since, and so has an address of its own. Without addresses the name says it."""
    newest = instrument.versions.order_by("-number").first()
    url = newest.content.get("url", "") if newest else ""
    if not questionnaire.url:
        return not url and bool(_own_key(questionnaire))
    if not url or url == questionnaire.url:
        return True
    return instrument.versions.filter(content__url=questionnaire.url).exists()


def _make_room(instrument: Instrument, by: Actor) -> None:
    waiting = instrument.versions.filter(state=VersionState.DRAFT).first()
    if waiting is None:
        return
    if waiting.steps.exists():
        raise DomainError(_("This instrument is being built here. Finish it, or throw the draft away, first."))
    if waiting.assessments.exists():
        _retire(waiting, by)
    else:
        note_version(by, "discarded", waiting)
        waiting.delete()


def _retire(row: InstrumentVersion, by: Actor) -> None:
    row.state, row.retired_at = VersionState.RETIRED, by.at
    row.save(update_fields=["state", "retired_at"])
    note_version(by, "retired", row)


def locked(pk: UUID) -> Instrument:
    """The instrument, held until the transaction ends: its versions are changed by one at a time."""
    return Instrument.objects.select_for_update().get(pk=pk)


def _row(version: InstrumentVersion) -> InstrumentVersion:
    found = InstrumentVersion.objects.filter(pk=version.pk).select_related("instrument").first()
    if found is None:
        raise DomainError(_("This version is gone."))
    return found


def note_version(by: Actor, what: str, row: InstrumentVersion, **more: int) -> None:
    """Write to the audit log what was done with a version."""
    details = {"instrument": str(row.instrument_id), "number": row.number, **more}
    record(by=by, action=f"assessments.version_{what}", kind="instrument_version", object_id=row.pk, details=details)
