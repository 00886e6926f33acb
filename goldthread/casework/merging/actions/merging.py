"""Two records of one person become one; a person decides, field by field."""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.merging.actions.moving import SAFE, Mover
from goldthread.casework.merging.actions.within import drafts_of, members_of, whose_plans
from goldthread.casework.merging.models import Merge, Move, MoveKind, Pair
from goldthread.casework.merging.queries.preview import SINGLE, Choice, choices, obstacles
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import gives_way
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.text import tidy
from goldthread.people.persons.actions.common import Edit
from goldthread.people.persons.actions.index import names_of, reindex, shown_as
from goldthread.people.persons.actions.keys import rekey, take_keys
from goldthread.people.persons.models import ContactPoint, FormerNumber, NamePosting, Person

KEPT, OTHER = "kept", "other"
COLUMNS = dict(SINGLE)


@gives_way
def merge(
    *,
    keep: Person,
    other: Person,
    chosen: Mapping[str, str],
    versions: tuple[int, int],
    by: Actor,
    reason: str = "",
    form_id: UUID | None = None,
) -> Merge:
    """Make *other* part of *keep*. *chosen*: for each question (preview.choices) ``kept`` or ``other``; *versions*: those of both
    records that were looked at. The same *form_id* twice is one merge.

    DomainError: something must be settled first, or a record has changed since it was looked at.
    """
    done = Merge.objects.filter(pk=form_id).first() if form_id else None
    if done:
        return done
    keep, other = _locked(keep.pk, other.pk)
    done = Merge.objects.filter(pk=form_id).first() if form_id else None  # the same click, a moment before
    if done:
        return done
    _check(keep, other, versions)
    made = Merge.objects.create(
        id=form_id or new_id(),
        kept=keep,
        gone=other,
        gone_number=other.client_number,
        labels=keep.labels | other.labels,
        reason=tidy(reason)[:300],
        at=by.at,
        by=by.staff,
        by_name=by.name,
    )
    mover = Mover(made, keep, other, by)
    asked = choices(keep, other)
    _choose_rows(mover, asked, chosen)
    mover.everything()
    whose_plans([keep.pk, other.pk])
    drafts_of(mover)
    members_of(mover)
    _settle_names(mover)
    edit = _choose_fields(mover, asked, chosen)
    _nobody_calls_the_dead(mover)
    _number_goes(other, keep)
    edit.done("merged")
    reindex(keep)
    rekey(keep)
    recompute(episodes=_episodes_of(keep), by=by)
    mover.save()
    for one in (keep, other):
        details = {"merge": str(made.pk), "kept": str(keep.pk), "gone": str(other.pk), "moves": len(mover.moves)}
        record(by=by, action="merging.merged", kind="person", object_id=one.pk, client=one.pk, details=details)
    return made


def _locked(keep: UUID, other: UUID) -> tuple[Person, Person]:
    """Both, locked in one order, so that no two merges wait for each other; their enrollments first, as whoever signs a note does."""
    episodes = Episode.objects.select_for_update().filter(person__in=(keep, other)).order_by("pk")
    list(episodes.values_list("pk"))
    found = {one.pk: one for one in Person.objects.select_for_update().filter(pk__in=(keep, other)).order_by("pk")}
    return found[keep], found[other]


def _check(keep: Person, other: Person, versions: tuple[int, int]) -> None:
    if keep.pk == other.pk:
        raise DomainError(_("This is one and the same record."))
    if keep.client_number is None or other.client_number is None:
        raise DomainError(_("One of these records has been merged meanwhile. Look at the other one again."))
    if (keep.version, other.version) != versions:
        raise DomainError(_("One of the records was changed while you were looking. Look at both again, then merge."))
    if in_the_way := obstacles(keep, other):
        raise DomainError(" ".join(in_the_way))


def _theirs(one: Choice, chosen: Mapping[str, str]) -> bool:
    """Is the answer of the other record taken?"""
    said = chosen.get(one.key)
    return said == OTHER if said in (KEPT, OTHER) else one.theirs


