"""What came in goes again: all of it where nobody has seen it yet; later only who is as they came. The rest is listed."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.episodes.models import Episode
from goldthread.casework.imports.actions.bringing_common import of_file, rows_of_a_turn
from goldthread.casework.imports.actions.taking_back_happenings import delete_happenings, used_happenings
from goldthread.casework.imports.actions.writing_happenings import forget_stand_ins
from goldthread.casework.imports.enums import State, What
from goldthread.casework.imports.models import Brought, Finding, Import, KeptWord
from goldthread.foundation.audit.actions import record, record_many
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.bulk import delete_of
from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.giving_way import Turns
from goldthread.people.persons.actions.create import spend_numbers
from goldthread.people.persons.actions.keys import take_keys
from goldthread.people.persons.models import (
    Address,
    Change,
    ContactPoint,
    Household,
    HouseholdMember,
    Identifier,
    LikenessKey,
    NamePosting,
    Person,
    PersonName,
    Relationship,
)

CAME_ALONG: tuple[type[models.Model], ...] = (
    LikenessKey,
    NamePosting,
    PersonName,
    ContactPoint,
    Address,
    Identifier,
    Change,
    Brought,
)
"""What was written with each person, and goes with them. An edit of any of it counts the person's version up."""


@transaction.atomic
def begin_undo(*, run: UUID, by: Actor) -> Import:
    """Take a file back that came in (enqueue it). Twice is once."""
    row = Import.objects.select_for_update().get(pk=run)
    if row.state in (State.LEAVING, State.UNDONE):
        return row
    if row.state != State.BROUGHT:
        raise DomainError(_("This has not come in."))
    row.state, row.done, row.kept, row.beat_at, row.version = State.LEAVING, 0, [], by.at, row.version + 1
    row.save()
    record(by=by, action="imports.undo_begun", kind="import", object_id=row.pk)
    return row


def take_back(*, run: UUID, by: Actor) -> Import:
    """Take away who came with a file, in short turns; a killed worker goes on where it was. Who is used by now stays."""
    row = Import.objects.get(pk=run)
    turns, last = Turns(*rows_of_a_turn()), 0
    while row.state == State.LEAVING:
        people = Brought.objects.filter(run=row, row__gt=last, of__isnull=True).order_by("row")
        batch = list(people.values_list("row", "person", "place")[: turns.size])
        if not batch:
            return _finish(row, by)
        with turns.turn():
            (_take_batch if row.what == What.CLIENTS else _take_happenings)(row, batch, by)
        last = batch[-1][0]
    return row


def _take_batch(row: Import, batch: list[tuple[int, UUID, int | None]], by: Actor) -> None:
    """Each person of *batch* who is as they came goes. Locked first: nothing can be hung on them meanwhile."""
    new = [person for _row, person, place in batch if place is not None]
    locked = list(Person.objects.select_for_update().filter(pk__in=new).order_by("pk"))
    used = dict(_used(locked, row))
    gone = [person.pk for person in locked if person.pk not in used]
    _delete(gone, row)
    spend_numbers(person.client_number for person in locked if person.client_number and person.pk not in used)
    known = [number for number, _person, place in batch if place is None]
    Brought.objects.filter(run=row, place__isnull=True, row__in=known).delete()
    went = [*gone, *(person for _row, person, place in batch if place is None)]
    record_many(by=by, action="imports.taken_back", kind="person", clients=dict.fromkeys(went), details=of_file(row))
    _keep(row, batch, used, by)


def _take_happenings(row: Import, batch: list[tuple[int, UUID, int | None]], by: Actor) -> None:
    """Each enrollment or contact of *batch* that is as it came goes. Its clients are locked first, and its episodes: nothing can
    be hung on them meanwhile."""
    numbers = [number for number, _person, _place in batch]
    rows = _with_later_rows(row, numbers)
    list(
        Person.objects.select_for_update()
        .filter(pk__in={one.person_id for one in rows})
        .order_by("pk")
        .values_list("pk")
    )
    episodes = {one.of_id or one.pk for one in rows}
    list(Episode.objects.select_for_update().filter(pk__in=episodes).order_by("pk").values_list("pk"))
    used = used_happenings(rows, row)
    gone = [one for one in rows if (one.of_id or one.pk) not in used]
    delete_happenings(gone, row, by)
    clients = dict.fromkeys(one.person_id for one in gone)
    record_many(by=by, action="imports.taken_back", kind="person", clients=clients, details=of_file(row))
    stayed = [(one.person_id, one.of_id or one.pk) for one in rows]
    _keep(row, batch, {person: used[pk] for person, pk in stayed if pk in used}, by)


