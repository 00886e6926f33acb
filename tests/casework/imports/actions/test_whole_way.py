"""A file from the first look to the clients, and back: all or nothing, whatever happens in between."""

from dataclasses import replace
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.imports import tasks
from goldthread.casework.imports.actions import bringing
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.actions.deciding import decide, decide_all, leave_refused
from goldthread.casework.imports.actions.starting import give_up, match, start
from goldthread.casework.imports.actions.taking_back import begin_undo, hanging
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Finding, Import, KeptWord
from goldthread.casework.imports.tasks import SILENT, look_after_imports, step
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.models import ContactPoint, Identifier, NamePosting, Person
from tests.casework.imports.actions.killing import killed_after_the_first_turn
from tests.casework.merging.making import made_one
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
BY = Actor(at=datetime(2026, 11, 19, 15, tzinfo=UTC), today=date(2026, 11, 19), name="Ingrid")
HEAD = "Name,DOB,Phone,SSN,Worker,Favorite color\n"
TWO = HEAD + '"Ortiz, Ana",3/4/61,215-555-0142,123-45-6789,,teal and gold\nBo Lee,5/6/70,,,,\n'


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def checked(text: str, **fields: str) -> Import:
    """A file, matched as guessed and checked."""
    run = start(data=text.encode(), name="clients.csv", by=BY)
    run = match(run=run.pk, fields=fields, chosen={}, version_seen=run.version, by=BY)
    return step(run.pk, BY)


def brought(text: str) -> Import:
    run = checked(text)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    return step(run.pk, BY)


def test_clients_come_in_with_all_they_have() -> None:
    run = brought(TWO)
    ana, bo = Person.objects.order_by("client_number")
    assert (run.state, run.brought) == (State.BROUGHT, 2)
    assert (ana.display_name, ana.birth_date, ana.client_number, bo.client_number) == (
        "Ana Ortiz",
        date(1961, 3, 4),
        1001,
        1002,
    )
    assert ana.client_since == BY.today
    assert ana.contact_points.get().value == "(215) 555-0142"
    assert Identifier.objects.get(person=ana).kind == "ssn"
    assert {row.token.text for row in NamePosting.objects.filter(person=ana).select_related("token")} == {
        "ana",
        "ortiz",
    }
    assert Brought.objects.get(person=ana).kept == {"Favorite color": "teal and gold"}
    assert set(KeptWord.objects.values_list("text", flat=True)) == {"teal", "and", "gold"}


