"""What a concern refuses, and says where: nothing of it is changed then. Its life from day to day stands in test_signing.py."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Q

from goldthread.casework.contacts.actions.concerns import (
    ask,
    ask_satisfied,
    file_grievance,
    hand_on,
    let_go,
    raise_concern,
    resolve,
    state_of,
)
from goldthread.casework.contacts.models import Concern
from goldthread.casework.contacts.queries import concerns_of
from goldthread.casework.tasks.actions.going_along import go_along
from goldthread.casework.tasks.models import Task
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from tests.casework.contacts.making import TODAY, actor_of
from tests.factories import AgencyFactory, PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
BEFORE = TODAY - timedelta(days=3)
"""The concern was raised on this day."""


@pytest.fixture
def by() -> Actor:
    AgencyFactory()
    return actor_of(StaffFactory())


def concern(by: Actor, **more: Any) -> Concern:
    said = {"person": PersonFactory(), "episode": None, "about": "Rides", "what": "Always late", "raised_on": BEFORE}
    return raise_concern(**(said | more), by=by)


def asked(row: Concern, by: Actor, on: date = TODAY, **more: Any) -> Concern:
    return ask(**{"concern": row, "whom": "Dispatcher", "on": on, "version_seen": row.version, "by": by} | more)


def resolved(row: Concern, by: Actor, on: date = TODAY, **more: Any) -> Concern:
    return resolve(
        **{"concern": row, "resolution": "New driver", "on": on, "version_seen": row.version, "by": by} | more
    )


def answered(row: Concern, by: Actor, on: date = TODAY, **more: Any) -> Concern:
    return ask_satisfied(**{"concern": row, "satisfied": "yes", "on": on, "version_seen": row.version, "by": by} | more)


def refused(deed: Callable[[], Any]) -> tuple[str, str]:
    """The field at which *deed* is refused, and what is said there."""
    with pytest.raises(DomainError) as error:
        deed()
    return error.value.field or "", str(error.value.message)


@pytest.mark.parametrize(
    ("more", "field"),
    [({"about": " "}, "about"), ({"what": "\n"}, "what"), ({"raised_on": TODAY + timedelta(days=1)}, "raised_on")],
)
def test_nothing_is_raised_about_nothing_or_on_a_day_to_come(by: Actor, more: dict[str, Any], field: str) -> None:
    assert refused(lambda: concern(by, **more))[0] == field
    assert not Concern.objects.exists()
    assert not Task.objects.exists()


def test_the_same_form_raises_one(by: Actor) -> None:
    form, person = new_id(), PersonFactory()
    first = concern(by, person=person, form_id=form)
    assert concern(by, person=person, form_id=form).pk == first.pk == form
    assert Task.objects.filter(source_kind="concern").count() == 1


def test_each_step_wants_its_words_and_a_day_from_the_first_to_today(by: Actor) -> None:
    row = concern(by)
    assert refused(lambda: asked(row, by, whom=" "))[0] == "asked"
    assert refused(lambda: resolved(row, by, resolution=""))[0] == "resolution"
    assert refused(lambda: answered(row, by)) == ("satisfied", "Say first what came of it.")
    for day in (BEFORE - timedelta(days=1), TODAY + timedelta(days=1)):
        assert refused(lambda day=day: asked(row, by, day))[0] == "asked_on"
        assert refused(lambda day=day: resolved(row, by, day))[0] == "resolved_on"
    row = resolved(asked(row, by, BEFORE), by)
    assert refused(lambda: answered(row, by, satisfied="perhaps"))[0] == "satisfied"
    assert state_of(Concern.objects.get()) == "resolved"


def test_what_a_colleague_wrote_meanwhile_is_not_written_over(by: Actor) -> None:
    row = concern(by)
    asked(row, by)
    assert "Somebody else wrote" in refused(lambda: resolved(row, by))[1]
    assert Concern.objects.get().resolution == ""


def test_a_grievance_is_filed_once_and_its_clock_is_that_of_the_first_day(by: Actor) -> None:
    """30 days from 16 November are 16 December."""
    row = file_grievance(concern=concern(by), on=BEFORE, version_seen=1, by=by)
    again = file_grievance(concern=row, on=TODAY, version_seen=row.version, by=by)
    assert (again.grievance_on, again.answer_due_on) == (BEFORE, date(2026, 12, 16))
    assert Task.objects.filter(source_kind="concern", state="open").count() == 1


def test_handed_on_its_task_goes_along_and_handing_it_to_oneself_changes_nothing(by: Actor) -> None:
    row, colleague = concern(by), StaffFactory()
    assert hand_on(concern=row, to=row.staff, by=by).version == 1
    assert hand_on(concern=row, to=colleague, by=by).staff == colleague
    assert Task.objects.get(source_kind="concern").owner == colleague


def test_at_the_end_of_an_episode_it_is_let_go_with_words_and_a_grievance_is_not(by: Actor) -> None:
    row = resolved(concern(by), by)
    assert refused(lambda: let_go(concern=row, resolution=" ", by=by))[0] == "words"
    let_go(concern=row, resolution="They moved away", by=by)
    assert Concern.objects.get().resolution == "New driver\nThey moved away"
    assert not Task.objects.filter(source_kind="concern", state="open").exists()
    grievance = concern(by, grievance=True)
    assert "has to be answered" in refused(lambda: let_go(concern=grievance, resolution="Gone", by=by))[1]


def test_who_got_its_task_with_the_client_answers_for_it_from_then_on(by: Actor) -> None:
    row, new = concern(by), StaffFactory()
    went = go_along(episode=None, clients=[row.person_id], from_staff=row.staff_id, to_staff=new, by=by)
    assert went == 1
    assert concerns_of(row.person, Q()).get().answered_by == new.name
    grievance = file_grievance(concern=asked(row, by), on=TODAY, version_seen=row.version + 1, by=by)
    assert grievance.staff == new
    assert Task.objects.get(state="open").owner == new
