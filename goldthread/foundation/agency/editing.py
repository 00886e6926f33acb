"""Changing a row that carries a version: two tabs never lose an update, and the log says what became what."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from goldthread.foundation.audit.actions import record
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import EditConflict, FieldConflict

Row = TypeVar("Row", bound=models.Model)
LOOKED_BACK = 100
"""Events of a row that are searched for what changed since it was read."""
UNKNOWN = object()


def change(row: Row, values: Mapping[str, Any], *, version: int, by: Actor, action: str, kind: str) -> Row:
    """Set *values* on *row*, last read as *version*, and write history. Call it inside a transaction. Returns the fresh row.

    Nothing different: nothing is written. What somebody else changed since and this person did not, stays as it is now.
    RowConflict when both changed a field, each to something else.
    """
    fresh: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    before = _changed_since(fresh, version, kind, values)
    elsewhere = {name for name, was in before.items() if plain(values[name]) == was}
    different = {name: value for name, value in values.items() if getattr(fresh, name) != value}
    different = {name: value for name, value in different.items() if name not in elsewhere}
    if clashes := {name: value for name, value in different.items() if name in before}:
        raise _conflict(fresh, clashes, kind, {name: getattr(fresh, name) for name in elsewhere})
    if not different:
        return fresh  # type: ignore[no-any-return]  # the same model as row
    changes = {name: [plain(getattr(fresh, name)), plain(value)] for name, value in different.items()}
    for name, value in different.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*different, "version"])
    details = {"who": by.name, "changes": changes, "version": fresh.version}
    record(by=by, action=action, kind=kind, object_id=str(fresh.pk), details=details)
    return fresh  # type: ignore[no-any-return]  # the same model as row


def plain(value: Any) -> Any:
    """*value* as the log keeps it: text, numbers and lists of them."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date | UUID):
        return str(value)
    return value


class RowConflict(EditConflict):
    """Both changed the same fields. ``elsewhere``: the fields that only the other changed, with their values now."""

    def __init__(self, message: str, conflicts: list[FieldConflict], elsewhere: dict[str, Any]) -> None:
        super().__init__(message, conflicts)
        self.elsewhere = elsewhere


def _changed_since(fresh: Any, version: int, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of *values* that changed since *version*, each with what it said then (as the log keeps it).

    When the log does not hold every change since, each field may have changed, to nobody knows what.
    """
    if fresh.version == version:
        return {}
    events = Event.objects.filter(kind=kind, object_id=str(fresh.pk)).order_by("-id")[:LOOKED_BACK]
    since = [event.details for event in events if event.details.get("version", 0) > version]
    if len(since) < fresh.version - version:
        return dict.fromkeys(values, UNKNOWN)
    before: dict[str, Any] = {}
    for details in since:  # newest first: the oldest change since says what was read
        before.update({name: pair[0] for name, pair in details["changes"].items() if name in values})
    return before


def _conflict(fresh: Any, different: Mapping[str, Any], kind: str, elsewhere: dict[str, Any]) -> RowConflict:
    last = Event.objects.filter(kind=kind, object_id=str(fresh.pk)).order_by("-id").first()
    who = last.details.get("who", "") if last else ""
    conflicts = [
        FieldConflict(name, mine=value, theirs=getattr(fresh, name), who=who, at=last.at if last else None)
        for name, value in different.items()
    ]
    message = _("Somebody else saved this page while you were writing. Look at the differences below.")
    return RowConflict(message, conflicts, elsewhere)