def test_nobody_is_a_client_before_all_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is killed after the first batch; until the job is run again there is no client, then there are all, once."""
    monkeypatch.setattr(bringing, "rows_of_a_turn", lambda: (1, 1))
    run = checked(TWO)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    whole = killed_after_the_first_turn(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        step(run.pk, BY)
    assert Person.objects.count() == 1
    assert not Person.objects.filter(client_number__isnull=False).exists()
    monkeypatch.setattr(bringing, "_write", whole)
    assert step(run.pk, BY).brought == 2
    assert list(Person.objects.order_by("client_number").values_list("display_name", "client_number")) == [
        ("Ana Ortiz", 1001),
        ("Bo Lee", 1002),
    ]


def test_given_up_while_it_comes_in_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run = checked(TWO)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    monkeypatch.setattr(bringing, "_publish", lambda row, by: row)  # killed before the end
    step(run.pk, BY)
    assert Person.objects.count() == 2
    give_up(run=run.pk, by=BY)
    assert step(run.pk, BY).state == State.GIVEN_UP
    assert (Person.objects.count(), Brought.objects.count()) == (0, 0)


def test_a_refused_row_keeps_all_out_until_somebody_says_that_it_stays_out() -> None:
    run = checked(TWO + "Eva,1/1/2030,,,,\n")
    assert (run.state, run.refused) == (State.CHECKED, 1)
    assert Finding.objects.get().told == [["DOB", "The date of birth is in the future."]]
    with pytest.raises(DomainError, match="refused"):
        begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    leave_refused(run=run.pk, leave=True, by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2


def test_the_same_person_twice_in_the_file_is_one_client() -> None:
    run = checked(TWO + "Ana Ortiz,3/4/61,215-555-0199,,,red\n")
    finding = Finding.objects.get()
    assert (finding.row, finding.twin_row, finding.twin_id) == (4, 2, None)
    assert finding.why == [["given", "same"], ["family", "same"], ["birth", "same"], ["phone", "different"]]
    assert (finding.said, finding.other) == (
        "Ana Ortiz · 4 Mar 1961 · (215) 555-0199",
        "Ana Ortiz · 4 Mar 1961 · (215) 555-0142",
    )
    with pytest.raises(DomainError, match="Decide"):
        begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert decide_all(run=run.pk, decision="same", by=BY) == 1
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2
    ana = Person.objects.get(display_name="Ana Ortiz")
    assert ana.contact_points.count() == 2
    assert Brought.objects.get(person=ana).kept == {"Favorite color": "teal and gold", "Favorite color (row 4)": "red"}


def known() -> Person:
    return create_person(
        by=BY,
        names_given=[{"kind": "legal", "given": "Ana", "family": "Ortiz"}],
        values={"birth_date": date(1961, 3, 4)},
        client=True,
    )


def test_somebody_known_here_keeps_their_record_and_gets_what_the_file_said() -> None:
    ana = known()
    run = checked(TWO)
    finding = Finding.objects.get()
    assert (finding.twin_id, finding.why) == (ana.pk, [["given", "same"], ["family", "same"], ["birth", "same"]])
    decide(run=run.pk, row=finding.row, decision="same", by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 1
    assert Person.objects.count() == 2
    assert ana.contact_points.count() == 0
    assert Brought.objects.get(person=ana).kept["Phone or email"] == "(215) 555-0142"
    begin_undo(run=run.pk, by=BY)
    assert step(run.pk, BY).state == State.UNDONE
    assert list(Person.objects.all()) == [ana]


@pytest.mark.parametrize("labels", [8, 64])
def test_that_some_people_are_known_is_not_told(labels: int) -> None:
    from goldthread.foundation.lib.labels import Label

    hidden = int(Label.DOMESTIC_VIOLENCE if labels == 8 else Label.SEALED)
    Person.objects.filter(pk=known().pk).update(labels=hidden)
    assert checked(TWO).alike == 0


def test_a_worker_gets_their_clients_and_an_unknown_one_is_told() -> None:
    team = TeamFactory()
    staff = StaffFactory(name="Renee Baptiste", team=team)
    run = brought(HEAD + 'Ana Ortiz,3/4/61,,,"Baptiste, Renee",\n')
    given = Assignment.objects.get()
    assert (given.staff, given.team, given.starts_on) == (staff, team, BY.today)
    begin_undo(run=run.pk, by=BY)
    assert step(run.pk, BY).kept == []
    assert (Person.objects.count(), Assignment.objects.count()) == (0, 0)
    assert "Nobody called Zed" in checked(HEAD + "Ana Ortiz,3/4/61,,,Zed Zed,\n").findings.get().told[0][1]


def test_undo_leaves_who_was_changed_or_used_and_says_so() -> None:
    run = brought(TWO + "Eva Ames,3/4/71,,,,\n")
    ana, bo, eva = Person.objects.order_by("client_number")
    edit_about(person=ana, version_seen=1, values={"pronouns": "she/her"}, by=BY)
    Assignment.objects.create(
        client=bo, staff=StaffFactory(), starts_on=BY.today, given_at=datetime(2026, 11, 20, tzinfo=UTC)
    )
    begin_undo(run=run.pk, by=BY)
    begin_undo(run=run.pk, by=BY)
    run = step(run.pk, BY)
    assert {one["client"]: one["why"] for one in run.kept} == {
        str(ana.pk): "changed",
        str(bo.pk): "caseload.assignment",
    }
    assert set(Person.objects.values_list("pk", flat=True)) == {ana.pk, bo.pk}
    assert eva.pk not in set(Brought.objects.values_list("person", flat=True))


def test_every_key_to_a_person_is_looked_at_before_somebody_is_taken_back() -> None:
    """A model that comes to hang on persons later is among them without a word here."""
    from django.apps import apps

    from goldthread.casework.imports.actions.taking_back import CAME_ALONG

    left = (*CAME_ALONG, Finding)
    keys = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.remote_field and field.related_model is Person
    }
    looked_at = set(hanging())
    assert {key for key in keys if key not in looked_at and key[0] not in left} == set()


def test_who_has_died_is_not_called() -> None:
    brought("Name,DOB,Phone,Date of death\nAna Ortiz,3/4/61,215-555-0142,11/1/2025\nBo Lee,5/6/70,215-555-0143,\n")
    called = dict(ContactPoint.objects.values_list("person__display_name", "safe_to_call"))
    assert called == {"Ana Ortiz": False, "Bo Lee": True}


def test_what_columns_mean_is_remembered() -> None:
    checked(TWO, **{"Favorite color": "pronouns"})
    assert start(data=TWO.encode(), name="next.csv", by=BY).fields["Favorite color"] == "pronouns"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"Name": "keep"}, "holds the name"),
        ({"Phone": "birth_date"}, "cannot both"),
        ({"Phone": "nonsense"}, "answers offered"),
    ],
)
def test_columns_that_cannot_be_so(fields: dict[str, str], words: str) -> None:
    with pytest.raises(DomainError, match=words):
        checked(TWO, **fields)


def test_two_windows() -> None:
    run = checked(TWO)
    with pytest.raises(DomainError, match="Somebody else"):
        begin_bringing(run=run.pk, version_seen=run.version - 1, by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    step(run.pk, BY)
    assert step(run.pk, BY).brought == 2
    for late in (
        lambda: give_up(run=run.pk, by=BY),
        lambda: match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY),
        lambda: decide_all(run=run.pk, decision="new", by=BY),
    ):
        with pytest.raises(DomainError):
            late()


def test_the_same_form_twice_is_one_file() -> None:
    form = UUID(int=7)
    assert start(data=TWO.encode(), name="a", by=BY, form_id=form) == start(
        data=TWO.encode(), name="a", by=BY, form_id=form
    )


def test_a_step_that_was_killed_is_taken_up(monkeypatch: pytest.MonkeyPatch) -> None:
    run = start(data=TWO.encode(), name="clients.csv", by=BY)
    match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY)
    taken: list[str] = []
    monkeypatch.setattr(tasks, "work_on_import", SimpleNamespace(enqueue=taken.append))
    look_after_imports.call(BY)
    Import.objects.update(beat_at=BY.at - SILENT * 2)
    look_after_imports.call(BY)
    assert taken == [str(run.pk)]


def test_numbers_go_on_after_those_of_others() -> None:
    PersonFactory(client_number=4000, client_since=BY.today)
    brought(TWO)
    assert sorted(Person.objects.values_list("client_number", flat=True)) == [4000, 4001, 4002]


def test_a_file_that_was_given_up_while_it_is_checked_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.casework.imports.actions import checking

    run = start(data=TWO.encode(), name="clients.csv", by=BY)
    match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=BY)

    def meanwhile(*_args: Any) -> Any:
        give_up(run=run.pk, by=BY)
        raise DomainError("no table")

    monkeypatch.setattr(checking, "opened", meanwhile)
    assert step(run.pk, BY).state == State.GIVEN_UP


def test_two_workers_at_one_file_write_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one steps in between the first one's reading and writing; the first one leaves off."""
    run = checked(TWO)
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    whole, other = bringing._write, []

    def late(*args: Any) -> bool:
        if not other:
            other.append(1)
            monkeypatch.setattr(bringing, "_publish", lambda row, by: row)
            step(run.pk, BY)
        return whole(*args)

    published = bringing._publish
    monkeypatch.setattr(bringing, "_write", late)
    assert step(run.pk, BY).state == State.BRINGING
    assert Person.objects.count() == 2
    monkeypatch.setattr(bringing, "_publish", published)
    assert step(run.pk, BY).brought == 2


