"""A file is given, and somebody says what its columns hold."""

from collections.abc import Container
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goldthread.casework.imports.enums import OPEN, WORKING, State, What
from goldthread.casework.imports.models import ColumnMemory, Finding, Import
from goldthread.casework.imports.queries import Opened, bytes_of, looked, opened_bytes, remembered
from goldthread.casework.imports.rules.fields import KEEP, LEAVE, fields_of
from goldthread.casework.imports.rules.guessing import squeezed
from goldthread.casework.imports.rules.mapping import check_fields
from goldthread.foundation.audit.actions import record
from goldthread.foundation.files.actions import keep_made
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id

MEDIA_TYPE = "application/octet-stream"
"""It is never shown or sent as it came: whoever made it may have put anything into it."""


def start(*, data: bytes, name: str, by: Actor, form_id: UUID | None = None, what: str = What.CLIENTS) -> Import:
    """Keep a file whose rows are *what* and find out what its columns hold. The same *form_id* twice is one file. DomainError: no table."""
    made = Import.objects.filter(pk=form_id).first() if form_id else None
    if made:
        return made
    found = opened_bytes(
        data, {}, {}, by, what=what
    )  # seconds for a large file: before the one writer of SQLite is held
    pk = form_id or new_id()
    try:
        return _kept(found, data, name, by, pk, what)
    except IntegrityError:
        return Import.objects.get(pk=pk)  # the same form, sent twice at once


@transaction.atomic
def _kept(found: Opened, data: bytes, name: str, by: Actor, form_id: UUID, what: str) -> Import:
    run = Import(
        id=form_id,
        file=keep_made(data=data, media_type=MEDIA_TYPE, by=by),
        what=what,
        name=" ".join(name.replace("\0", "").split())[-200:] or _("A file"),
        fields=dict(found.reading.fields),
        captions=[column.caption for column in found.table.columns],
        rows=len(found.table.rows),
        looked=looked(found),
        made_by=by.staff,
        made_by_name=by.name,
        made_at=by.at,
    )
    run.save(force_insert=True)
    record(by=by, action="imports.started", kind="import", object_id=run.pk, details={"rows": run.rows})
    return run


def match(
    *,
    run: UUID,
    fields: dict[str, str],
    chosen: dict[str, Any],
    version_seen: int,
    by: Actor,
    said: Container[str] | None = None,
) -> Import:
    """Say what each column holds, and how the file is read; then it is checked anew (enqueue it). *said*: the captions of which somebody
    said it, which is remembered (None: of all *fields*)."""
    row = Import.objects.select_related("file").get(pk=run)
    opened = opened_bytes(bytes_of(row), chosen, {}, by, what=row.what)  # as in start
    row = _matched(run, opened, fields, chosen, version_seen, by)
    _remember({caption: key for caption, key in fields.items() if said is None or caption in said}, row.what)
    return row


@transaction.atomic
def _matched(
    run: UUID, opened: Opened, fields: dict[str, str], chosen: dict[str, Any], version_seen: int, by: Actor
) -> Import:
    row = _at_rest(run, version_seen)
    captions = [column.caption for column in opened.table.columns]
    row.fields = {
        caption: _known(fields.get(caption, opened.reading.fields[caption]), row.what) for caption in captions
    }
    check_fields(row.fields, row.what)
    _read_so(row, opened, chosen)
    _begin_anew(row, by, State.CHECKING)
    return row


def read_anew(*, run: UUID, chosen: dict[str, Any], version_seen: int, by: Actor) -> Import:
    """The file is read in another way: its columns are others, and somebody says what they hold. DomainError: there is no table so."""
    row = Import.objects.select_related("file").get(pk=run)
    opened = opened_bytes(bytes_of(row), chosen, {}, by, what=row.what)  # as in start
    return _read_anew(run, opened, chosen, version_seen, by)


@transaction.atomic
def _read_anew(run: UUID, opened: Opened, chosen: dict[str, Any], version_seen: int, by: Actor) -> Import:
    row = _at_rest(run, version_seen)
    _read_so(row, opened, chosen)
    row.fields = dict(opened.reading.fields)
    _begin_anew(row, by, State.MATCHING)
    return row


def _read_so(row: Import, opened: Opened, chosen: dict[str, Any]) -> None:
    row.reading = {key: value for key, value in chosen.items() if value not in (None, "")}
    row.captions = [column.caption for column in opened.table.columns]
    row.rows, row.looked = len(opened.table.rows), looked(opened)


def _known(key: str, what: str) -> str:
    if key not in fields_of(what) and key not in (KEEP, LEAVE):
        raise DomainError(_("Choose one of the answers offered."), "fields")
    return key


def _begin_anew(row: Import, by: Actor, state: State) -> None:
    row.state, row.done, row.refused, row.alike, row.without_refused = state, 0, 0, 0, False
    row.why, row.beat_at, row.version = "", by.at, row.version + 1
    row.save()
    Finding.objects.filter(run=row).delete()
    record(by=by, action="imports.matched", kind="import", object_id=row.pk)


def _remember(fields: dict[str, str], what: str) -> None:
    """What somebody said of columns. Of two with one caption the first is the one that is meant."""
    rows: dict[str, str] = {}
    for caption, key in fields.items():
        if squeezed(caption):
            rows.setdefault(remembered(caption, what), key)
    ColumnMemory.objects.bulk_create(
        [ColumnMemory(caption=caption, field=key) for caption, key in sorted(rows.items())],
        update_conflicts=True,
        unique_fields=["caption"],
        update_fields=["field"],
    )


@transaction.atomic
def give_up(*, run: UUID, by: Actor) -> Import:
    """Nothing of the file comes in. What was written already, unseen, is taken away in the background (enqueue it)."""
    row = Import.objects.select_for_update().get(pk=run)
    if row.state not in OPEN:
        raise DomainError(_("This has ended already."))
    row.state = State.LEAVING if row.state == State.BRINGING else State.GIVEN_UP
    row.finished_at, row.version, row.shown = by.at, row.version + 1, {}
    row.looked = {}
    row.save()
    Finding.objects.filter(run=row).delete()
    record(by=by, action="imports.given_up", kind="import", object_id=row.pk)
    return row


def _at_rest(run: UUID, version_seen: int) -> Import:
    row = Import.objects.select_for_update().get(pk=run)
    if row.state in WORKING or row.state not in OPEN:
        raise DomainError(_("This file is being worked on, or has come in already. Look again."))
    if row.version != version_seen:
        raise DomainError(_("Somebody else changed this meanwhile. Look at it, and send it again."))
    return row
