"""A merge taken back: what nobody has touched since goes back, with what hangs on it; the rest stays, and is listed."""

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from goldthread.casework.merging.actions.merging import _episodes_of, _locked, gather_within, moves_of
from goldthread.casework.merging.actions.moving import put_back
from goldthread.casework.merging.actions.rows import Link, links, plain, prints_of
from goldthread.casework.merging.actions.within import whose_plans
from goldthread.casework.merging.models import Merge, Move, MoveKind
from goldthread.casework.merging.rules import undo_until
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import gives_way
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.actions.index import names_of, reindex, shown_as
from goldthread.people.persons.actions.keys import rekey
from goldthread.people.persons.models import FormerNumber, Person

Row = tuple[str, str]
"""Label of the model, key."""


@gives_way
def undo_merge(*, merge: Merge, by: Actor) -> Merge:
    """Take *merge* back. ``left`` then lists, by model, what stayed (``changed``) and what went along although it was written
    since in an enrollment or plan that goes back (``along``). Undone twice it is undone once. DomainError: too late."""
    gather_within(merge, by)
    keep, other = _locked(merge.kept_id, merge.gone_id)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        return merge
    _check(merge, keep, by)
    going = _Going(moves_of(merge))
    try:
        with transaction.atomic():
            _back(going, keep, other)
    except IntegrityError as error:
        raise DomainError(
            _("Something that was added since stands in the way. End it on the kept record first, then undo.")
        ) from error
    whose_plans([keep.pk, other.pk])
    _fields_back(going, keep)
    _two_again(merge, keep, other, by)
    merge.undone_at, merge.undone_by, merge.undone_name = by.at, by.staff, by.name
    merge.left = going.told()
    merge.save()
    recompute(episodes={*_episodes_of(keep), *_episodes_of(other)}, by=by)
    for one in (keep, other):
        details = {"merge": str(merge.pk), "left": sum(row["count"] for row in merge.left)}
        record(by=by, action="merging.undone", kind="person", object_id=one.pk, client=one.pk, details=details)
    return merge


def _check(merge: Merge, keep: Person, by: Actor) -> None:
    if by.at > undo_until(merge.at):
        raise DomainError(_("This merge is more than 90 days old. Enter what belongs to the other person by hand."))
    if keep.client_number is None:
        raise DomainError(_("The kept record was itself merged into another one since. Undo that merge first."))


class _Going:
    """Which rows go back. A row that hangs on a row that moved goes where that one goes; any other goes when it is unchanged."""

    def __init__(self, moves: list[Move]) -> None:
        self.moves = moves
        self.models: dict[str, type[models.Model]] = {m._meta.label: m for m in apps.get_models()}
        self.moved = {(move.model, move.row): move for move in moves if move.kind == MoveKind.MOVED}
        self.changed = self._changed()
        self._parents = self._hung()
        self._known: dict[Row, bool] = {}
        self.left: Counter[tuple[str, str]] = Counter()

    def goes(self, row: Row) -> bool:
        """Does *row*, which moved, go back?"""
        if row not in self._known:
            self._known[row] = False  # a ring of rows holds nothing
            parents = self._parents[row]
            self._known[row] = all(map(self.goes, parents)) if parents else row not in self.changed
        return self._known[row]

    def told(self) -> list[dict[str, Any]]:
        """What stayed or went along, for the page."""
        return [{"why": why, "model": model, "count": count} for (why, model), count in sorted(self.left.items())]

    def _changed(self) -> set[Row]:
        """Rows that say something else than the merge left, or are no more."""
        rows: dict[str, dict[str, str]] = defaultdict(dict)
        for move in self.moves:
            if move.kind in (MoveKind.MOVED, MoveKind.CHANGED):
                rows[move.model][move.row] = move.print
        found = set()
        for label, kept in rows.items():
            now = prints_of(self.models[label], kept)
            found |= {(label, row) for row, was in kept.items() if now.get(row) != was}
        return found

    def _hung(self) -> dict[Row, list[Row]]:
        """Of each row that moved, those that moved and on which it hangs."""
        found: dict[Row, list[Row]] = {row: [] for row in self.moved}
        keys: dict[str, list[str]] = defaultdict(list)
        for label, row in self.moved:
            keys[label].append(row)
        for label, rows in keys.items():
            model = self.models[label]
            for field in _upward(model, keys):
                target = field.related_model._meta.label
                for pk, parent in model._default_manager.filter(pk__in=rows).values_list("pk", field.attname):
                    if parent and (target, str(parent)) in self.moved:
                        found[label, str(pk)].append((target, str(parent)))
        return found


