"""An item under another code: everything in the instrument that names it goes along."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.building.elements import NAMING, Row
from goldthread.casework.assessments.rules.building.tree import Impossible, items_of
from goldthread.casework.assessments.rules.extensions import OURS
from goldthread.casework.assessments.rules.model import Json

LONGEST = 255


def renamed(content: Json, old: str, new: str) -> Row:
    """*content* with the item *old* called *new*: in conditions, scores, facts, skills, and in expressions where it stands in
    quotes. Impossible when another item is called so.
    """
    if not new or len(new) > LONGEST or new != new.strip():
        raise Impossible(_("A code has 1 to %(most)s characters, none of them blank at its ends.") % {"most": LONGEST})
    if new in items_of(content):
        raise Impossible(_("Another item has the code %(code)s.") % {"code": new})
    if "'" in new or "\\" in new:
        raise Impossible(_("A code cannot have ' or \\ in it: expressions could not name it."))
    found = _renamed(content, old, new, ours=False)
    return dict(found)


def _renamed(value: Any, old: str, new: str, *, ours: bool) -> Any:
    if isinstance(value, list):
        return [_renamed(one, old, new, ours=ours) for one in value]
    if not isinstance(value, Mapping):
        return value
    inside = ours or str(value.get("url", "")).startswith(OURS)
    return {key: _value(key, inner, value, (old, new), ours=inside) for key, inner in value.items()}


def _value(key: str, inner: Any, holder: Json, names: tuple[str, str], *, ours: bool) -> Any:
    old, new = names
    if inner == old and (
        key in ("linkId", "question") or (key == "valueString" and ours and holder.get("url") in NAMING)
    ):
        return new
    said = key == "expression" or (key == "valueString" and holder.get("url") == "expression")  # of a constraint
    if said and isinstance(inner, str):
        return inner.replace(f"'{old}'", f"'{new}'")
    return _renamed(inner, old, new, ours=ours)
