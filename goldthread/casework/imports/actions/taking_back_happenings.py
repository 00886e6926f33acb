"""Enrollments and contacts that came with a file go again: those that are as they came. What was worked with since stays."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from goldthread.casework.caseload.actions.proving import DISCHARGE, ENROLMENT
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode, EpisodeMember
from goldthread.casework.imports.actions.happening import BROUGHT
from goldthread.casework.imports.actions.households import dissolve
from goldthread.casework.imports.actions.publishing_happenings import look_again_at
from goldthread.casework.imports.enums import What
from goldthread.casework.imports.models import Brought, Import
from goldthread.casework.merging.models import Move
from goldthread.casework.record.enums import EntryKind
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Reckoning, Task, TaskState
from goldthread.foundation.lib.actor import Actor

OWN_ENTRIES = (EntryKind.ENROLLED, EntryKind.DISCHARGED)
OWN_EVIDENCE = (ENROLMENT, DISCHARGE)
ALONE = (EpisodeMember, Reckoning)
"""They go with their episode: each change of them counts its version up, or is worked out."""


def used_happenings(rows: Collection[Brought], run: Import) -> dict[UUID, str]:
    """The enrollments, or contacts, of *rows* (by id) that are not as they came, and why: ``changed``, or what hangs on them."""
    ids = [row.of_id or row.pk for row in rows]
    if run.what == What.CONTACTS:
        changed = Entry.objects.filter(Q(voided=True) | Q(hidden=True), source_kind=BROUGHT, source_id__in=ids)
        return dict.fromkeys(changed.values_list("source_id", flat=True), "changed") | _merged_entries(ids)
    found: dict[UUID, str] = dict.fromkeys(
        Episode.objects.filter(pk__in=ids).exclude(version=1).values_list("pk", flat=True), "changed"
    )
    moved = Move.objects.filter(model="episodes.Episode", row__in=[str(pk) for pk in ids], merge__undone_at=None)
    found |= dict.fromkeys((UUID(pk) for pk in moved.values_list("row", flat=True)), "merging.move")
    for model, field in hanging_on_episodes():
        hung = _strange(model, field, ids, run).values_list(field, flat=True).distinct()
        for pk in hung:
            found.setdefault(pk, model._meta.label_lower)
    return found


def _merged_entries(ids: Collection[UUID]) -> dict[UUID, str]:
    entries = dict(Entry.objects.filter(source_kind=BROUGHT, source_id__in=ids).values_list("pk", "source_id"))
    moved = Move.objects.filter(model="record.Entry", row__in=[str(pk) for pk in entries], merge__undone_at=None)
    return {entries[UUID(pk)]: "merging.move" for pk in moved.values_list("row", flat=True)}


def hanging_on_episodes() -> Iterator[tuple[type[Model], str]]:
    """Every model with a key to an episode that does not go with it, by the models' own metadata: none is forgotten."""
    relations: Any = Episode._meta.get_fields(include_hidden=True)
    for relation in relations:
        to_episode = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if to_episode and relation.related_model not in ALONE:
            yield relation.related_model, relation.remote_field.name


def _strange(model: type[Model], field: str, ids: Collection[UUID], run: Import) -> QuerySet[Any]:
    """The rows on the episodes *ids* that did not come with the file *run*, and that no rule alone made."""
    rows: QuerySet[Any] = model._default_manager.filter(**{f"{field}__in": ids})
    if model is Entry:
        return rows.exclude(source_kind__in=OWN_ENTRIES, source_id__in=ids)
    if model is Evidence:
        return rows.exclude(source_kind__in=OWN_EVIDENCE, source_id__in=ids)
    if model is Assignment:
        return rows.exclude(given_at=run.finished_at, ended_at__isnull=True, followed_by__isnull=True)
    if model is Task:
        by_hand = Q(requirement="") | ~Q(note="") | Q(snoozed_until__isnull=False) | Q(asked_by__isnull=False)
        return rows.filter(by_hand | Q(state=TaskState.MISSED) & ~Q(reason=""))
    return rows


def delete_happenings(rows: Iterable[Brought], run: Import, by: Actor) -> None:
    """Plain deletions, in the order in which the rows hang on each other."""
    gone = list(rows)
    ids = list(dict.fromkeys(row.of_id or row.pk for row in gone))
    if run.what == What.CONTACTS:
        told = Evidence.objects.filter(source_kind=BROUGHT, source_id__in=ids)
        episodes = list(told.values_list("episode", flat=True).distinct())
        told.delete()
        Entry.objects.filter(source_kind=BROUGHT, source_id__in=ids).delete()
        look_again_at(episodes, by)
    else:
        _give_back_clients(gone, run)
        for model in (Task, Assignment, Evidence, Entry, *ALONE):
            model._default_manager.filter(episode__in=ids).delete()
        Episode.objects.filter(pk__in=ids).delete()
        dissolve(gone, run)
    Brought.objects.filter(pk__in=[row.pk for row in gone]).delete()


def _give_back_clients(gone: Iterable[Brought], run: Import) -> None:
    """What workers had of clients as a whole, and what became the work of an episode that is gone, is theirs again."""
    if run.finished_at is None:
        return
    rows = list(gone)
    of_episode: dict[UUID, set[UUID]] = defaultdict(set)
    for one in rows:
        of_episode[one.of_id or one.pk] |= {one.worker} if one.worker else set()
    workers: dict[UUID, set[UUID]] = defaultdict(set)
    for one in rows:
        workers[one.person_id] |= of_episode[one.of_id or one.pk]
    ended = Assignment.objects.filter(client__in=workers, episode__isnull=True, ended_at=run.finished_at)
    newer = Assignment.objects.filter(client=OuterRef("client"), episode__isnull=True, ends_on__isnull=True)
    for row in ended.exclude(Exists(newer)):
        if row.staff_id in workers[row.client_id]:
            row.ends_on = row.ended_by = row.ended_at = None
            row.save(update_fields=["ends_on", "ended_by", "ended_at"])
