"""How a section saves: each helper turns a room's action into what the form page calls."""

from functools import reduce
from operator import or_
from typing import Any

from goldthread.people.persons.models import Person


def adding(action: Any) -> Any:
    """A save that adds a row with *action*. The form's own id makes a second click the same click."""

    def save(*, request: Any, client: Person, row: Any, form: Any) -> Any:
        return action(person=client, values=values_of(form), by=request.viewer.actor, form_id=form.own_id)

    return save


def editing(action: Any) -> Any:
    """A save that changes a row with *action*, from the version of the record that the reader saw."""

    def save(*, request: Any, client: Person, row: Any, form: Any) -> Any:
        return action(row=row, version_seen=form.version_seen, values=values_of(form), by=request.viewer.actor)

    return save


def ending(action: Any, name: str = "row") -> Any:
    """A save that ends a row with *action*."""

    def save(*, request: Any, client: Person, row: Any, form: Any) -> Any:
        words = form.values
        return action(**{name: row}, ends_on=words["ends_on"], reason=words["reason"], by=request.viewer.actor)

    return save


def values_of(form: Any) -> dict[str, Any]:
    """What was entered; labels as their bits."""
    values: dict[str, Any] = form.values
    if "labels" in values:
        values = values | {"labels": reduce(or_, map(int, values["labels"]), 0)}
    return values


def from_row(*fields: str, new: dict[str, Any] | None = None) -> Any:
    """A form starts with these fields of the row; the form of a new row with *new*."""

    def initial(client: Person, row: Any) -> dict[str, Any]:
        if row is None:
            return dict(new or {})
        values = {field: getattr(row, field) for field in fields}
        if "labels" in values:
            values["labels"] = bits_of(row.labels)
        return values

    return initial


def bits_of(labels: int) -> list[str]:
    """The single labels in *labels*, as a form's choices name them."""
    return [str(1 << bit) for bit in range(8) if labels & (1 << bit)]