def _choose_rows(mover: Mover, asked: list[Choice], chosen: Mapping[str, str]) -> None:
    """Where the other's row was chosen, that of *kept* makes room; where not, moving settles it."""
    today = mover.by.today
    for one in asked:
        if not hasattr(one.mine, "row") or not hasattr(one.other, "row") or one.mine == one.other:
            continue
        if not _theirs(one, chosen):
            continue
        row = one.mine.row
        if one.key in ("name", "preferred"):
            mover.change(row, kind="former")
        else:
            mover.change(row, ends_on=max(today, row.starts_on) if row.starts_on else today)


def _settle_names(mover: Mover) -> None:
    before = {name: getattr(mover.kept, name) for name in ("display_name", "sort_key", "search_text")}
    names = names_of(mover.kept.pk)
    shown_as(mover.kept, names)
    after = {name: getattr(mover.kept, name) for name in before}
    for name, value in before.items():
        setattr(mover.kept, name, value)
    mover.change(mover.kept, **after)
    for name, value in after.items():
        setattr(mover.kept, name, value)


def _choose_fields(mover: Mover, asked: list[Choice], chosen: Mapping[str, str]) -> Edit:
    """The fields of the other that were chosen, and the labels of both. In the history of the record, and among the moves."""
    edit = Edit(mover.kept, mover.by, "about")
    for one in asked:
        if one.key in COLUMNS and _theirs(one, chosen) and one.mine != one.other:
            values = {name: getattr(mover.gone, name) for name in COLUMNS[one.key]}
            mover.change(mover.kept, **values)
            shown = {name.removesuffix("_id"): value for name, value in values.items()}
            for name, value in shown.items():
                edit.note(name, getattr(mover.kept, name), value)
            for name, value in values.items():
                setattr(mover.kept, name, value)
    labels = mover.kept.labels | mover.gone.labels
    mover.change(mover.kept, labels=labels)
    edit.section = "labels"
    edit.apply(mover.kept, {"labels": labels})
    edit.section = "merge"
    edit.note("merged", None, mover.gone.client_number)
    return edit


def _nobody_calls_the_dead(mover: Mover) -> None:
    """Whoever has died by one of both records is not called by the telephones of the other."""
    if not mover.kept.deceased:
        return
    for point in ContactPoint.objects.filter(person=mover.kept.pk):
        mover.change(point, **dict.fromkeys(SAFE, False))


def _number_goes(other: Person, keep: Person) -> None:
    """*other* is no client any more: not in lists, not in searches. Their number leads to *keep*, and is given to nobody else."""
    if other.client_number:
        FormerNumber.objects.create(number=other.client_number, person=keep)
    other.client_number = None
    other.version += 1
    other.save(update_fields=["client_number", "version"])
    NamePosting.objects.filter(person=other).delete()
    take_keys([other.pk])
    Pair.objects.filter(one=other).delete()
    Pair.objects.filter(other=other).delete()


def _episodes_of(person: Person) -> list[UUID]:
    """The open episodes of *person* and of their household: what is asked of them is worked out again."""
    served = EpisodeMember.objects.filter(person=person, ends_on__isnull=True).values("episode")
    return list(Episode.objects.filter(pk__in=served, discharged_on__isnull=True).values_list("pk", flat=True))


@gives_way
def gather_strays(*, merge: Merge, by: Actor) -> int:
    """Move what was written on the record that is gone while it went: a note that was signed in that very moment. How many."""
    return gather_within(merge, by)


def gather_within(merge: Merge, by: Actor) -> int:
    """The same, in the caller's transaction."""
    keep, other = _locked(merge.kept_id, merge.gone_id)
    if Merge.objects.filter(pk=merge.pk, undone_at__isnull=False).exists():
        return 0
    stayed = set(merge.moves.filter(kind=MoveKind.STAYED).values_list("model", "row"))
    mover = Mover(merge, keep, other, by)
    mover.everything()
    whose_plans([keep.pk, other.pk])
    drafts_of(mover)
    members_of(mover)
    mover.moves = [m for m in mover.moves if m.kind != MoveKind.STAYED or (m.model, m.row) not in stayed]
    moved = len([move for move in mover.moves if move.kind == MoveKind.MOVED])
    if moved:
        rekey(keep)
        recompute(episodes=_episodes_of(keep), by=by)
    mover.save()
    return moved


def moves_of(merge: Merge) -> list[Move]:
    """What *merge* did, in the order in which it did it."""
    return list(merge.moves.order_by("pk"))
