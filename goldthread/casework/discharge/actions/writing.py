"""A way out is begun, its reason and its summary are written, and it is given up. Nothing happens to the client by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.discharge.actions.common import SOURCE, locked, staff_of, still_open, told
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import Addendum, WayOut
from goldthread.casework.discharge.queries.ways import way_of_episode
from goldthread.casework.discharge.rules.paths import kept
from goldthread.casework.discharge.rules.summary import BY_KEY, LONGEST
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.rules import check_discharge, labels_for
from goldthread.casework.record.actions import mark_entries
from goldthread.casework.tasks.actions.tasks import cancel_of_source
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.once import made_before
from goldthread.foundation.programs.queries import template_on
from goldthread.people.persons.models import Person


@transaction.atomic
def begin(*, episode: Episode, person: Person, by: Actor, form_id: UUID | None = None) -> WayOut:
    """Begin the way out of *episode*, or go on with the one that is there. DomainError: the episode has ended."""
    there = way_of_episode(episode)
    if there is not None:
        return there
    if Episode.objects.get(pk=episode.pk).discharged_on is not None:
        raise DomainError(_("This program has ended already."))
    try:
        with transaction.atomic():
            made = WayOut.objects.create(
                id=form_id or new_id(),
                episode=episode,
                person=person,
                last_day=by.today,
                begun_by_id=staff_of(by),
                begun_at=by.at,
                labels=labels_for(episode),
            )
    except IntegrityError:
        there = way_of_episode(episode)
        if there is None:
            raise
        return there
    told(made, "discharge.begun", by)
    return made


@transaction.atomic
def say(
    *, way: WayOut, last_day: date, reason: str, said: Mapping[str, str], by: Actor, version_seen: int | None = None
) -> WayOut:
    """Write the last day, the reason, and what its way asks; incomplete is kept, too: the signature asks for the rest.

    DomainError: no such reason, a day that cannot be, or somebody else wrote here since.
    """
    row = still_open(way)
    if version_seen is not None and version_seen != row.version:
        raise DomainError(
            _("Somebody else has just changed this. Look at the page again; what you typed stands below.")
        )
    check_discharge(row.episode.enrolled_on, last_day, by.today)
    found = template_on(row.episode.program, last_day).discharge_reason(reason)
    if found is None:
        raise DomainError(_("Choose why the episode ends."), "reason")
    if row.path and row.path != found.way:
        row.settlements.all().delete()  # what can be decided differs by the way; each is asked again
    row.last_day, row.reason, row.path = last_day, found.key, str(found.way)
    row.said = kept(row.path, said)
    if row.path != "lost":
        row.override, row.override_by = "", None
    row.version += 1
    row.save()
    told(row, "discharge.said", by, path=row.path)
    return row


@dataclass(frozen=True, slots=True)
class Saved:
    """What was kept of the summary. ``clashes``: sections that somebody else changed since: their text stands, and is shown."""

    way: WayOut
    clashes: dict[str, str]

    @property
    def counts(self) -> dict[str, int]:
        """Section → how often it was changed."""
        return {key: one["n"] for key, one in self.way.sections.items()}


@transaction.atomic
def save_sections(*, way: WayOut, texts: Mapping[str, str], seen: Mapping[str, int], by: Actor) -> Saved:
    """Keep the *texts* of sections. *seen*: section → the count that this page read (0: never kept). What another page changed
    since is not overwritten. DomainError: it is signed, or longer than can be kept."""
    row = still_open(way)
    clashes: dict[str, str] = {}
    changed = False
    for key, text in texts.items():
        if key not in BY_KEY:
            continue
        if len(text) > LONGEST:
            raise DomainError(_("This is longer than can be kept: at most %(n)s characters.") % {"n": LONGEST}, key)
        there = row.sections.get(key)
        if there is not None and there["text"] == text:
            continue
        if there is not None and there["n"] != seen.get(key, 0):
            clashes[key] = there["text"]
            continue
        count = (there["n"] if there else 0) + 1
        row.sections[key] = {"text": text, "n": count, "by": str(staff_of(by)), "at": by.at.isoformat()}
        changed = True
    if changed:
        row.save(update_fields=["sections"])
    return Saved(row, clashes)


@transaction.atomic
def override(*, way: WayOut, reason: str, by: Actor) -> WayOut:
    """Somebody who may end episodes says that the tries are not needed, and why. The caller asked whether they may."""
    row = still_open(way)
    if not reason.strip():
        raise DomainError(_("Say why the missing tries are not needed."), "override")
    row.override, row.override_by_id = reason.strip()[:300], staff_of(by)
    row.save(update_fields=["override", "override_by"])
    told(row, "discharge.overridden", by)
    return row


@transaction.atomic
def give_up(*, way: WayOut, by: Actor) -> WayOut:
    """It does not end after all: what was prepared is put away, and nothing has happened. Twice changes nothing."""
    row = locked(way)
    if row.state == WayState.GIVEN_UP:
        return row
    if row.state not in (WayState.OPEN, WayState.WAITING):
        raise DomainError(_("This discharge has taken place. Take it back on the page of programs."))
    row.state = WayState.GIVEN_UP
    row.save(update_fields=["state"])
    cancel_of_source(SOURCE, row.pk, by)
    told(row, "discharge.given_up", by)
    return row


@transaction.atomic
def add_addendum(*, way: WayOut, text: str, by: Actor, form_id: UUID | None = None) -> Addendum:
    """Add to a signed summary. The same *form_id* adds once. DomainError: nothing was written, or it is not signed."""
    row = locked(way)
    if made := made_before(Addendum, form_id, way_id=row.pk):
        return made
    if row.state != WayState.DONE:
        raise DomainError(_("An addendum is for a summary that is signed."))
    if not text.strip():
        raise DomainError(_("Write what is to be added."), "text")
    made = Addendum.objects.create(
        id=form_id or new_id(), way=row, staff_id=staff_of(by), text=text.strip()[:4000], at=by.at, labels=row.labels
    )
    mark_entries(source_kind=SOURCE, source_id=row.pk, facts={"addenda": row.addenda.count()}, by=by)
    told(row, "discharge.addendum", by)
    return made