def _upward(model: type[models.Model], among: Any) -> list[Any]:
    """The foreign keys of *model* to the models *among*, those to itself left out."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    return [f for f in fields if f.related_model is not model and f.related_model._meta.label in among]


def _back(going: _Going, keep: Person, other: Person) -> None:
    """Rows that *kept* changed make room first; then what moved goes back, then what was dropped is there again."""
    gone: dict[str, list[str]] = defaultdict(list)
    first = [move for move in going.moves if move.kind == MoveKind.MOVED]
    rest = [m for m in going.moves if m.kind in (MoveKind.CHANGED, MoveKind.DROPPED) and m.model != "persons.Person"]
    for move in first:
        row = (move.model, move.row)
        if not going.goes(row):
            going.left["changed", move.model] += 1
            continue
        if row in going.changed:
            going.left["along", move.model] += 1
        put_back(move, going.models[move.model], other.pk)
        gone[move.model].append(move.row)
    for move in rest:
        if (move.model, move.row) in going.changed:
            going.left["changed", move.model] += 1
        else:
            put_back(move, going.models[move.model], None)
    _along(going, gone, keep, other)


def _along(going: _Going, gone: dict[str, list[str]], keep: Person, other: Person) -> None:
    """What was written since in what goes back goes along, and what hangs on that in turn: a note belongs to the person of its
    enrollment."""
    hung = _written_in(going, gone, keep)
    while hung:
        further: dict[str, list[str]] = defaultdict(list)
        target: Any = other.pk
        for link, rows in hung:
            count = link.of(keep.pk).filter(pk__in=rows).update(**{link.field: target})
            going.left["along", link.label] += count
            further[link.label] += rows
        hung = _written_in(going, further, keep)


def _written_in(going: _Going, gone: dict[str, list[str]], keep: Person) -> list[tuple[Link, list[str]]]:
    """Rows of *keep* that did not move with the merge and hang on what is *gone* (keys by model)."""
    found: list[tuple[Link, list[str]]] = []
    for link in links():
        if link.rule.rule != "move":
            continue
        for field in _upward(link.model, gone):
            rows = link.of(keep.pk).filter(**{f"{field.name}__in": gone[field.related_model._meta.label]})
            new = [str(pk) for pk in rows.values_list("pk", flat=True) if (link.label, str(pk)) not in going.moved]
            if new:
                found.append((link, new))
    return found


def _fields_back(going: _Going, keep: Person) -> None:
    """The fields of the kept person that say what the merge wrote."""
    for move in going.moves:
        if move.model != "persons.Person" or move.kind != MoveKind.CHANGED:
            continue
        for name, value in move.new.items():
            if name in ("display_name", "sort_key", "search_text"):
                continue
            if plain(getattr(keep, name)) != value:
                going.left["changed", "persons.Person"] += 1
                continue
            field: Any = next(f for f in Person._meta.concrete_fields if name in (f.name, f.attname))
            old = move.old[name]
            target = field.target_field if isinstance(field, models.ForeignKey) else field
            setattr(keep, name, target.to_python(old) if old is not None and name not in _JSON else old)


_JSON = ("race_ethnicity", "other_languages")


def _two_again(merge: Merge, keep: Person, other: Person, by: Actor) -> None:
    FormerNumber.objects.filter(number__in=[merge.gone_number] if merge.gone_number else []).delete()
    other.client_number = merge.gone_number
    for one in (keep, other):
        names = names_of(one.pk)
        edit = Edit(one, by, "merge")
        if names:
            shown_as(one, names)
        edit.note("merge_undone", None, merge.gone_number)
        edit.done("merge_undone")
        reindex(one)
        rekey(one)


def merge_of(pk: UUID) -> Merge:
    """The merge *pk*. Merge.DoesNotExist."""
    return Merge.objects.select_related("kept", "gone").get(pk=pk)