def _with_later_rows(row: Import, numbers: list[int]) -> list[Brought]:
    """The rows *numbers*. The later rows of an enrollment go, or stay, with its first."""
    found = list(Brought.objects.filter(run=row, row__in=numbers, of__isnull=True).order_by("row"))
    firsts = [one.pk for one in found]
    return [*found, *Brought.objects.filter(of__in=firsts).order_by("row", "seat")]


def _keep(row: Import, batch: list[tuple[int, UUID, int | None]], used: dict[UUID, str], by: Actor) -> None:
    """How far it is, and who stayed."""
    now = Import.objects.select_for_update().get(pk=row.pk)
    known = {one["client"] for one in now.kept}
    now.kept += [{"client": str(pk), "why": why} for pk, why in used.items() if str(pk) not in known]
    now.done, now.beat_at = batch[-1][0], by.at
    now.save(update_fields=["kept", "done", "beat_at"])


def _used(people: list[Person], row: Import) -> Iterator[tuple[UUID, str]]:
    """Those of *people* who are not as they came, and why: ``changed``, or what hangs on them (a model's label)."""
    ids = [person.pk for person in people]
    hung = dict(HUNG.ask(people=ids, given_at=row.finished_at or row.made_at, run=row.pk))
    for person in people:
        if person.version != 1:
            yield person.pk, "changed"
        elif person.pk in hung:
            yield person.pk, hung[person.pk]


def hanging() -> Iterator[tuple[type[models.Model], str]]:
    """Every model with a key to a person that is not written with them, by the models' own metadata: none is forgotten."""
    relations: Any = Person._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        if model not in (*CAME_ALONG, Finding) or model is Brought:
            yield model, relation.remote_field.name


def _hung() -> QuerySet[Any, tuple[UUID, str]]:
    """Whom something hangs on that did not come along, with the label of its model: all models in one statement. Asked one by one they
    took most of a turn at the writer."""
    came = {
        Assignment: _own_assignment(),
        Brought: Q(run=Given("run")),
        HouseholdMember: _as_it_came() & Q(Exists(_in_file("person").filter(household=OuterRef("household")))),
        Relationship: _as_it_came() & Q(Exists(_in_file("person"))) & Q(Exists(_in_file("other"))),
    }
    one, *others = [
        model._default_manager.filter(AnyOf(F(field), Given("people")))
        .exclude(came.get(model, Q(pk__in=[])))
        .order_by()
        .values_list(field, Value(model._meta.label_lower))
        for model, field in hanging()
    ]
    return one.union(*others)


def _own_assignment() -> Q:
    """Given with the file, and nobody did anything with it since."""
    return Q(given_at=Given("given_at"), ended_at__isnull=True, followed_by__isnull=True)


def _as_it_came() -> Q:
    """A place in a household, or a relationship, that nobody changed since. Who adds one by hand changes the person."""
    return Q(version=1, ends_on__isnull=True)


def _in_file(person: str) -> QuerySet[Brought]:
    return Brought.objects.filter(run=Given("run"), place__isnull=False, person=OuterRef(person))


HUNG: Compiled[tuple[UUID, str]] = Compiled(_hung)


def _delete(people: Iterable[UUID], row: Import) -> None:
    """Plain deletions, in the order in which the rows hang on each other."""
    ids = list(people)
    if row.finished_at:
        Assignment.objects.filter(client__in=ids, given_at=row.finished_at).delete()
    homes = _homes(ids, row)
    take_keys(ids)
    Finding.objects.filter(twin__in=ids).update(twin=None)
    delete_of(KeptWord, "brought", Brought.objects.filter(person__in=ids).values_list("pk", flat=True))
    delete_of(Relationship, "other", ids)
    delete_of(Relationship, "person", ids)
    delete_of(HouseholdMember, "person", ids)
    for model in CAME_ALONG:
        delete_of(model, "person", ids)
    delete_of(Person, "id", ids)
    if homes:
        Household.objects.filter(pk__in=homes, members__isnull=True, episodes__isnull=True).delete()


def _homes(ids: Iterable[UUID], row: Import) -> set[UUID]:
    """The households that the file *row* made of these people."""
    # Asked for by person and by nothing else: SQLite would read the whole file by its index.
    rows = Brought.objects.filter(person__in=list(ids))
    return {pk for run, pk in rows.values_list("run", "household") if pk and run == row.pk}


@transaction.atomic
def _finish(row: Import, by: Actor) -> Import:
    now = Import.objects.select_for_update().get(pk=row.pk)
    if now.state != State.LEAVING:
        return now
    forget_stand_ins(now)
    now.state = State.UNDONE if now.brought else State.GIVEN_UP
    now.done, now.version = now.rows, now.version + 1
    now.save()
    record(by=by, action="imports.undone", kind="import", object_id=row.pk, details={"stayed": len(now.kept)})
    return now
