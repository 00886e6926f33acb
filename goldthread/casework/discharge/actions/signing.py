"""The signature locks the summary; the episode ends with it, or once a second person has read it. All of it in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.caseload.actions.telling import moment
from goldthread.casework.discharge.actions.applying import apply
from goldthread.casework.discharge.actions.common import SOURCE, locked, staff_of, still_open, told
from goldthread.casework.discharge.actions.paths import follow, mark_death
from goldthread.casework.discharge.enums import WayState
from goldthread.casework.discharge.models import Settlement, WayOut
from goldthread.casework.discharge.notices import RETURNED, WAITING, tell_readers, tell_writer
from goldthread.casework.discharge.queries.common import Seen
from goldthread.casework.discharge.queries.items import open_items, scope_of
from goldthread.casework.discharge.queries.ways import settlements_of, tries_of
from goldthread.casework.discharge.rules.paths import YES, check_said
from goldthread.casework.discharge.rules.settling import Item
from goldthread.casework.discharge.rules.summary import Drafted, digest_of, sections_for
from goldthread.casework.episodes.queries import served_on
from goldthread.casework.episodes.rules import check_discharge
from goldthread.casework.record.actions import write_entry
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.schedule import actions as schedule
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Leaving
from goldthread.foundation.programs.queries import template_on
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import works_on


class NotSettled(DomainError):
    """Something is still open. ``items``: what, for the page to list."""

    def __init__(self, items: Sequence[Item]) -> None:
        text = ngettext(
            "%(n)d thing is still open. Nothing is left in the air: settle it, then sign.",
            "%(n)d things are still open. Nothing is left in the air: settle them, then sign.",
            len(items),
        )
        super().__init__(text % {"n": len(items)})
        self.items = list(items)


@transaction.atomic
def sign(
    *,
    way: WayOut,
    drafted: Mapping[str, Drafted],
    shown: str,
    seen: Seen,
    may_end: bool,
    readers: Sequence[Staff] = (),
    by: Actor,
) -> WayOut:
    """Sign the summary. *drafted*: what the record says for sections that nobody touched; *shown*: the digest of what the signer
    read (``digest_for``); *seen*: what they may see of what is open; *may_end*: may they end an episode? *readers*: who is told
    that it waits for a second person. Signing twice changes nothing.

    NotSettled: something is open. DomainError: something is missing, or the words changed since they were read.
    """
    row = locked(way)
    if row.state in (WayState.WAITING, WayState.DONE):
        return row
    row = still_open(way)
    rules = _check(row, by)
    _check_settled(row, seen, by)
    for one in sections_for(row.path):
        found = drafted.get(one.key, Drafted(""))
        if one.key not in row.sections:
            row.sections[one.key] = {"text": found.text, "n": 0, "by": "", "at": by.at.isoformat()}
        row.sources[one.key] = [[words, kind, str(pk) if pk else ""] for words, kind, pk in found.sources]
    row.sections = {one.key: row.sections[one.key] for one in sections_for(row.path)}
    row.digest = digest_of(_signed(row))
    if shown and shown != row.digest:
        raise DomainError(_("The words have changed since you read them. Read them again, then sign."), "sign")
    row.signed_by_id, row.signed_at = staff_of(by), by.at
    row.needs_eyes = not may_end or rules.way_out.approval
    row.returned, row.returned_by = "", None
    row.version += 1
    if row.needs_eyes:
        row.state = WayState.WAITING
        row.save()
        told(row, "discharge.signed", by, waits=True)
        tell_readers(WAITING, row, readers, by)
        return row
    told(row, "discharge.signed", by, waits=False)
    return _end(row, by)


@transaction.atomic
def approve(*, way: WayOut, seen: Seen, by: Actor) -> WayOut:
    """A second person read it: the episode ends. Twice changes nothing.

    DomainError: whoever signed it cannot be the second person where the program asks for one; something came open since.
    """
    row = locked(way)
    if row.state == WayState.DONE:
        return row
    if row.state != WayState.WAITING:
        raise DomainError(_("This discharge does not wait for you. Open the page again to see how it stands."))
    if row.episode.discharged_on is not None:
        raise DomainError(_("The program has ended meanwhile. There is nothing left to decide."))
    if row.signed_by_id == by.staff:
        raise DomainError(_("You signed it yourself: somebody else has to read it."))
    _check(row, by)
    _check_settled(row, seen, by)
    return _end(row, by)


@transaction.atomic
def send_back(*, way: WayOut, comment: str, by: Actor) -> WayOut:
    """The second person sends it back with a comment: it can be written again, and is signed anew."""
    row = locked(way)
    if row.state != WayState.WAITING:
        raise DomainError(_("This discharge does not wait for you. Open the page again to see how it stands."))
    if not comment.strip():
        raise DomainError(_("Say what has to change."), "comment")
    writer = row.signed_by
    row.state, row.digest = WayState.OPEN, ""
    row.returned, row.returned_by_id = comment.strip()[:4000], staff_of(by)
    row.signed_by, row.signed_at = None, None
    row.version += 1
    row.save()
    told(row, "discharge.returned", by)
    if writer:
        tell_writer(RETURNED, row, writer, by)
    return row


def digest_for(way: WayOut, drafted: Mapping[str, Drafted]) -> str:
    """What ``sign`` is to find, of what the page shows now."""
    texts = {
        one.key: way.sections.get(one.key, {}).get("text", drafted.get(one.key, Drafted("")).text)
        for one in sections_for(way.path)
    }
    return digest_of(_content(way, texts))


def unsettled(way: WayOut, items: Sequence[Item], today: date) -> list[Item]:
    """Those of *items* of which nothing is decided, that changed since it was, or whose new owner does not work here any more."""
    made = settlements_of(way)
    return [item for item in items if not _holds(made.get(item.key), item, today)]


def _holds(one: Settlement | None, item: Item, today: date) -> bool:
    return one is not None and one.stamp == item.stamp and (one.to_staff is None or works_on(one.to_staff, today))


def _signed(way: WayOut) -> dict[str, Any]:
    return _content(way, {key: one["text"] for key, one in way.sections.items()})


def _content(way: WayOut, texts: Mapping[str, str]) -> dict[str, Any]:
    return {
        "episode": str(way.episode_id),
        "last_day": way.last_day,
        "reason": way.reason,
        "said": way.said,
        "sections": dict(texts),
    }


def _check(way: WayOut, by: Actor) -> Any:
    """What the reason and its way ask for is there. Returns the program's rules."""
    if way.last_day is None or not way.reason:
        raise DomainError(_("Choose why the episode ends."), "reason")
    check_discharge(way.episode.enrolled_on, way.last_day, by.today)
    rules = template_on(way.episode.program, way.last_day)
    if rules.discharge_reason(way.reason) is None:
        raise DomainError(_("Choose why the episode ends."), "reason")
    check_said(way.path, way.said, way.last_day, by.today)
    if way.path == Leaving.LOST and not way.override:
        found = tries_of(way.episode, way.person, rules, way.last_day)
        if not found.enough:
            raise DomainError(
                _("The tries that this program asks for are not all logged. Log them, or ask somebody who may end it."),
                "tries",
            )
    return rules


