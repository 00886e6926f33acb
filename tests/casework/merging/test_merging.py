"""Two records made one, and taken back: worked out from the issue and house.md."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.models import Contact
from goldthread.casework.contacts.rules.toward import of_person
from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.actions.writing import keep
from goldthread.casework.intake.models import Place
from goldthread.casework.merging.actions.merging import gather_strays
from goldthread.casework.merging.actions.undo import undo_merge
from goldthread.casework.merging.models import Merge
from goldthread.casework.merging.queries.merged import parts_of
from goldthread.casework.merging.queries.preview import choices, hidden_from, moving, obstacles
from goldthread.casework.plans.models import Goal, Plan, PlannedService
from goldthread.casework.record.actions import save_draft
from goldthread.casework.record.models import Draft
from goldthread.casework.tasks.actions.tasks import complete
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.actions import record
from goldthread.foundation.audit.models import Event
from goldthread.foundation.audit.queries import who_saw
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.actions.about import edit_about
from goldthread.people.persons.actions.alerts import add_alert
from goldthread.people.persons.actions.create import next_client_number
from goldthread.people.persons.actions.family import add_relationship
from goldthread.people.persons.actions.reach import add_contact_point
from goldthread.people.persons.models import Alert, ContactPoint, Person, PersonName, Relationship
from goldthread.people.persons.queries.keys import read_keys
from tests.casework.contacts.making import actor_of, episode_of
from tests.casework.merging.making import BELL, MARIA, client, furnished, made_one, picture, signed
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
BORN = date(1961, 3, 4)


@pytest.fixture
def worker(db: None) -> Staff:
    return StaffFactory()


@pytest.fixture
def by(worker: Staff) -> Actor:
    return actor_of(worker)


@pytest.fixture
def maria(by: Actor, worker: Staff) -> Person:
    made = client(by, MARIA, birth_date=BORN, language="es")
    furnished(made, worker)
    return made


@pytest.fixture
def bell(by: Actor, worker: Staff) -> Person:
    made = client(by, BELL, birth_date=BORN, pronouns="she/her")
    furnished(made, worker, "employment")
    return made


def test_everything_hangs_on_the_kept_record_and_the_other_is_found_by_its_name_and_number_only(
    by: Actor, maria: Person, bell: Person
) -> None:
    counted = moving(bell)
    assert (counted["contacts.Contact"], counted["episodes.Episode"]) == (1, 1)
    made_one(maria, bell, by)
    kept, gone = Person.objects.get(pk=maria.pk), Person.objects.get(pk=bell.pk)
    assert Episode.objects.filter(person=kept).count() == 2
    assert Contact.objects.filter(person=kept).count() == 2
    assert not Contact.objects.filter(person=gone).exists()
    assert not Task.objects.filter(client=gone).exists()
    assert kept.pronouns == "she/her", "what only one of both says is known of the one they are"
    assert (kept.display_name, kept.language) == ("Maria Ortiz", "es")
    former = PersonName.objects.get(person=kept, kind="former")
    assert (former.given, former.family) == ("Maria", "Bell")
    assert " bell " in kept.search_text
    assert gone.client_number is None
    keys, _words = read_keys(str(bell.client_number), by.today, "US")
    assert set(keys[0].people()) == {kept.pk}
    assert next_client_number() > (bell.client_number or 0), "a number is never given twice"
    assert Event.objects.filter(action="merging.merged").count() == 2


def test_what_both_cannot_have_at_once_is_settled(by: Actor, maria: Person, bell: Person, worker: Staff) -> None:
    """One first choice, the same telephone once and as careful as the more careful record, one current address, one worker."""
    ContactPoint.objects.filter(person=bell).update(safe_to_call=False)
    for person in (maria, bell):
        Assignment.objects.create(client=person, staff=worker, starts_on=date(2026, 1, 5), given_at=by.at)
    made_one(maria, bell, by)
    phone = ContactPoint.objects.get(person=maria)
    assert (phone.safe_to_call, phone.first_choice) == (False, True)
    open_places = [place.line1 for place in maria.addresses.filter(ends_on__isnull=True)]
    assert open_places == ["11 Larch Street"]
    assert maria.addresses.count() == 2
    assert Assignment.objects.filter(client=maria, episode=None, ends_on__isnull=True).count() == 1
    assert Assignment.objects.filter(client=maria, episode=None).count() == 2


def test_the_answers_chosen_win_and_labels_are_never_less(by: Actor, maria: Person, bell: Person) -> None:
    Person.objects.filter(pk=bell.pk).update(labels=int(Label.HIV), birth_date=date(1961, 4, 3))
    asked = {one.key: one.differs for one in choices(Person.objects.get(pk=maria.pk), Person.objects.get(pk=bell.pk))}
    assert asked["birth"]
    assert asked["name"]
    assert asked["address"]
    made_one(maria, bell, by, chosen={"birth": "other", "name": "other", "address": "other"})
    kept = Person.objects.get(pk=maria.pk)
    assert (kept.birth_date, kept.display_name, kept.labels) == (date(1961, 4, 3), "Maria Bell", int(Label.HIV))
    assert kept.names.filter(kind="former", family="Ortiz").exists()
    assert [place.line1 for place in kept.addresses.filter(ends_on__isnull=True)] == ["10 Larch Street"]


def test_who_has_died_by_one_record_is_not_called_by_the_other(by: Actor, maria: Person, bell: Person) -> None:
    edit_about(person=bell, version_seen=bell.version, values={"deceased": True, "died_on": date(2026, 11, 1)}, by=by)
    add_contact_point(person=maria, values={"kind": "home", "value": "215 555 0177"}, by=by)
    before = set(ContactPoint.objects.filter(person=maria).values_list("value", "safe_to_call"))
    made = made_one(maria, bell, by)
    assert Person.objects.get(pk=maria.pk).deceased
    assert not ContactPoint.objects.filter(person=maria, safe_to_call=True).exists()
    undo_merge(merge=made, by=by)
    assert set(ContactPoint.objects.filter(person=maria).values_list("value", "safe_to_call")) == before
    assert ("(215) 555-0177", True) in before


def test_a_person_decides_first(by: Actor, maria: Person, bell: Person, worker: Staff) -> None:
    """Two open enrollments in one program; brother and sister."""
    episode_of(bell, worker)
    add_relationship(person=maria, values={"other": bell, "kind": "sibling"}, by=by)
    said = obstacles(maria, bell)
    assert len(said) == 2
    assert "Both are enrolled in" in said[0]
    assert "related to each other" in said[1]
    with pytest.raises(DomainError, match="Both are enrolled"), transaction.atomic():
        made_one(maria, bell, by)
    assert Relationship.objects.filter(person=bell).count() == 1


def test_who_waits_twice_waits_once_first(by: Actor, maria: Person, bell: Person, worker: Staff) -> None:
    program = Program.objects.get(key="employment")
    for one in (maria, bell):
        row = keep(pk=new_id(), given={"given": [one.display_name], "program": ["employment"]}, by=by).inquiry
        row.client = one
        row.save()
        Place.objects.create(inquiry=row, program=program, since=by.today, made_at=by.at)
    assert obstacles(maria, bell) == [
        "Both are on the waitlist of employment. Take one of the two places off first, then come back."
    ]
    Place.objects.update(labels=int(Label.SUBSTANCE_USE))
    assert "employment" not in obstacles(maria, bell)[0], "a protected program is not named"
    Place.objects.filter(inquiry__client=bell).update(state="removed", ended_on=by.today)
    assert obstacles(maria, bell) == []


def test_a_member_of_an_inquiry_is_the_one_who_is_kept(by: Actor, maria: Person, bell: Person) -> None:
    """And the other again after an undo; two members who are one are asked about."""
    alone, both = (keep(pk=new_id(), given={"given": ["Rosa"]}, by=by).inquiry for _which in range(2))
    names = {"member:1:given": "Maria", "member:2:given": "Mary"}
    one = {**names, "member:1:who": str(bell.pk), "member:2:who": "new"}
    two = {**names, "member:1:who": str(bell.pk), "member:2:who": str(maria.pk)}
    for row, said in ((alone, one), (both, two)):
        row.said |= said
        row.save()
    merge = made_one(maria, bell, by)
    alone.refresh_from_db()
    both.refresh_from_db()
    assert alone.said == {"given": "Rosa", **one, "member:1:who": str(maria.pk)}
    assert both.said == {"given": "Rosa", **names, "member:2:who": str(maria.pk)}
    undo_merge(merge=merge, by=by)
    alone.refresh_from_db()
    both.refresh_from_db()
    assert (alone.said["member:1:who"], both.said["member:1:who"]) == (str(bell.pk), str(bell.pk))


def test_known_to_the_same_mother_once(by: Actor, maria: Person, bell: Person) -> None:
    mother = client(by, {"given": "Rosa", "family": "Ortiz"})
    before = picture(maria, bell, mother)
    for child in (maria, bell):
        add_relationship(person=child, values={"other": mother, "kind": "parent"}, by=by)
    there = picture(maria, bell, mother)
    made = made_one(maria, bell, by)
    assert Relationship.objects.filter(person=maria, other=mother).count() == 1
    assert Relationship.objects.filter(person=mother, other=maria).count() == 1
    assert not Relationship.objects.filter(other=bell).exists()
    undo_merge(merge=made, by=by)
    assert picture(maria, bell, mother) == there != before


def test_a_double_click_is_one_merge_and_two_merges_at_once_are_one(by: Actor, maria: Person, bell: Person) -> None:
    form_id = made_one(maria, bell, by).pk
    again = made_one(maria, bell, by, form_id=form_id)
    assert again.pk == form_id
    with pytest.raises(DomainError, match="has been merged meanwhile"), transaction.atomic():
        made_one(bell, maria, by)
    other = client(by, MARIA)
    with pytest.raises(DomainError, match="changed while you were looking"), transaction.atomic():
        made_one(maria, other, by, versions=(1, 1))
    assert Merge.objects.count() == 1


def test_what_is_signed_in_that_very_moment_is_gathered(by: Actor, maria: Person, bell: Person) -> None:
    made = made_one(maria, bell, by)
    Alert.objects.create(person=bell, kind="dog", short="Big dog", review_on=by.today)
    assert gather_strays(merge=made, by=by) == 1
    assert gather_strays(merge=made, by=by) == 0
    assert Alert.objects.get().person_id == maria.pk


def test_who_may_not_read_all_is_told_so(by: Actor, maria: Person, bell: Person) -> None:
    assert not hidden_from([maria, bell], 0)
    add_alert(
        person=bell,
        values={"kind": "safety", "short": "Ex-partner", "review_on": by.today, "labels": int(Label.DOMESTIC_VIOLENCE)},
        by=by,
    )
    assert hidden_from([maria, bell], 0)
    assert not hidden_from([maria, bell], int(Label.DOMESTIC_VIOLENCE))


ANSWERS = st.fixed_dictionaries(
    {key: st.sampled_from(["kept", "other"]) for key in ("name", "birth", "pronouns", "language", "address", "worker")}
)


@pytest.mark.thorough
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=ANSWERS, backwards=st.booleans())
def test_undone_at_once_all_is_as_before(
    by: Actor, maria: Person, bell: Person, worker: Staff, chosen: dict[str, str], backwards: bool
) -> None:
    with transaction.atomic():
        Assignment.objects.create(client=bell, staff=worker, starts_on=date(2026, 1, 5), given_at=by.at)
        Assignment.objects.create(client=maria, staff=StaffFactory(), starts_on=date(2026, 1, 5), given_at=by.at)
        before = picture(maria, bell)
        keep, other = (bell, maria) if backwards else (maria, bell)
        made = made_one(keep, other, by, chosen=chosen)
        assert picture(maria, bell) != before
        undone = undo_merge(merge=made, by=by)
        assert undone.left == []
        assert picture(maria, bell) == before
        transaction.set_rollback(True)


def test_after_a_month_of_work_what_changed_stays_and_is_listed(by: Actor, maria: Person, bell: Person) -> None:
    """A note in the other's enrollment goes along with it; a task that was done stays; a new name stays with the kept record."""

    episode = Episode.objects.get(person=bell)
    own = Task.objects.get(client=bell, title="Ask for the birth certificate")
    made = made_one(maria, bell, by)
    later = Actor(at=by.at + timedelta(days=30), today=by.today + timedelta(days=30), staff=by.staff, name=by.name)
    maria.refresh_from_db()
    written = signed(maria, Episode.objects.get(pk=episode.pk), later, day=by.today + timedelta(days=29))
    complete(task=Task.objects.get(pk=own.pk), done_on=later.today, by=later)
    undone = undo_merge(merge=made, by=later)
    assert Episode.objects.get(pk=episode.pk).person_id == bell.pk
    assert Contact.objects.get(pk=written.pk).person_id == bell.pk
    assert Contact.objects.filter(person=bell).count() == 2
    assert Task.objects.get(pk=own.pk).client_id == maria.pk
    said = {(row["why"], row["model"]): row["count"] for row in undone.left}
    assert said["changed", "tasks.Task"] == 1
    assert said["along", "contacts.Contact"] == 1
    assert Person.objects.get(pk=bell.pk).client_number == bell.client_number
    late = Actor(at=later.at + timedelta(days=91), today=later.today + timedelta(days=91))
    again = made_one(maria, bell, later)
    with pytest.raises(DomainError, match="90 days"):
        undo_merge(merge=again, by=late)


