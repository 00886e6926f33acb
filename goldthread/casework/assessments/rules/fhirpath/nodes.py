"""Places in a resource, with their types in FHIR R4 (the tables of fhirpathpy)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from goldthread.casework.assessments.rules.fhirpath.moments import Clock, Day, Moment, clock_of, day_of, moment_of
from goldthread.casework.assessments.rules.fhirpath.quantities import UCUM, Quantity

ANYTHING_BUT = ("BackboneElement", "Element")


@cache
def tables() -> Any:
    """The R4 tables: what is defined elsewhere, choices of type, the type at each path, and the parent of each type."""
    from fhirpathpy.models import models

    return models["r4"]


class Node:
    """A piece of a resource: what it is, the type or path it has, and the node it stands in."""

    __slots__ = ("data", "parent", "path", "shadow", "type")

    def __init__(
        self, data: Any, path: str = "", parent: "Node | None" = None, shadow: Any = None, kind: str = ""
    ) -> None:
        if isinstance(data, Mapping) and isinstance(data.get("resourceType"), str):
            path = kind = data["resourceType"]
        self.data = data
        self.path = path
        """The type, or for an element without a name of its own the way to it: ``QuestionnaireResponse.item``."""
        self.parent = parent
        self.shadow = shadow
        """What stands beside a value: its id and extensions (``_valueInteger``)."""
        self.type = kind or path

    def child(self, name: str) -> list["Node"]:
        """The nodes called *name* below: none, one, or those of a list."""
        data = self.data if isinstance(self.data, Mapping) else {}
        path, kind = "", ""
        field = name
        if self.path:
            path = tables()["pathsDefinedElsewhere"].get(f"{self.path}.{name}", f"{self.path}.{name}")
            field = self._field(name, path, data)
            path = path + field[len(name) :]
            path, kind = ("Extension", "Extension") if name == "extension" else _typed(path)
        value, shadow = data.get(field), data.get(f"_{field}")
        if value is None and shadow is None and isinstance(self.shadow, Mapping):
            value = self.shadow.get(name)
        if not isinstance(value, list):
            shadows = shadow if isinstance(shadow, list) else [shadow]
            if value is None and shadow in (None, [], {}):
                return []
            return [Node(value, path, self, one, kind) for one in shadows]
        shadows = shadow if isinstance(shadow, list) else []
        rows = [*value, *[None] * (len(shadows) - len(value))]
        return [Node(one, path, self, shadows[n] if n < len(shadows) else None, kind) for n, one in enumerate(rows)]

    def _field(self, name: str, path: str, data: Mapping[str, Any]) -> str:
        """``value`` is ``valueInteger`` where FHIR has a choice of types."""
        for kind in tables()["choiceTypePaths"].get(path, ()):
            if f"{name}{kind}" in data or f"_{name}{kind}" in data:
                return f"{name}{kind}"
        return name

    def children(self) -> Iterator["Node"]:
        """All nodes directly below."""
        source = self.data if isinstance(self.data, Mapping) else self.shadow
        if not isinstance(source, Mapping):
            return
        for name in source:
            if name.startswith("_"):
                if name[1:] not in source:
                    yield from self.child(name[1:])
            elif name != "resourceType":
                yield from self.child(name)

    def value(self) -> Any:
        """The value as the machine counts with it: dates, times and quantities as such."""
        data = self.data
        if isinstance(data, str) and self.path in READERS:
            return READERS[self.path](data) or data
        if isinstance(data, Mapping) and self.path == "Quantity" and data.get("system") == UCUM and "code" in data:
            number = data.get("value")
            if isinstance(number, int | float) and not isinstance(number, bool):
                return Quantity(number, f"'{data['code']}'")
        return int(data) if isinstance(data, float) and data.is_integer() else data


READERS = {"date": day_of, "dateTime": moment_of, "instant": moment_of, "time": clock_of}


def _typed(path: str) -> tuple[str, str]:
    """The type at *path*: an element that has no type of its own keeps its way."""
    kind = str(tables()["path2Type"].get(path, ""))
    return (path, kind) if not kind or kind in ANYTHING_BUT else (kind, kind)


def value_of(row: Any) -> Any:
    """The value of a row of a collection, whether it is a node or not."""
    return row.value() if isinstance(row, Node) else row


def type_of(row: Any) -> tuple[str, str]:
    """Namespace and name of the type of a row."""
    if isinstance(row, Node):
        if row.type.startswith("System."):
            return "System", row.type.removeprefix("System.")
        return "FHIR", row.type if row.type and "." not in row.type else _guess(row.data)
    return "System", next(name for kind, name in SYSTEM if isinstance(row, kind))


SYSTEM: tuple[tuple[Any, str], ...] = (
    (bool, "Boolean"),
    (int, "Integer"),
    (float, "Decimal"),
    (str, "String"),
    (Moment, "DateTime"),
    (Day, "Date"),
    (Clock, "Time"),
    (Quantity, "Quantity"),
)


def _guess(data: Any) -> str:
    if isinstance(data, bool):
        return "boolean"
    if isinstance(data, int | float):
        return "integer" if isinstance(data, int) else "decimal"
    return "string" if isinstance(data, str) else "BackboneElement"


def is_type(row: Any, wanted: str, *, loosely: bool = False) -> bool:
    """Whether a row is of the type *wanted* (``Coding``, ``FHIR.string``, ``System.String``), or of one made from it.

    *loosely*: a value of FHIR also counts as the type of System that it holds (as ``ofType`` takes it).
    """
    namespace, _dot, name = wanted.replace("`", "").rpartition(".")
    own_space, own = type_of(row)
    if own_space == "FHIR" and namespace in ("", "FHIR"):
        kind = own
        while kind:
            if kind == name:
                return True
            kind = str(tables()["type2Parent"].get(kind, ""))
    if own_space == "System" and namespace in ("", "System") and own == name:
        return True
    return loosely and own_space == "FHIR" and namespace in ("", "System") and SAME.get(own) == name


SAME = {
    "boolean": "Boolean",
    "integer": "Integer",
    "decimal": "Decimal",
    "string": "String",
    "uri": "String",
    "code": "String",
    "id": "String",
    "markdown": "String",
    "date": "Date",
    "dateTime": "DateTime",
    "time": "Time",
    "Quantity": "Quantity",
}
