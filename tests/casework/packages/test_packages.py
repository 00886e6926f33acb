"""Dana moves to another state. What goes along is what she signed for: nothing else, to nobody else, not a day longer."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q

from goldthread.casework.caseload.models import Assignment
from goldthread.casework.contacts.actions.sign import sign
from goldthread.casework.documents.actions import Days, add_document, remove
from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.packages.actions import handing, making
from goldthread.casework.packages.actions.releases import read_release, revoke
from goldthread.casework.packages.content import Eyes
from goldthread.casework.packages.enums import PackageState
from goldthread.casework.packages.models import Package, Release
from goldthread.casework.packages.rules import NOTICE, check_holds, check_release, digest_of, may_go, within
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.actions import discharge
from goldthread.casework.tasks.models import Task, TaskState
from goldthread.doors.web.packages.tasks import zipped
from goldthread.foundation.audit.models import Event
from goldthread.foundation.files.straining import Clean
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.models import Staff
from goldthread.people.facts.models import Fact
from goldthread.people.persons.models import Address, Alert, Person
from tests.casework.contacts.making import AT, TODAY, ZONE, actor_of, episode_of, note
from tests.factories import AgencyFactory, PersonFactory, StaffFactory, TeamFactory

EVERYTHING = Q()
EYES = Eyes(EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING, 255)
"""Of somebody who may read all: so that what is held back is held back by the release."""
UNTIL = TODAY + timedelta(days=60)


class Moving:
    """Dana, her worker Ann, a signed release, an ordinary program and a protected one, with a note in each."""

    def __init__(self, sections: list[str], named: int = 0, **more: Any) -> None:
        self.ann: Staff = StaffFactory(team=TeamFactory())
        self.dana: Person = PersonFactory()
        self.by: Actor = actor_of(self.ann)
        self.paper = self.document("release", "Release to Portland")
        said: dict[str, Any] = {
            "document": self.paper,
            "recipient": "Portland Community Care",
            "purpose": "Going on with services",
            "sections": sections,
            "named": named,
            "signed_on": TODAY,
            "until_on": UNTIL,
            "by": self.by,
        }
        self.release: Release = read_release(**(said | more))

    def document(self, kind: str, title: str, labels: int = 0, days: Days | None = None) -> Document:
        clean = Clean(data=f"%PDF-1.4 {title}".encode(), media_type="application/pdf")
        return add_document(
            person=self.dana,
            kind=kind,
            title=title,
            clean=clean,
            days=days or Days(),
            owner=None,
            by=self.by,
            labels=labels,
        )

    def noted(self, key: str, words: str) -> None:
        episode = episode_of(self.dana, self.ann, key)
        said = replace(note(self.dana, episode), narrative=words, overlap_is_right=True)
        sign(pk=new_id(), note=said, zone=ZONE, by=self.by)

    def package(self, *sections: str) -> Package:
        wanted = sections or tuple(self.release.sections)
        return making.begin(release=self.release, sections=wanted, owner=self.ann, by=self.by)

    def frozen(self, *sections: str) -> Package:
        package = self.package(*sections)
        _found, _papers, seen = making.looked_at(package, EYES, self.by)
        return making.freeze(package=package, eyes=EYES, seen=seen, by=self.by)

    def handed(self) -> Package:
        return handing.hand_over(
            package=self.frozen(), to="Joan Reed, intake", how="secure_mail", on=TODAY, every_days=14, by=self.by
        )


def words(package: Package) -> str:
    return "\n".join(line for part in package.content for pair in part["lines"] for line in pair)


def later(staff: Staff, days: int) -> Actor:
    return actor_of(staff, AT + timedelta(days=days), TODAY + timedelta(days=days))


def open_tasks(package: Package) -> list[date | None]:
    rows = Task.objects.filter(source_kind="package", source_id=package.pk, state=TaskState.OPEN)
    return list(rows.values_list("due_on", flat=True))


# what a release can say, pure


def said(**more: Any) -> dict[str, Any]:
    return {
        "sections": ["identity"],
        "named": 0,
        "signed_on": TODAY,
        "until_on": UNTIL,
        "today": TODAY,
        "purpose": "Care",
        "recipient": "Portland",
    } | more


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"recipient": " "}, "recipient"),
        ({"purpose": ""}, "purpose"),
        ({"sections": []}, "sections"),
        ({"sections": ["identity", "everything"]}, "sections"),
        ({"named": int(Label.PSYCHOTHERAPY_NOTES)}, "named"),
        ({"named": int(Label.SEALED)}, "named"),
        ({"signed_on": TODAY + timedelta(days=1)}, "signed_on"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_on"),
        ({"until_on": TODAY + timedelta(days=367)}, "until_on"),
    ],
)
def test_a_release_that_cannot_be_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_release(**said(**more))
    assert refused.value.field == field


def test_it_holds_to_its_last_day_and_no_longer() -> None:
    release = Release(signed_on=TODAY, until_on=UNTIL)
    check_holds(release, None, False, UNTIL)
    for ends_on, removed, today in (
        (None, False, UNTIL + timedelta(days=1)),
        (TODAY, False, TODAY + timedelta(days=1)),
        (None, True, TODAY),
    ):
        with pytest.raises(DomainError):
            check_holds(release, ends_on, removed, today)
    release.revoked_on = TODAY
    with pytest.raises(DomainError, match="revoked"):
        check_holds(release, None, False, TODAY)


def test_labels_go_out_only_when_every_one_of_them_is_named() -> None:
    both = int(Label.SUBSTANCE_USE | Label.HIV)
    assert may_go(0, 0)
    assert not may_go(both, int(Label.HIV))
    assert may_go(both, both)
    assert not may_go(int(Label.PSYCHOTHERAPY_NOTES), 255), "never so"
    assert within(["plan", "identity"], ["identity", "plan", "notes"]) == ["identity", "plan"]
    with pytest.raises(DomainError):
        within(["identity", "notes"], ["identity"])


def test_the_fingerprint_knows_every_word_every_paper_and_the_notice() -> None:
    prints = {
        digest_of([["a"]], ["1"], ""),
        digest_of([["b"]], ["1"], ""),
        digest_of([["a"]], ["2"], ""),
        digest_of([["a"]], ["1"], NOTICE),
    }
    assert len(prints) == 4
    assert digest_of([["a"]], ["2", "1"], "") == digest_of([["a"]], ["1", "2"], "")


def test_the_file_is_the_same_bytes_each_time() -> None:
    assert zipped([("a", b"1"), ("b", b"2")]) == zipped([("a", b"1"), ("b", b"2")])


# the story


def test_protected_content_stays_unless_the_release_names_it(db: None) -> None:
    moving = Moving(["programs", "notes", "reach", "health"])
    Alert.objects.create(person=moving.dana, kind="allergy", short="Peanuts", review_on=TODAY)
    moving.noted("mental-health-tcm", "Dana likes the new flat.")
    moving.noted("substance-use", "Dana is clean for a month.")
    Address.objects.create(person=moving.dana, kind="safe", line1="9 Hidden Way", labels=int(Label.DOMESTIC_VIOLENCE))
    package = moving.frozen()
    assert "Dana likes the new flat." in words(package)
    assert "Allergy: Peanuts" in words(package), "as the alert beside the name says"
    assert "Mental health" in words(package)
    for hidden in ("clean for a month", "Substance", "Hidden Way"):
        assert hidden not in words(package)
    assert not package.part_two
    assert not package.labels & (Label.SUBSTANCE_USE | Label.DOMESTIC_VIOLENCE)


def test_what_the_release_names_goes_with_the_notice(db: None) -> None:
    moving = Moving(["programs", "notes"], named=int(Label.SUBSTANCE_USE))
    moving.noted("substance-use", "Dana is clean for a month.")
    package = moving.frozen()
    assert "clean for a month" in words(package)
    assert package.part_two
    assert package.labels & Label.SUBSTANCE_USE, "who may not see it here may not see that it was sent"


def test_a_person_whose_being_here_is_protected_goes_only_where_that_is_named(db: None) -> None:
    moving = Moving(["identity"])
    Person.objects.filter(pk=moving.dana.pk).update(labels=int(Label.DOMESTIC_VIOLENCE))
    moving.release = Release.objects.get(pk=moving.release.pk)
    with pytest.raises(DomainError, match="protected itself"):
        moving.package()


def test_nobody_sends_more_than_the_release_names_or_a_paper_of_somebody_else(db: None) -> None:
    moving = Moving(["identity", "documents"])
    with pytest.raises(DomainError):
        moving.package("identity", "notes")
    package = moving.package()
    own = moving.document("report", "Evaluation")
    hidden = moving.document("report", "Clinic", labels=int(Label.HIV))
    other = Moving(["identity"]).paper
    for document in (hidden, other):
        version = DocumentVersion.objects.get(document=document)
        with pytest.raises(DomainError):
            making.choose(package=package, sections=["documents"], papers=[version], by=moving.by)
    package = making.choose(
        package=package, sections=["documents"], papers=[DocumentVersion.objects.get(document=own)], by=moving.by
    )
    found, papers, seen = making.looked_at(package, EYES, moving.by)
    assert [one.document.title for one in papers] == ["Evaluation"]
    assert found.parts == []
    assert making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by).state == PackageState.READY


def test_it_is_frozen_as_it_was_looked_at_or_not_at_all(db: None) -> None:
    moving = Moving(["health"])
    package = moving.package()
    _found, _papers, seen = making.looked_at(package, EYES, moving.by)
    with pytest.raises(DomainError, match="nothing in it"):
        making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by)
    Fact.objects.create(
        person=moving.dana,
        kind="allergy",
        value={"to": "Penicillin"},
        said_by="client",
        said_on=TODAY,
        recorded_at=AT,
    )
    with pytest.raises(DomainError, match="changed since you looked"):
        making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by)
    _found, _papers, seen = making.looked_at(package, EYES, moving.by)
    frozen = making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by)
    assert making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by).frozen_at == frozen.frozen_at
    Fact.objects.all().delete()
    assert "Penicillin" in words(Package.objects.get(pk=package.pk)), "what was sent does not change with the record"


def test_nothing_goes_out_under_a_release_that_ended_was_revoked_or_removed(db: None) -> None:
    moving = Moving(["identity"])
    ready = moving.frozen()
    said: dict[str, Any] = {"package": ready, "to": "Joan", "how": "fax", "every_days": 14}
    with pytest.raises(DomainError, match="has ended"):
        handing.hand_over(on=TODAY, by=later(moving.ann, 61), **said)
    revoke(release=moving.release, revoked_on=TODAY, why="Dana called", by=moving.by)
    with pytest.raises(DomainError, match="revoked"):
        handing.hand_over(on=TODAY, by=moving.by, **said)
    other = Moving(["identity"])
    remove(document=other.paper, why="Wrong person", by=other.by)
    with pytest.raises(DomainError, match="removed"):
        other.package()


def test_frozen_and_handed_over_in_the_evening_it_is_written_down_the_next_day(db: None) -> None:
    """19:30 in New York is the next day in Greenwich."""
    AgencyFactory()
    moving = Moving(["identity"])
    moving.by = actor_of(moving.ann, AT.replace(day=20, hour=0, minute=30), TODAY)
    ready = moving.frozen()
    handed = handing.hand_over(package=ready, to="Joan", how="fax", on=TODAY, every_days=14, by=later(moving.ann, 1))
    assert (handed.state, handed.handed_on) == (PackageState.HANDED, TODAY)


def test_handed_over_it_is_asked_after_until_they_were_seen_there(db: None) -> None:
    moving = Moving(["identity"])
    package = moving.handed()
    assert (
        handing.hand_over(package=package, to="X", how="fax", on=TODAY, every_days=1, by=moving.by).handed_to
        == "Joan Reed, intake"
    )
    assert open_tasks(package) == [TODAY + timedelta(days=14)]
    event = Event.objects.get(action="packages.disclosed")
    assert (event.client, event.details["digest"]) == (moving.dana.pk, package.digest)
    handing.not_yet(package=package, words="Joan: she has a date on Friday", by=later(moving.ann, 14))
    assert open_tasks(package) == [TODAY + timedelta(days=28)]
    for on in (TODAY - timedelta(days=1), TODAY + timedelta(days=30)):
        with pytest.raises(DomainError):
            handing.seen_there(package=package, on=on, by=later(moving.ann, 20))
    handing.seen_there(package=package, on=TODAY + timedelta(days=18), by=later(moving.ann, 20))
    assert open_tasks(package) == []
    titles = Entry.objects.filter(person=moving.dana, kind="package").values_list("title", flat=True)
    assert set(titles) == {"Handed over to Portland Community Care", "Seen at Portland Community Care"}


def test_or_until_somebody_says_why_nobody_asks_any_more(db: None) -> None:
    moving = Moving(["identity"])
    package = moving.handed()
    with pytest.raises(DomainError):
        handing.close(package=package, why=" ", by=moving.by)
    handing.close(package=package, why="She moved on to her sister", by=moving.by)
    assert open_tasks(package) == []


def test_who_asks_after_somebody_reaches_them_after_the_discharge(db: None) -> None:
    moving = Moving(["identity"])
    episode = episode_of(moving.dana, moving.ann)
    package = moving.handed()
    discharge(episode=episode, discharged_on=TODAY, reason="refused", by=moving.by)
    held = Assignment.objects.get(kind="aftercare", staff=moving.ann, client=moving.dana)
    assert held.ends_on is None
    handing.seen_there(package=package, on=TODAY, by=later(moving.ann, 3))
    held.refresh_from_db()
    assert held.ends_on == TODAY + timedelta(days=10)


def test_a_package_that_nobody_wants_any_more_is_closed_with_a_reason_once(db: None) -> None:
    moving = Moving(["identity"])
    package = moving.frozen()
    with pytest.raises(DomainError) as error:
        making.give_up(package=package, why=" ", by=moving.by)
    assert error.value.field == "why"
    given_up = making.give_up(package=package, why="She stays", by=moving.by)
    assert (given_up.state, given_up.why_closed) == (PackageState.CLOSED, "She stays")
    assert making.give_up(package=package, why="Again", by=moving.by).why_closed == "She stays"
    assert Event.objects.filter(action="packages.given_up").count() == 1
    handed = Moving(["identity"]).handed()
    with pytest.raises(DomainError):
        making.give_up(package=handed, why="Too late", by=moving.by)


def test_the_file_is_kept_only_of_the_words_that_were_frozen(db: None) -> None:
    moving = Moving(["identity"])
    package = moving.frozen()
    making.file_failed(package=package.pk)
    assert Package.objects.get(pk=package.pk).problem
    making.keep_file(package=package.pk, digest="0" * 64, data=b"other words", by=moving.by)
    assert Package.objects.get(pk=package.pk).file is None
    making.keep_file(package=package.pk, digest=package.digest, data=b"the words", by=moving.by)
    kept = Package.objects.get(pk=package.pk)
    assert (kept.problem, kept.file is not None) == ("", True)
    making.keep_file(package=package.pk, digest=package.digest, data=b"made twice", by=moving.by)
    assert Package.objects.get(pk=package.pk).file == kept.file
