"""Two people press *Bring* at the same moment, each over a connection of their own: every family comes in once."""

import threading
from contextlib import suppress
from typing import Any

import pytest

from goldthread.casework.imports.actions import bringing
from goldthread.casework.imports.actions.bringing import begin_bringing
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Import
from goldthread.casework.imports.tasks import step
from goldthread.people.persons.models import Household, HouseholdMember, Person, Relationship
from tests.casework.imports.actions.test_happenings import checked
from tests.casework.imports.actions.test_households import FAMILY
from tests.casework.imports.actions.test_whole_way import BY
from tests.factories import AgencyFactory
from tests.racing import race

pytestmark = pytest.mark.django_db(transaction=True)
MEET = 1.5
"""Seconds for which one waits for the other. Who is kept out meanwhile does not come, and that is how it must be."""


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def pressed(run: Import) -> Import:
    return begin_bringing(run=run.pk, version_seen=run.version, by=BY)


def both_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have looked whether another file is coming in before either goes on, if nothing keeps the second from looking."""
    whole, meeting = bringing._others_came, threading.Barrier(2)

    def slowly(row: Import) -> bool:
        found = whole(row)
        with suppress(threading.BrokenBarrierError):
            meeting.wait(MEET)
        return found

    monkeypatch.setattr(bringing, "_others_came", slowly)


def the_family_is_here_once() -> None:
    counts = [model.objects.count() for model in (Person, Brought, Household, HouseholdMember, Relationship)]
    assert counts == [4, 4, 1, 3, 4]  # the mother and two children, and somebody who lives alone


def test_one_family_in_two_files_comes_in_with_one_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same list, brought by two colleagues: the second is told, whichever it is."""
    one, other = checked(FAMILY, "clients"), checked(FAMILY, "clients")
    both_looked(monkeypatch)
    said = race(lambda: pressed(one), lambda: pressed(other), told=lambda error: str(error.message)[:12])
    assert said == ["Another file", "in"]
    for run in (one, other):
        step(run.pk, BY)
    assert sorted(Import.objects.values_list("state", flat=True)) == sorted([State.BROUGHT, State.CHECKED])
    the_family_is_here_once()


def test_the_same_file_pressed_twice_and_worked_on_by_two_workers_comes_in_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever presses second finds it begun. Of two workers at one file the later one leaves off, and goes on where the other was."""
    run = checked(FAMILY, "clients")
    both_looked(monkeypatch)
    assert race(lambda: pressed(run), lambda: pressed(run)) == ["in", "in"]
    assert Import.objects.get().version == run.version + 1
    monkeypatch.setattr(bringing, "rows_of_a_turn", lambda: (1, 1))

    def works() -> Any:
        return step(run.pk, BY)

    assert race(works, works) == ["in", "in"]
    assert step(run.pk, BY).state == State.BROUGHT  # where both left off for the other, look_after_imports takes it up
    the_family_is_here_once()
