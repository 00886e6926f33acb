"""Documents: added, renewed, removed, brought back; with their lines, their tasks and the audit log."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Q

from goldthread.casework.documents import actions
from goldthread.casework.documents.actions import Days, papers_that_ended
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.documents.queries import asked_of, current_of, met_by, removed_of, versions_of
from goldthread.casework.documents.rules import Serves
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task, TaskState
from goldthread.foundation.audit.models import Event
from goldthread.foundation.files.actions import read
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.rules.template import Accepts
from goldthread.foundation.programs.shipped import shipped
from goldthread.people.persons.models import Person
from tests.casework.caseload.programs import enrolled, program
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
CARD = Clean(b"a card", "text/plain; charset=utf-8")
NEW_CARD = Clean(b"a new card", "text/plain; charset=utf-8")


@pytest.fixture
def by(actor: Actor) -> Actor:
    return Actor(at=actor.at, today=actor.today, staff=StaffFactory().pk)


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def add(person: Person, by: Actor, *, days: int | None = 365, **given) -> Document:
    told = {"kind": "insurance", "title": "Medicaid card", "clean": CARD, "owner": None}
    ends = None if days is None else by.today + timedelta(days=days)
    return actions.add_document(person=person, days=Days(expires_on=ends), by=by, **told | given)


def tasks(document: Document) -> list[tuple[str, str]]:
    rows = Task.objects.filter(source_kind="document", source_id=document.pk).order_by("made_at", "pk")
    return [(task.title, task.state) for task in rows]


def test_a_document_is_kept_once_told_once_and_its_end_becomes_a_task(person: Person, by: Actor):
    owner, form_id = StaffFactory(), new_id()
    first = add(person, by, owner=owner, form_id=form_id)
    assert add(person, by, owner=owner, form_id=form_id) == first
    (version,) = current_of(person, Q())
    assert read(version.file) == b"a card"
    entry = Entry.objects.get()
    assert (entry.kind, entry.title, entry.source_id) == ("document", "Medicaid card", version.pk)
    task = Task.objects.get()
    assert (task.owner, task.title, task.due_on) == (owner, "Renew: Medicaid card", by.today + timedelta(days=335))
    event = Event.objects.get(action="documents.added")
    assert "Medicaid card" not in str(event.details)


def test_without_an_end_or_with_one_that_is_past_there_is_no_task(person: Person, by: Actor):
    assert tasks(add(person, by, days=None)) == []
    assert tasks(add(person, by, days=-1)) == []


def test_a_newer_version_takes_its_place_closes_the_task_and_makes_the_next(person: Person, by: Actor):
    card = add(person, by)
    form_id = new_id()
    for _time in range(2):
        ends = Days(dated_on=by.today, expires_on=by.today + timedelta(days=400))
        actions.add_version(document=card, clean=NEW_CARD, days=ends, owner=None, form_id=form_id, by=by)
    assert [(one.number, one.current, read(one.file)) for one in versions_of(card)] == [
        (2, True, b"a new card"),
        (1, False, b"a card"),
    ]
    assert sorted(state for _title, state in tasks(card)) == [TaskState.DONE, TaskState.OPEN]
    assert Entry.objects.count() == 2


def test_not_needed_ends_the_task_and_a_newer_version_begins_anew(person: Person, by: Actor):
    card = add(person, by)
    for _time in range(2):
        actions.need_not_renew(document=card, by=by)
    assert tasks(card) == [("Renew: Medicaid card", TaskState.CANCELLED)]
    assert Event.objects.filter(action="documents.not_renewed").count() == 1
    actions.add_version(document=card, clean=NEW_CARD, days=Days(), owner=None, by=by)
    assert Document.objects.get().not_renewed_at is None


def test_removed_with_a_reason_and_brought_back(person: Person, by: Actor):
    card = add(person, by)
    with pytest.raises(DomainError, match="Say why"):
        actions.remove(document=card, why="  ", by=by)
    with pytest.raises(DomainError, match="300"):
        actions.remove(document=card, why="x" * 301, by=by)
    for _time in range(2):
        actions.remove(document=card, why="His brother's card", by=by)
    assert current_of(person, Q()) == []
    assert [one.document.removed_why for one in removed_of(person, Q())] == ["His brother's card"]
    assert tasks(card) == [("Renew: Medicaid card", TaskState.CANCELLED)]
    assert Entry.objects.get().voided
    with pytest.raises(DomainError, match="removed"):
        actions.add_version(document=card, clean=NEW_CARD, days=Days(), owner=None, by=by)
    for _time in range(2):
        actions.bring_back(document=card, owner=None, by=by)
    assert len(current_of(person, Q())) == 1
    assert not Entry.objects.get().voided
    assert sorted(state for _title, state in tasks(card)) == [TaskState.CANCELLED, TaskState.OPEN]


def test_what_cannot_be_is_refused_and_nothing_is_kept(person: Person, by: Actor):
    ahead, today = by.today + timedelta(days=1), by.today
    for field, given in [
        ("kind", {"kind": "spell"}),
        ("title", {"title": "x" * 121}),
        ("dated_on", {"days": Days(dated_on=ahead)}),
        ("expires_on", {"days": Days(dated_on=today, expires_on=today - timedelta(days=1))}),
    ]:
        told = {"kind": "letter", "title": "", "days": Days(), "clean": CARD, "owner": None} | given
        with pytest.raises(DomainError) as refused:
            actions.add_document(person=person, by=by, **told)
        assert refused.value.field == field
    assert not DocumentVersion.objects.exists()


def test_a_title_left_out_is_the_kind(person: Person, by: Actor):
    assert add(person, by, title="").title == "Insurance card"


def test_a_form_of_somebody_else_is_refused(person: Person, by: Actor):
    other = add(PersonFactory(), by, form_id=new_id())
    held = actions.add_version(document=other, clean=NEW_CARD, days=Days(), owner=None, by=by, form_id=new_id())
    with pytest.raises(DomainError, match="somebody else"):
        add(person, by, form_id=other.pk)
    with pytest.raises(DomainError, match="somebody else"):
        actions.add_version(document=add(person, by), clean=NEW_CARD, days=Days(), owner=None, by=by, form_id=held.pk)


@pytest.fixture
def episode(person: Person, by: Actor) -> Episode:
    """In a program whose first rule is met by a document called *release*."""
    AgencyFactory()
    template = shipped()["mental-health-tcm"]
    way = Accepts(EventKind.DOCUMENT, name="release")
    rules = [replace(one, accepts=(way,)) if one.key == "first-assessment" else one for one in template.requirements]
    program(by, template=replace(template, requirements=tuple(rules)))
    return enrolled(by, by.today - timedelta(days=5), person=person)


def asked(person: Person, by: Actor) -> dict[str, Serves]:
    return {one.serves.requirement: one.serves for one in asked_of(person, Q(), by.today)}


def state() -> str:
    return Task.objects.get(requirement="first-assessment").state


def later(by: Actor, days: int) -> Actor:
    return replace(by, at=by.at + timedelta(days=days), today=by.today + timedelta(days=days))


def test_a_paper_meets_what_is_asked_until_it_is_removed(person: Person, by: Actor, episode: Episode):
    open_now = asked(person, by)
    assert (open_now["first-assessment"].kind, open_now["first-assessment"].name) == (EventKind.DOCUMENT, "release")
    assert "monthly-contact" not in open_now, "no paper is a contact"
    paper = add(person, by, days=None, serves=open_now["first-assessment"], kind="release")
    assert (paper.episode, state()) == (episode, TaskState.DONE)
    evidence = Evidence.objects.get(source_kind="document")
    assert (evidence.kind, evidence.name, evidence.happened_on) == ("document", "release", by.today)
    assert met_by(paper.versions.get())[1] == Task.objects.get(requirement="first-assessment")
    assert "first-assessment" not in asked(person, by)
    actions.remove(document=paper, why="Of his brother", by=by)
    assert state() == TaskState.OPEN
    actions.bring_back(document=paper, owner=None, by=by)
    assert state() == TaskState.DONE


def test_a_paper_that_ran_out_is_asked_for_again(person: Person, by: Actor, episode: Episode):
    paper = add(person, by, days=10, serves=asked(person, by)["first-assessment"])
    assert papers_that_ended(by=later(by, 10)) == 0, "it holds on its last day"
    over = later(by, 11)
    assert (papers_that_ended(by=over), state()) == (1, TaskState.OPEN)
    assert papers_that_ended(by=over) == 0
    actions.need_not_renew(document=paper, by=over)
    assert state() == TaskState.DONE
    actions.add_version(document=paper, clean=NEW_CARD, days=Days(), owner=None, by=over)
    assert (state(), Evidence.objects.filter(source_kind="document", voided=False).count()) == (TaskState.DONE, 2)
    late = later(by, 30)
    assert add(person, late, days=-1, serves=Serves(episode, "plan", EventKind.DOCUMENT)).pk
    assert Evidence.objects.filter(source_kind="document", voided=False).count() == 2, "what had ended proves nothing"


def test_the_wrong_paper_is_evidence_of_nothing(person: Person, by: Actor, episode: Episode):
    paper = add(person, by, days=None, serves=asked(person, by)["first-assessment"])
    before = later(by, 2)
    given = Days(dated_on=by.today - timedelta(days=60))
    actions.add_version(document=paper, clean=NEW_CARD, days=given, owner=None, instead=True, by=before)
    assert Evidence.objects.get(voided=False, source_kind="document").happened_on == given.dated_on
    assert state() == TaskState.OPEN, "before the enrollment: it meets nothing"


def test_what_is_asked_of_somebody_else_cannot_be_met(person: Person, by: Actor, episode: Episode):
    serves = asked(person, by)["first-assessment"]
    with pytest.raises(DomainError, match="another program"):
        add(PersonFactory(), by, serves=serves)
    assert not Document.objects.exists()
    Person.objects.filter(pk=person.pk).update(client_number=None)
    with pytest.raises(DomainError, match="merged into another"):
        add(person, by, serves=serves)