def _check_settled(way: WayOut, seen: Seen, by: Actor) -> None:
    items = open_items(scope_of(way.episode, way.person), seen, by.at, way.path)
    if left := unsettled(way, items, by.today):
        raise NotSettled(left)


def _end(way: WayOut, by: Actor) -> WayOut:
    """What was decided happens, the episode ends, and the way out is done."""
    scope = scope_of(way.episode, way.person)
    open_now = {item.key for item in open_items(scope, _Everything(), by.at, way.path)}
    for one in way.settlements.select_related("to_staff").order_by("made_at", "pk"):
        if (one.kind, one.source_id) in open_now:  # what was done meanwhile needs nothing more
            apply(one, by)
    if way.last_day is None:
        raise ValueError("A signed way out has a last day.")
    people = served_on(way.episode, way.last_day)
    mark_death(way, by)
    schedule.discharge(
        episode=way.episode,
        discharged_on=way.last_day,
        reason=way.reason,
        begun_for=way.person,
        calls_kept=way.said.get("calls") == YES,
        note=way.sections.get("why", {}).get("text", "")[:4000],
        by=by,
    )
    way.state, way.ended_by_id, way.ended_at = WayState.DONE, staff_of(by), by.at
    way.version += 1
    way.save()
    follow(way, by)
    for person in people or [way.person]:
        write_entry(
            kind=EntryKind.GOODBYE,
            person=person,
            episode=way.episode,
            happened_at=moment(way.last_day, by),
            labels=way.labels,
            source_kind=SOURCE,
            source_id=way.pk,
            title=way.episode.program.name,
            text="\n\n".join(one["text"] for one in way.sections.values() if one["text"]),
            facts={"reason": way.reason, "path": way.path},
            by=by,
        )
    told(way, "discharge.done", by, path=way.path)
    return way


class _Everything:
    """Sees all: what was decided happens to what is still open, whoever may read it."""

    def rows(self, *, episode: str = "episode", labels: str = "labels") -> Any:
        """No condition."""
        return Q()
