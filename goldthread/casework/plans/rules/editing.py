"""Edits of a draft. Each names what it changes and what stood there when it was typed: two people never overwrite each other
unseen, and nobody waits for anybody."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.plans.rules.document import Content, Line, line, lines
from goldthread.casework.plans.rules.reading import read_fields, read_part
from goldthread.casework.plans.rules.shape import (
    ANSWERS,
    GOALS,
    KINDS,
    MOST_LINES,
    OBJECTIVES,
    PARTS,
    SERVICES,
    STEPS,
    How,
)
from goldthread.foundation.lib.errors import DomainError, EditConflict, FieldConflict


@dataclass(frozen=True, slots=True)
class SetPart:
    """Write *text* into a part, where *seen* stood."""

    key: str
    text: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class PutLine:
    """Add the line *pk* of *kind*, or change the fields of it that *values* names; *seen*: what stood in them."""

    kind: str
    pk: str
    values: Mapping[str, Any]
    seen: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """Take a line away, with what hangs on it: a goal's objectives and steps; its services stay for the whole plan."""

    kind: str
    pk: str


@dataclass(frozen=True, slots=True)
class MoveLine:
    """Put a line before *before* (an id of the same kind), or at the end."""

    kind: str
    pk: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What the review says of a goal, where *seen* stood."""

    goal: str
    answer: str
    why: str
    seen: Mapping[str, str] = field(default_factory=dict)


POINTS_TO = {
    GOALS: ((SERVICES, "goal"),),
    OBJECTIVES: ((STEPS, "objective"),),
    "meetings": (("participants", "meeting"),),
}
"""Kind of line → the kinds and fields that name it, and stay when it is taken away."""
Edit = SetPart | PutLine | RemoveLine | MoveLine | Review


def apply(content: Content, edit: Edit) -> Content:
    """A new document with *edit* made. EditConflict: somebody wrote something else there since. DomainError: cannot be."""
    new = deepcopy(content)
    for name in ("parts", "lines", "review"):
        new.setdefault(name, {})
    match edit:
        case SetPart():
            _set_part(new, edit)
        case PutLine():
            _put_line(new, edit)
        case RemoveLine():
            _remove_line(new, edit)
        case MoveLine():
            _move_line(new, edit)
        case Review():
            _review(new, edit)
    return new


def _set_part(content: Content, edit: SetPart) -> None:
    _known(edit.key in PARTS)
    text = read_part(edit.key, edit.text)
    there = content["parts"].get(edit.key, "")
    seen = {edit.key: read_part(edit.key, edit.seen)}
    content["parts"] |= _changed({edit.key: text}, {edit.key: there}, seen)
    if not content["parts"].get(edit.key):
        content["parts"].pop(edit.key, None)


def _put_line(content: Content, edit: PutLine) -> None:
    _known(edit.kind in KINDS)
    values = read_fields(edit.kind, edit.values)
    there = line(content, edit.kind, edit.pk)
    if there is None:
        if edit.seen:
            raise DomainError(
                _("Somebody took this line away in the meantime. What you wrote is kept here: add it anew.")
            )
        _add_line(content, edit, values)
        return
    stood = {name: there.get(name, _nothing(edit.kind, name)) for name in values}
    seen = read_fields(edit.kind, {name: edit.seen.get(name) for name in values}) if edit.seen else stood
    there.update(_changed(values, stood, seen))
    _points_to_what_is_there(content, edit.kind, there)


def _add_line(content: Content, edit: PutLine, values: dict[str, Any]) -> None:
    rows = content["lines"].setdefault(edit.kind, [])
    if len(rows) >= MOST_LINES:
        raise DomainError(_("There are %(n)s of these already.") % {"n": MOST_LINES})
    first = KINDS[edit.kind].fields[0].name
    if not values.get(first):
        raise DomainError(_("Fill this in."), first)
    new: Line = {"id": edit.pk} | values
    _points_to_what_is_there(content, edit.kind, new)
    rows.append(new)


def _remove_line(content: Content, edit: RemoveLine) -> None:
    _known(edit.kind in KINDS)
    rows = [one for one in lines(content, edit.kind) if one["id"] != edit.pk]
    content["lines"][edit.kind] = rows
    if edit.kind == GOALS:
        for kind in (OBJECTIVES, "steps"):
            content["lines"][kind] = [one for one in lines(content, kind) if one.get("goal") != edit.pk]
        content["review"].pop(edit.pk, None)
    for kind, name in POINTS_TO.get(edit.kind, ()):
        for one in lines(content, kind):
            if one.get(name) == edit.pk:
                one[name] = ""


def _move_line(content: Content, edit: MoveLine) -> None:
    _known(edit.kind in KINDS)
    moved = line(content, edit.kind, edit.pk)
    if moved is None or edit.before == edit.pk:
        return
    rows = [one for one in lines(content, edit.kind) if one is not moved]
    place = next((number for number, one in enumerate(rows) if one["id"] == edit.before), len(rows))
    content["lines"][edit.kind] = [*rows[:place], moved, *rows[place:]]


def _review(content: Content, edit: Review) -> None:
    if line(content, GOALS, edit.goal) is None:
        raise DomainError(_("Somebody took this goal away in the meantime."))
    if edit.answer and edit.answer not in ANSWERS:
        raise DomainError(_("Choose one from the list."), "answer")
    said = {"answer": edit.answer, "why": read_fields("risks", {"words": edit.why})["words"]}
    there = content["review"].get(edit.goal, {"answer": "", "why": ""})
    content["review"][edit.goal] = there | _changed(said, there, dict(edit.seen) or there)


def _points_to_what_is_there(content: Content, kind: str, row: Line) -> None:
    """DomainError when the line names a goal or an objective that the plan does not have (any more)."""
    for one in KINDS[kind].fields:
        if one.how == How.ID and row.get(one.name) and line(content, one.of[0], row[one.name]) is None:
            raise DomainError(_("This is not in the plan any more. Choose another."), one.name)


def _changed(mine: Mapping[str, Any], there: Mapping[str, Any], seen: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that the writer changed: the others stay as somebody else may have written them meanwhile.

    EditConflict for each that is neither what was seen nor what is being written.
    """
    clashes = [
        FieldConflict(name, value, there[name], "", None)
        for name, value in mine.items()
        if there[name] != seen.get(name, there[name]) and there[name] != value and value != seen.get(name)
    ]
    if clashes:
        raise EditConflict(_("Somebody else wrote here at the same time."), clashes)
    return {name: value for name, value in mine.items() if value != seen.get(name, there[name]) or value == there[name]}


def _nothing(kind: str, name: str) -> Any:
    """What stands in a field in which nothing was ever written."""
    how = next(one.how for one in KINDS[kind].fields if one.name == name)
    return {How.FLAG: False, How.IDS: []}.get(how, "")


def _known(there_is: bool) -> None:
    if not there_is:
        raise DomainError(_("There is no such part of a plan."))
