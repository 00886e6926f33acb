"""A group: written once, a note of its own for each client, and no client in another's record."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.afterwards import void
from goldthread.casework.contacts.actions.cosigning import send_back
from goldthread.casework.contacts.actions.groups import sign_group
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Contact, ContactPerson
from goldthread.casework.contacts.rules.checks import NoteProblems
from goldthread.casework.contacts.rules.groups import Group, Member, field_of
from goldthread.casework.contacts.rules.written import Somebody
from goldthread.casework.record.actions import save_draft
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.record.rules import AlreadySigned
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Activity, Seen
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import TODAY, ZONE, actor_of, episode_of, note
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
TEXT = "We practised calling a landlord."


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def clients(worker: Staff) -> list[Person]:
    people = [PersonFactory(given=name, family="Quillby") for name in ("Anabel", "Bartek", "Chidi")]
    people[1].display_name, people[2].display_name = "Bartek Marlowe", "Chidi Nwosu"
    for one in people:
        one.save()
        episode_of(one, worker)
    return people


def member(person: Person, **more: Any) -> Member:
    return Member(person.pk, person.episode_places.get().episode_id, **more)


def group_of(*members: Member, **more: Any) -> Group:
    """From 13:30 to 14:20 today, one skill taught."""
    shared = note(Person(pk=members[0].person), activities={Activity.SKILLS_TEACHING: None}, narrative=TEXT, parts=())
    return Group(new_id(), replace(shared, **more), members)


def signed(worker: Staff, group: Group, **more: Any) -> list[Contact]:
    return sign_group(group=group, zone=ZONE, by=actor_of(worker), **more)


def told(worker: Staff, group: Group) -> list[str]:
    with pytest.raises(NoteProblems) as error:
        signed(worker, group)
    assert not Contact.objects.exists()
    return [problem.field for problem in error.value.problems]


def test_each_client_has_a_note_of_their_own_and_nobody_elses_part(worker: Staff, clients: list[Person]) -> None:
    one, two, three = clients
    group = group_of(
        member(one, own_part="Called her landlord", next_step="Bring the lease", next_on=TODAY + timedelta(days=7)),
        member(two, minutes=20, activities=(Activity.EMOTIONAL_SUPPORT,), own_part="Left in tears"),
        member(three, present=False, own_part="Rang to say the bus broke down"),
    )
    contacts = {contact.person_id: contact for contact in signed(worker, group)}
    assert [contacts[one.pk].minutes, contacts[two.pk].minutes, contacts[three.pk].minutes] == [50, 20, 0]
    assert {contact.group for contact in contacts.values()} == {group.pk}
    assert contacts[one.pk].pk == group.pk
    done = {pk: [(row.activity, row.minutes) for row in contact.activities.all()] for pk, contact in contacts.items()}
    assert done == {one.pk: [("skills_teaching", 50)], two.pk: [("emotional_support", 20)], three.pk: []}
    texts = {entry.person_id: (entry.kind, entry.text) for entry in Entry.objects.filter(source_kind="contact")}
    assert texts[one.pk] == ("contact", f"{TEXT}\n\nCalled her landlord")
    assert texts[two.pk] == ("contact", f"{TEXT}\n\nLeft in tears")
    assert texts[three.pk] == ("attempt", "Rang to say the bus broke down")
    for person in clients:
        rows = ContactPerson.objects.filter(contact__person=person)
        assert [row.person_id for row in rows] == [person.pk]
    proof = {row.person_id: (row.minutes, row.attempted, row.seen) for row in Evidence.objects.filter(kind="contact")}
    assert proof == {one.pk: (50, False, ["client"]), two.pk: (20, False, ["client"]), three.pk: (0, True, [])}
    task = Task.objects.get(title="Bring the lease")
    assert (task.client, task.due_on) == (one, TODAY + timedelta(days=7))
    assert Event.objects.filter(action="contacts.signed").count() == 3


def test_signing_twice_is_signing_once_and_the_draft_never_comes_back(worker: Staff, clients: list[Person]) -> None:
    group, by = group_of(*map(member, clients)), actor_of(worker)
    kept: dict[str, Any] = {"pk": group.pk, "kind": "contact", "person": None, "episode": None, "labels": 0, "by": by}
    save_draft(content={"narrative": ["a"]}, version_seen=0, **kept)
    first = signed(worker, group, version_seen=1)
    assert signed(worker, group, version_seen=1) == sorted(first, key=lambda one: (one.person.sort_key, one.pk))
    assert Contact.objects.count() == 3
    assert not Draft.objects.exists()
    with pytest.raises(AlreadySigned):
        save_draft(content={"narrative": ["late"]}, version_seen=1, **kept)
    with pytest.raises(DomainError):
        signed(StaffFactory(), group)


def test_who_led_it_too_was_there_for_each(worker: Staff, clients: list[Person]) -> None:
    signed(worker, group_of(*map(member, clients), others=(Somebody(Seen.PROVIDER, name="Ms. Ode"),)))
    assert ContactPerson.objects.filter(name="Ms. Ode", role="provider").count() == 3
    assert {tuple(row.seen) for row in Evidence.objects.filter(kind="contact")} == {("client", "provider")}


def test_all_or_nothing_and_each_problem_at_its_place(worker: Staff, clients: list[Person]) -> None:
    one, two, three = clients
    assert told(worker, group_of(member(one))) == ["with"]
    assert told(worker, group_of(member(one), member(two), end=time(13, 0))) == ["end"]
    assert told(worker, group_of(member(one), member(two), narrative=" ")) == ["narrative"]
    late = group_of(member(one, minutes=51), member(two, next_step="Call"), member(three))
    assert told(worker, late) == [field_of(one.pk), field_of(two.pk)]
    stranger = replace(member(two), episode=one.episode_places.get().episode_id)
    assert told(worker, group_of(member(one), stranger)) == [field_of(two.pk)]
    early = group_of(member(one), member(two), day=date(2026, 9, 1))
    assert told(worker, early) == [field_of(one.pk), field_of(two.pk)]
    many = [member(one), *(replace(member(one), person=new_id()) for _ in range(30))]
    assert "with" in told(worker, group_of(*many))


def test_the_shared_text_names_nobody_of_the_group(worker: Staff, clients: list[Person]) -> None:
    group = group_of(*map(member, clients), narrative="Good talk; MARLOWE led it.")
    assert told(worker, group) == ["narrative"]
    assert told(worker, replace(group, shared=replace(group.shared, narrative="chidi, again"))) == ["narrative"]
    assert len(signed(worker, replace(group, names_are_right=True))) == 3


def test_its_own_contacts_do_not_overlap_others_do(worker: Staff, clients: list[Person]) -> None:
    sign(pk=new_id(), note=note(PersonFactory(), start=time(14, 0), end=time(14, 30)), zone=ZONE, by=actor_of(worker))
    group = group_of(*map(member, clients))
    with pytest.raises(NoteProblems) as error:
        signed(worker, group)
    assert [(one.field, one.confirm) for one in error.value.problems] == [("start", "overlap_is_right")]
    confirmed = replace(group, shared=replace(group.shared, overlap_is_right=True))
    assert len(signed(worker, confirmed)) == 3


def test_one_note_is_returned_mended_or_voided_alone(worker: Staff, clients: list[Person]) -> None:
    one, two, _three = clients
    Assignment.objects.filter(staff=worker, client=one).update(cosign=True)
    group = group_of(*map(member, clients))
    states = {contact.person_id: contact.state for contact in signed(worker, group)}
    assert sorted(states.values()) == ["signed", "signed", "waiting"]
    boss = actor_of(StaffFactory())
    first = Contact.objects.get(person=one)
    send_back(contact=first, comment="What did she say?", by=boss)
    better = note(
        one, first.episode, replaces=first.pk, narrative="She said yes.", activities={Activity.ADVOCACY: None}
    )
    newer = sign(pk=new_id(), note=better, zone=ZONE, by=actor_of(worker))
    assert newer.group == group.pk
    void(contact=Contact.objects.get(person=two), reason="Was ill", by=actor_of(worker))
    counting = Contact.objects.exclude(state__in=["voided", "replaced"]).values_list("person", flat=True)
    assert set(counting) == {one.pk, clients[2].pk}
