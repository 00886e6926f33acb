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


def change(row: Row, values: Mapping[str, Any], *, version: int, by: Actor, action: str, kind: str) -> Row:
    """Set *values* on *row*, last read as *version*, and write history. Call it inside a transaction. Returns the fresh row.

    Nothing different: nothing is written. EditConflict when the row has changed since and says something else than *values*.
    """
    fresh: Any = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    different = {name: value for name, value in values.items() if getattr(fresh, name) != value}
    if not different:
        return fresh  # type: ignore[no-any-return]
    if fresh.version != version:
        raise _conflict(fresh, different, kind)
    changes = {name: [plain(getattr(fresh, name)), plain(value)] for name, value in different.items()}
    for name, value in different.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save(update_fields=[*different, "version"])
    record(by=by, action=action, kind=kind, object_id=str(fresh.pk), details={"who": by.name, "changes": changes})
    return fresh  # type: ignore[no-any-return]


def plain(value: Any) -> Any:
    """*value* as the log keeps it: text, numbers and lists of them."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, date | UUID):
        return str(value)
    return value


def _conflict(fresh: Any, different: Mapping[str, Any], kind: str) -> EditConflict:
    last = Event.objects.filter(kind=kind, object_id=str(fresh.pk)).order_by("-id").first()
    who = last.details.get("who", "") if last else ""
    conflicts = [
        FieldConflict(name, mine=value, theirs=getattr(fresh, name), who=who, at=last.at if last else None)
        for name, value in different.items()
    ]
    return EditConflict(
        _("Somebody else saved this page while you were writing. Look at the differences below."), conflicts
    )
