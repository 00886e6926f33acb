"""Renee wrote the wrong telephone of the food bank: she corrects it while nobody has answered, and what stood there is kept."""

from dataclasses import replace
from datetime import date

import pytest

from goldthread.casework.intake.actions.correcting import correct_hand_off
from goldthread.casework.intake.actions.hand_offs import Elsewhere, answer_hand_off, refer_client
from goldthread.casework.intake.models import HandOff, HandOffWords
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
FIRST = Elsewhere(organization="Food bank", phone="541 555 0100", said="Open on Tuesdays", ask_on=date(2026, 12, 1))
RIGHT = replace(FIRST, phone="541 555 0199", said="Open on Thursdays")


@pytest.fixture
def by(actor: Actor) -> Actor:
    AgencyFactory()
    return replace(actor, staff=StaffFactory(name="Renee").pk)


@pytest.fixture
def made(by: Actor) -> HandOff:
    return refer_client(client=PersonFactory(), to=FIRST, episode=None, by=by)


def test_the_words_are_corrected_also_on_the_timeline_and_kept_as_they_stood(made: HandOff, by: Actor) -> None:
    correct_hand_off(hand_off=made, to=RIGHT, version_seen=made.version, by=by)
    made.refresh_from_db()
    assert (made.phone, made.said, made.ask_on) == ("541 555 0199", "Open on Thursdays", date(2026, 12, 1))
    before = HandOffWords.objects.get()
    assert (before.phone, before.said, before.corrected_by) == ("541 555 0100", "Open on Tuesdays", by.staff)
    assert [entry.text for entry in Entry.objects.filter(kind="referred")] == ["Open on Thursdays"]
    assert Task.objects.filter(source_kind="hand_off", state="open").count() == 1


def test_pressed_twice_is_once(made: HandOff, by: Actor) -> None:
    for _press in range(2):
        correct_hand_off(hand_off=made, to=RIGHT, version_seen=made.version, by=by)
    assert HandOffWords.objects.count() == 1


def test_not_over_what_somebody_changed_meanwhile(made: HandOff, by: Actor) -> None:
    correct_hand_off(hand_off=made, to=RIGHT, version_seen=made.version, by=by)
    with pytest.raises(DomainError, match="just changed"):
        correct_hand_off(hand_off=made, to=replace(RIGHT, wanted="Bread"), version_seen=made.version, by=by)


def test_only_by_who_wrote_it(made: HandOff, by: Actor) -> None:
    colleague = replace(by, staff=StaffFactory().pk)
    with pytest.raises(DomainError, match="Only who wrote it"):
        correct_hand_off(hand_off=made, to=RIGHT, version_seen=made.version, by=colleague)
    assert not HandOffWords.objects.exists()


def test_what_was_answered_stays_as_it_was(made: HandOff, by: Actor) -> None:
    answer_hand_off(hand_off=made, answer="seen", by=by)
    made.refresh_from_db()
    with pytest.raises(DomainError, match="answered this already"):
        correct_hand_off(hand_off=made, to=RIGHT, version_seen=made.version, by=by)


@pytest.mark.parametrize("missing", ["organization", "said"])
def test_what_was_needed_is_needed(made: HandOff, by: Actor, missing: str) -> None:
    with pytest.raises(DomainError) as error:
        correct_hand_off(hand_off=made, to=replace(RIGHT, **{missing: " "}), version_seen=made.version, by=by)
    assert error.value.field == missing
    made.refresh_from_db()
    assert made.phone == "541 555 0100"