def test_a_year_of_birth_is_no_other_birthday() -> None:
    ana = known()
    Person.objects.filter(pk=ana.pk).update(birth_date=date(1961, 1, 1), birth_date_kind="year")
    from goldthread.people.persons.models import ContactPoint

    ContactPoint.objects.create(person=ana, kind="mobile", value="(215) 555-0142", key="2410555512")
    assert checked(TWO).alike == 1


def test_the_sheet_to_mend_does_not_bring_its_reasons() -> None:
    run = start(data=b"Name,Why it is refused\nAna Ortiz,DOB: in the future\n", name="rows-to-mend.csv", by=BY)
    assert run.fields["Why it is refused"] == "leave"


def test_two_rows_like_one_that_stays_out_are_one_client() -> None:
    run = checked(TWO + "Ana Ortiz,3/4/61,,,,red\nAna Ortiz,3/4/61,,,,blue\n")
    decide_all(run=run.pk, decision="same", by=BY)
    Finding.objects.create(run=run, row=2, decision="leave")
    begin_bringing(run=run.pk, version_seen=run.version, by=BY)
    assert step(run.pk, BY).brought == 2


def test_bytes_that_are_gone_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from goldthread.casework.imports import queries

    run = checked(TWO)

    def gone(_file: Any) -> bytes:
        raise FileNotFoundError

    monkeypatch.setattr(queries, "read", gone)
    with pytest.raises(DomainError, match="no longer here"):
        queries.opened(run, BY)


def test_the_same_file_in_two_windows_does_not_come_in_twice() -> None:
    later = Actor(at=BY.at + SILENT, today=BY.today)
    one, two = checked(TWO), checked(TWO)
    begin_bringing(run=one.pk, version_seen=one.version, by=later)
    for _look in ("while it comes in", "when it has come in"):
        with pytest.raises(DomainError, match="Another file"):
            begin_bringing(run=two.pk, version_seen=two.version, by=later)
        step(one.pk, later)
    again = match(run=two.pk, fields={}, chosen={}, version_seen=two.version, by=later)
    assert step(again.pk, later).alike == 2


def test_what_somebody_brought_is_read_on_the_record_that_is_kept() -> None:
    kept = known()
    run = brought(HEAD + "Anne Ortiz,5/3/1991,,,,teal\n")
    anne = Person.objects.get(display_name="Anne Ortiz")
    made_one(kept, anne, replace(BY, staff=StaffFactory().pk))
    assert Brought.objects.get().person == kept
    begin_undo(run=run.pk, by=BY)
    assert [one["client"] for one in step(run.pk, BY).kept] == [str(kept.pk)]
    assert Person.objects.filter(pk=kept.pk).exists()
