"""Signing: one transaction from which everything follows, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.afterwards import addend, void
from goldthread.casework.contacts.actions.concerns import (
    ask,
    ask_satisfied,
    file_grievance,
    raise_concern,
    resolve,
    state_of,
)
from goldthread.casework.contacts.actions.cosigning import cosign, send_back
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.contacts.models import Concern, Contact
from goldthread.casework.contacts.rules.checks import NoteProblems
from goldthread.casework.contacts.rules.written import Answers, Part, Somebody, Written
from goldthread.casework.record.actions import save_draft
from goldthread.casework.record.models import Draft, Entry
from goldthread.casework.record.rules import AlreadySigned, DraftConflict
from goldthread.casework.tasks.models import Evidence, Task, TaskState
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Activity, Mode, Seen
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.casework.contacts.making import AT, TODAY, ZONE, actor_of, episode_of, family_of, note
from tests.factories import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return StaffFactory()


@pytest.fixture
def client_() -> Person:
    return PersonFactory(given="Lucía", family="Ferreira", birth_date=date(1979, 3, 4))


def signed(worker: Staff, written: Written, **more: Any) -> Contact:
    return sign(pk=more.pop("pk", None) or new_id(), note=written, zone=ZONE, by=actor_of(worker), **more)


def fields(worker: Staff, written: Written) -> list[str]:
    with pytest.raises(NoteProblems) as told:
        signed(worker, written)
    assert not Contact.objects.exists()
    return [problem.field for problem in told.value.problems]


class TestWhatFollows:
    def test_contact_entry_evidence_task_and_audit(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        written = note(client_, episode, next_step="Take SSI pages", next_on=date(2026, 11, 23))
        contact = signed(worker, written)
        assert (contact.minutes, contact.late, contact.state) == (50, False, "signed")
        assert contact.started_at == datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
        assert [(a.activity, a.minutes) for a in contact.activities.all()] == [("care_planning", 50)]
        entry = Entry.objects.get(source_kind="contact")
        assert (entry.kind, entry.text, entry.actor_id) == ("contact", "Signed the voucher papers.", worker.pk)
        proof = Evidence.objects.get(source_kind="contact")
        assert (proof.mode, proof.place, proof.minutes, proof.seen) == ("in_person", "residence", 50, ["client"])
        assert proof.happened_on == TODAY
        task = Task.objects.get(title="Take SSI pages")
        assert (task.owner, task.due_on, task.client, task.source_kind) == (worker, date(2026, 11, 23), client_, "")
        monthly = Task.objects.get(requirement="monthly-contact", period_start=date(2026, 11, 1))
        assert monthly.state == TaskState.DONE
        assert Event.objects.filter(action="contacts.signed", client=client_.pk, actor=worker.pk).count() == 1

    def test_signing_twice_is_signing_once(self, worker: Staff, client_: Person) -> None:
        pk, written = new_id(), note(client_, next_step="Call", next_on=TODAY)
        first = signed(worker, written, pk=pk)
        again = signed(worker, replace(written, narrative="Other words"), pk=pk)
        assert again == first
        assert Contact.objects.get().narrative == "Signed the voucher papers."
        assert (Entry.objects.count(), Task.objects.filter(title="Call").count()) == (1, 1)
        with pytest.raises(DomainError):
            signed(StaffFactory(), written, pk=pk)

    def test_the_draft_is_used_up_and_never_comes_back(self, worker: Staff, client_: Person) -> None:
        pk, by = new_id(), actor_of(worker)
        kept: dict[str, Any] = {"pk": pk, "kind": "contact", "person": client_, "episode": None, "labels": 0, "by": by}
        save_draft(content={"narrative": ["a"]}, version_seen=0, **kept)
        with pytest.raises(DraftConflict):
            signed(worker, note(client_), pk=pk, version_seen=0)
        contact = signed(worker, note(client_), pk=pk, version_seen=1)
        assert contact.writing_since == AT
        assert not Draft.objects.exists()
        with pytest.raises(AlreadySigned):
            save_draft(content={"narrative": ["late"]}, version_seen=1, **kept)

    def test_a_tried_contact_counts_as_a_try(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        signed(worker, note(client_, episode, attempted=True, activities={}, narrative=""))
        proof = Evidence.objects.get(source_kind="contact")
        assert (proof.attempted, proof.seen) == (True, [])
        assert Entry.objects.get(source_kind="contact").kind == "attempt"
        assert Task.objects.get(requirement="monthly-contact", period_start=date(2026, 11, 1)).state == TaskState.OPEN

    def test_a_collateral_contact_has_not_seen_the_client(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        written = note(client_, episode, mode=Mode.PHONE, place=None, parts=(Part(client_.pk, present=False),))
        signed(worker, replace(written, others=(Somebody(Seen.TEACHER, name="Ms. Ode"),)))
        assert Evidence.objects.get(source_kind="contact").seen == ["teacher"]
        assert Task.objects.get(requirement="monthly-contact", period_start=date(2026, 11, 1)).state == TaskState.OPEN

    def test_written_two_days_after_is_late_one_day_is_not(self, worker: Staff, client_: Person) -> None:
        assert signed(worker, note(client_, day=TODAY - timedelta(days=2))).late
        assert not signed(worker, note(client_, day=TODAY - timedelta(days=1))).late

    def test_what_a_checklist_finds_wrong_becomes_a_concern_with_a_task(self, worker: Staff, client_: Person) -> None:
        said = Answers("home", 1, {"alarm": ("no", "No battery"), "food": ("yes", "")})
        contact = signed(worker, note(client_, checklists=(said,)))
        concern = Concern.objects.get()
        assert (concern.contact, concern.about, state_of(concern)) == (contact, "At home", "raised")
        assert "No battery" in concern.what
        assert Task.objects.get(source_kind="concern").due_on == date(2026, 12, 3)

    def test_emoji_right_to_left_and_40_000_letters_stay(self, worker: Staff, client_: Person) -> None:
        text = "🙂 مرحبا " + "x" * (40_000 - 8)
        assert len(text) == 40_000
        assert signed(worker, note(client_, narrative=text)).narrative == text
        assert Contact.objects.get().narrative == text


class TestHousehold:
    def test_one_note_each_childs_part_private_evidence_for_each(self, worker: Staff) -> None:
        episode, (one, two, three) = family_of(worker)
        parts = (Part(one.pk, True, "Bruise on the knee"), Part(two.pk, True, "Reads well"), Part(three.pk, False))
        signed(worker, note(one, episode, parts=parts))
        assert Contact.objects.count() == 1
        texts = {entry.person_id: entry.text for entry in Entry.objects.filter(source_kind="contact")}
        assert "Bruise" in texts[one.pk]
        assert "Bruise" not in texts[two.pk] + texts[three.pk]
        assert "Reads well" not in texts[one.pk]
        seen = {row.person_id: row.seen for row in Evidence.objects.filter(source_kind="contact")}
        assert seen == {one.pk: ["client", "family"], two.pk: ["client", "family"], three.pk: ["family"]}


class TestRefusals:
    def test_end_before_start_unless_past_midnight(self, worker: Staff, client_: Person) -> None:
        wrong = note(client_, day=TODAY - timedelta(days=1), start=time(23, 30), end=time(0, 20))
        assert fields(worker, wrong) == ["end"]
        assert signed(worker, replace(wrong, next_day=True)).minutes == 50

    def test_the_hour_that_daylight_saving_repeats_is_counted(self, worker: Staff, client_: Person) -> None:
        night = note(client_, day=date(2026, 11, 1), start=time(0, 30), end=time(3, 0))
        assert signed(worker, night).minutes == 210

    def test_future(self, worker: Staff, client_: Person) -> None:
        assert fields(worker, note(client_, day=TODAY + timedelta(days=1))) == ["day", "start"]
        assert fields(worker, note(client_, start=time(14, 0), end=time(16, 0))) == ["end"]

    def test_before_birth_and_after_death(self, worker: Staff, client_: Person) -> None:
        born = PersonFactory(birth_date=TODAY)
        assert fields(worker, note(born, day=TODAY - timedelta(days=1))) == ["day"]
        gone = PersonFactory(deceased=True, died_on=date(2026, 11, 1))
        assert fields(worker, note(gone)) == ["who"]

    def test_overlapping_time_is_asked_about(self, worker: Staff, client_: Person) -> None:
        signed(worker, note(client_))
        other = note(PersonFactory(), start=time(14, 0), end=time(14, 30))
        with pytest.raises(NoteProblems) as told:
            signed(worker, other)
        assert [(one.field, one.confirm) for one in told.value.problems] == [("start", "overlap_is_right")]
        assert signed(worker, replace(other, overlap_is_right=True)).overlaps
        assert not signed(StaffFactory(), other).overlaps
        assert not signed(worker, note(client_, start=time(14, 30), end=time(14, 40))).overlaps

    def test_programs(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        stranger = episode_of(PersonFactory(), worker)
        assert fields(worker, note(client_)) == ["episode"]
        assert fields(worker, note(client_, stranger)) == ["episode"]
        assert fields(worker, note(client_, episode, day=date(2026, 9, 30))) == ["episode"]

    def test_after_discharge_only_as_aftercare(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        type(episode).objects.filter(pk=episode.pk).update(discharged_on=date(2026, 11, 10))
        assert fields(worker, note(client_, episode)) == ["episode"]
        assert signed(worker, note(client_, episode, aftercare=True)).aftercare

    def test_texts_minutes_and_questions(self, worker: Staff, client_: Person) -> None:
        assert fields(worker, note(client_, narrative="x" * 40_001)) == ["narrative"]
        assert fields(worker, note(client_, narrative=" ")) == ["narrative"]
        assert fields(worker, note(client_, activities={})) == ["activity"]
        assert fields(worker, note(client_, activities={Activity.CRISIS: 20, Activity.ADVOCACY: 20})) == ["activity"]
        assert fields(worker, note(client_, activities={Activity.MONITORING: None})) == ["monitoring"]
        assert fields(worker, note(client_, next_step="Call")) == ["next_on"]
        assert fields(worker, note(client_, mode=None, day=None, start=None, end=None)) == [
            "how",
            "day",
            "start",
            "end",
        ]


class TestAfterwards:
    def test_an_addendum_has_an_entry_of_its_own_once(self, worker: Staff, client_: Person) -> None:
        contact, form = signed(worker, note(client_)), new_id()
        for _again in range(2):
            addend(contact=contact, person=client_, text="He called back.", form_id=form, by=actor_of(worker))
        assert Entry.objects.get(kind="addendum").facts["of"] == str(contact.pk)
        with pytest.raises(DomainError):
            addend(contact=contact, person=client_, text=" ", by=actor_of(worker))

    def test_a_voided_note_counts_for_nothing_and_stays(self, worker: Staff, client_: Person) -> None:
        episode = episode_of(client_, worker)
        contact = signed(worker, note(client_, episode, next_step="Call", next_on=TODAY))
        with pytest.raises(DomainError):
            void(contact=contact, reason=" ", by=actor_of(worker))
        addend(contact=contact, person=client_, text="He called back.", by=actor_of(worker))
        void(contact=contact, reason="Wrong client", by=actor_of(worker))
        void(contact=contact, reason="Again", by=actor_of(worker))
        assert Entry.objects.get(kind="addendum").voided
        contact.refresh_from_db()
        assert (contact.state, contact.void_reason) == ("voided", "Wrong client")
        assert Entry.objects.get(source_kind="contact").voided
        assert Task.objects.get(requirement="monthly-contact", period_start=date(2026, 11, 1)).state == TaskState.OPEN
        assert Task.objects.get(title="Call").state != TaskState.OPEN


class TestCosigning:
    def _waiting(self, worker: Staff, client_: Person) -> Contact:
        episode = episode_of(client_, worker)
        Assignment.objects.filter(staff=worker).update(cosign=True)
        return signed(worker, note(client_, episode))

    def test_it_waits_and_counts_meanwhile(self, worker: Staff, client_: Person) -> None:
        contact = self._waiting(worker, client_)
        assert contact.state == "waiting"
        assert Task.objects.get(requirement="monthly-contact", period_start=date(2026, 11, 1)).state == TaskState.DONE
        with pytest.raises(DomainError):
            cosign(contact=contact, by=actor_of(worker))
        boss = actor_of(StaffFactory())
        assert cosign(contact=contact, by=boss).state == "cosigned"
        assert cosign(contact=contact, by=boss).cosigned_by_id == boss.staff
        assert Entry.objects.get(source_kind="contact").facts["state"] == "cosigned"

    def test_returned_the_new_version_takes_its_place_and_the_first_text_stays(
        self, worker: Staff, client_: Person
    ) -> None:
        contact, boss = self._waiting(worker, client_), actor_of(StaffFactory())
        with pytest.raises(DomainError):
            send_back(contact=contact, comment="", by=boss)
        send_back(contact=contact, comment="Say what she decided", by=boss)
        better = note(client_, contact.episode, replaces=contact.pk, narrative="She decided to wait.")
        second = signed(worker, better)
        contact.refresh_from_db()
        assert (contact.state, contact.narrative) == ("replaced", "Signed the voucher papers.")
        assert (second.replaces, second.state) == (contact, "waiting")
        shown = Entry.objects.filter(source_kind="contact", hidden=False)
        assert [entry.text for entry in shown] == ["She decided to wait."]
        assert Evidence.objects.get(source_kind="contact", voided=False).source_id == second.pk
        with pytest.raises(DomainError):
            signed(worker, better)


class TestConcern:
    def test_its_life(self, worker: Staff, client_: Person) -> None:
        by = actor_of(worker)
        one = raise_concern(person=client_, episode=None, about="Rides", what="Always late", raised_on=TODAY, by=by)
        with pytest.raises(DomainError):
            ask_satisfied(concern=one, satisfied="yes", on=TODAY, version_seen=1, by=by)
        one = ask(concern=one, whom="Dispatcher", on=TODAY, version_seen=1, by=by)
        with pytest.raises(DomainError):
            ask(concern=one, whom="Other", on=TODAY, version_seen=1, by=by)
        one = resolve(concern=one, resolution="New driver", on=TODAY, version_seen=2, by=by)
        assert state_of(one) == "resolved"
        one = ask_satisfied(concern=one, satisfied="no", on=TODAY, version_seen=3, by=by)
        assert (state_of(one), Task.objects.filter(source_kind="concern", state="open").count()) == ("asked", 1)
        one = resolve(concern=one, resolution="Another company", on=TODAY, version_seen=4, by=by)
        assert (state_of(one), one.satisfied) == ("resolved", "")
        day = TODAY.isoformat()
        assert one.earlier == [{"resolution": "New driver", "resolved_on": day, "satisfied_on": day}]
        assert "New driver" in Entry.objects.get(kind="concern").text
        one = ask_satisfied(concern=one, satisfied="yes", on=TODAY, version_seen=5, by=by)
        assert state_of(one) == "closed"
        assert not Task.objects.filter(source_kind="concern", state="open").exists()
        assert Entry.objects.filter(kind="concern").count() == 1

    def test_a_grievance_has_its_clock_as_a_task(self, worker: Staff, client_: Person) -> None:
        by = actor_of(worker)
        one = raise_concern(person=client_, episode=None, about="Rides", what="Late", raised_on=TODAY, by=by)
        one = file_grievance(concern=one, on=TODAY, version_seen=1, by=by)
        assert one.answer_due_on == date(2026, 12, 19)
        task = Task.objects.get(source_kind="concern", state="open")
        assert (task.due_on, task.weight) == (date(2026, 12, 19), 1)
