"""Building instruments: a version that waits is changed step by step, each of which can be taken back."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from goldthread.casework.assessments.actions.instruments import KEY, TITLE, add_version, locked, note_version
from goldthread.casework.assessments.canonical import digest_of
from goldthread.casework.assessments.enums import Built, MadeBy, VersionState
from goldthread.casework.assessments.models import BuildingStep, Instrument, InstrumentVersion
from goldthread.casework.assessments.rules.bounds import MOST_CHARACTERS, check_bounds
from goldthread.casework.assessments.rules.building.front import (
    begun,
    next_version,
    read_front,
    with_launch,
    write_front,
)
from goldthread.casework.assessments.rules.building.licences import Leave, leave_to_change
from goldthread.casework.assessments.rules.building.tree import Impossible
from goldthread.casework.assessments.rules.definition import DefinitionError, trust_questionnaire
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

Content = dict[str, Any]
TAKEN_BACK = 30
"""So many changes can be taken back …"""
RESERVED = frozenset(("new", "upload"))
"""Keys that addresses of the settings have taken."""
KEPT = MOST_CHARACTERS
"""… as far as what they were before is together not longer than this many characters."""


@transaction.atomic
def begin_instrument(*, values: dict[str, Any], key: str, language: str, by: Actor, form_id: UUID) -> InstrumentVersion:
    """A new instrument of the agency's own, without items. *values*: what it says of itself. Twice with one *form_id* is once."""
    done = _done(form_id)
    if done:
        return done
    instrument = _new_instrument(str(values.get("title") or ""), key, by, form_id)
    done = _done(form_id)  # sent twice at once: the other one has just been through
    if done:
        return done
    content = begun(url=f"urn:uuid:{instrument.pk}", language=language, values=values)
    return _begin(instrument, content, by, form_id)


@transaction.atomic
def edit_anew(
    *, version: InstrumentVersion, by: Actor, form_id: UUID, title: str = "", key: str = "", allowed: bool = False
) -> InstrumentVersion:
    """A copy of *version* to be changed: the next version of an instrument built or installed here; of a shipped one another
    instrument, called *title*. *allowed*: who asks says that the licence lets them, where it does not say so itself.
    """
    instrument = locked(version.instrument_id)
    done = _done(form_id)
    if done:
        return done
    source = InstrumentVersion.objects.filter(pk=version.pk).first()
    if source is None:
        raise DomainError(_("This version was thrown away."))
    _check_licence(instrument, source.content, allowed=allowed)
    if instrument.made_by == MadeBy.SHIPPED:
        made = _new_instrument(title, key, by, form_id)
        values = {**read_front(source.content), "title": title, "version": "1"}
        return _begin(made, write_front(_of_own(source.content, made), values), by, form_id)
    waiting = instrument.versions.filter(state=VersionState.DRAFT).first()
    if waiting and waiting.pk == source.pk and not source.steps.exists():
        return _keep(_draft(source), _of_own(source.content, instrument), Built.BEGUN, "", by, form_id)
    if waiting:
        raise DomainError(
            _("Version %(n)s waits already. Change that one, put it in use, or throw it away first.")
            % {"n": waiting.number}
        )
    content = source.content if instrument.made_by == MadeBy.BUILT else _of_own(source.content, instrument)
    newest = instrument.versions.order_by("-number").first() or source
    word = next_version(str(newest.content.get("version") or newest.number))
    return _begin(instrument, write_front(content, {"version": word}), by, form_id)


@transaction.atomic
def change_draft(
    *,
    version: InstrumentVersion,
    change: Callable[[Content, Content | None], Content],
    what: Built,
    by: Actor,
    form_id: UUID,
    item: str = "",
    seen: int | None = None,
) -> InstrumentVersion:
    """Change what *version* asks. *change* gets the Questionnaire as it is now, and as it was at the edit that was *seen* (None when
    that is not known any more); it may say that it is Impossible, or that two changes Clash.

    The draft need not be right: ``put_in_use`` is what asks for that. Twice with one *form_id* is once.
    """
    locked(version.instrument_id)
    done = _done(form_id)
    if done:
        return done
    row = _draft(version)
    try:
        content = with_launch(change(row.content, _as_seen(row, seen)))
        check_bounds(content)
    except Impossible as error:
        raise DomainError(str(error)) from error
    except DefinitionError as error:
        raise DomainError("; ".join(str(problem) for problem in error.problems[:3])) from error
    if content == row.content:
        return row
    return _keep(row, content, what, item, by, form_id)