def toward(note: Contact, goal: Goal, service: PlannedService) -> None:
    """*note* served a goal, and says of a service that it helped."""
    note.goals = [{"words": goal.words, "id": str(goal.pk), "person": str(goal.person_id)}, {"words": "something else"}]
    note.monitoring = {"services": [{"id": str(service.pk), "person": str(goal.person_id), "helped": "yes"}]}
    note.save()


def test_what_a_note_says_of_goals_is_told_on_the_page_of_whose_plan_it_is(
    by: Actor, maria: Person, bell: Person, worker: Staff
) -> None:
    episode = Episode.objects.get(person=bell)
    plan = Plan.objects.create(episode=episode, person=bell, made_by=worker, made_at=by.at)
    goal = Goal.objects.create(plan=plan, person=bell, episode=episode, words="My own door", opened_on=by.today)
    service = PlannedService.objects.create(plan=plan, goal=goal, words="Navigator", agreed_on=by.today)
    note = Contact.objects.get(person=bell)
    toward(note, goal, service)
    content = {"with": [str(bell.pk)], f"narrative_{bell.pk.hex}": "She said", "narrative": "All came"}
    save_draft(pk=new_id(), kind="group", person=None, episode=None, labels=0, content=content, version_seen=0, by=by)

    def told() -> set[str]:
        note.refresh_from_db()
        return {line["person"] for line in (note.goals[0], note.monitoring["services"][0])}

    made = made_one(maria, bell, by)
    assert told() == {str(maria.pk)}
    assert len(of_person(note.goals, maria.pk)) == 2
    kept = {"with": [str(maria.pk)], f"narrative_{maria.pk.hex}": "She said", "narrative": "All came"}
    assert Draft.objects.get().content == kept
    undone = undo_merge(merge=made, by=by)
    assert (told(), Draft.objects.get().content, undone.left) == ({str(bell.pk)}, content, [])


def test_who_saw_the_record_that_is_gone_is_told_on_the_kept_one(by: Actor, maria: Person, bell: Person) -> None:
    for person in (bell, maria, bell):
        record(by=by, action="client.read", kind="person", object_id=person.pk, client=person.pk)
    made = made_one(maria, bell, by)
    assert parts_of(maria.pk) == [bell.pk]
    seen, before = [], ""
    while before is not None:
        page = who_saw(maria.pk, before, limit=2, parts=parts_of(maria.pk))
        seen += [event for event in page.events if event.action == "client.read"]
        before = page.before
    assert [event.client for event in seen] == [bell.pk, maria.pk, bell.pk]
    undo_merge(merge=made, by=by)
    assert parts_of(maria.pk) == []