@transaction.atomic
def take_back(*, version: InstrumentVersion, step: UUID, by: Actor, form_id: UUID) -> InstrumentVersion:
    """Take the last change back, which is *step*. DomainError when somebody has changed something since."""
    locked(version.instrument_id)
    done = _done(form_id)
    if done:
        return done
    row = _draft(version)
    last = row.steps.filter(before__isnull=False).order_by("-edit").first()
    if last is None or last.pk != step:
        raise DomainError(_("Something was changed since. Look at it again before you take it back."))
    before: Content = last.before or row.content
    BuildingStep.objects.filter(pk=last.pk).update(before=None)
    return _keep(row, before, Built.UNDONE, last.item, by, form_id, can_be_undone=False)


def _as_seen(row: InstrumentVersion, seen: int | None) -> Content | None:
    """What *row* asked at its edit *seen*."""
    if seen is None or seen == row.edit:
        return row.content if seen else None
    step = row.steps.filter(edit=seen + 1, before__isnull=False).first()
    return step.before if step else None


def _done(form_id: UUID) -> InstrumentVersion | None:
    found = BuildingStep.objects.filter(pk=form_id).select_related("version__instrument").first()
    return found.version if found else None


def _draft(version: InstrumentVersion) -> InstrumentVersion:
    """The version as it is now, of an instrument that is locked."""
    row = InstrumentVersion.objects.select_related("instrument").filter(pk=version.pk).first()
    if row is None:
        raise DomainError(_("This version was thrown away."))
    if row.state != VersionState.DRAFT:
        raise DomainError(_("This version has been in use and is not changed any more. Edit it as a new version."))
    if row.assessments.exists():
        raise DomainError(
            _(
                "This version has answers already and is not changed any more. Put it in use, then edit it as a new version."
            )
        )
    return row


def _new_instrument(title: str, key: str, by: Actor, pk: UUID) -> Instrument:
    title = title.strip()
    if not title:
        raise DomainError(_("Give it a name."), "title")
    wanted = slugify(key or title)[:KEY].strip("-")
    if not wanted:
        raise DomainError(_("Write a short key of letters and digits."), "key")
    made = {"id": pk, "title": title[:TITLE], "made_by": MadeBy.BUILT, "made_at": by.at}
    found = None if wanted in RESERVED else Instrument.objects.get_or_create(key=wanted, defaults=made)[0]
    if found is None or found.pk != pk:
        raise DomainError(_("Another instrument has the key “%(key)s”. Choose another one.") % {"key": wanted}, "key")
    return found


def _begin(instrument: Instrument, content: Content, by: Actor, form_id: UUID) -> InstrumentVersion:
    made = add_version(instrument=instrument, content=content, digest=digest_of(content), by=by)
    BuildingStep.objects.create(
        id=form_id, version=made, edit=made.edit, what=Built.BEGUN, made_by=by.staff, made_at=by.at
    )
    return made


def _keep(
    row: InstrumentVersion,
    content: Content,
    what: Built,
    item: str,
    by: Actor,
    form_id: UUID,
    *,
    can_be_undone: bool = True,
) -> InstrumentVersion:
    before, row.content = row.content, content
    row.edit, row.digest = row.edit + 1, digest_of(content)
    row.save(update_fields=["content", "edit", "digest"])
    kept = before if can_be_undone else None
    step = {"what": what, "item": item[:255], "before": kept, "made_by": by.staff, "made_at": by.at}
    BuildingStep.objects.create(id=form_id, version=row, edit=row.edit, **step)
    many = min(TAKEN_BACK, max(3, KEPT // max(1, len(json.dumps(content)))))
    row.steps.filter(edit__lte=row.edit - many, before__isnull=False).update(before=None)
    note_version(by, "changed", row, edit=row.edit)
    if what == Built.ABOUT and content.get("title"):
        _retitle(row, str(content["title"]))
    return row


def _retitle(row: InstrumentVersion, title: str) -> None:
    """An instrument that was never in use is called what its draft is called."""
    if not row.instrument.versions.exclude(pk=row.pk).exists():
        row.instrument.title = title[:TITLE]
        row.instrument.save(update_fields=["title"])


def _of_own(content: Content, instrument: Instrument) -> Content:
    """*content* as one of this agency: under an address of its own, saying what it was made from."""
    own = f"urn:uuid:{instrument.pk}"
    if content.get("url") == own:
        return content
    url, version = str(content.get("url") or ""), str(content.get("version") or "")
    origin = [f"{url}|{version}" if version else url] if url else []
    kept = {
        key: value
        for key, value in content.items()
        if key not in ("id", "name", "identifier", "effectivePeriod", "approvalDate")
    }
    found = {**kept, "url": own}
    return {**found, "derivedFrom": origin} if origin else found


def _check_licence(instrument: Instrument, content: Content, *, allowed: bool) -> None:
    if instrument.made_by == MadeBy.BUILT:
        return
    leave = leave_to_change(trust_questionnaire(content).licence)
    if leave is Leave.REFUSED:
        raise DomainError(_("Its licence does not allow changed versions."))
    if leave is Leave.ASK and not allowed:
        raise DomainError(_("Say that your agency may change it."), "allowed")
