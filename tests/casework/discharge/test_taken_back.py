"""A discharge for a day that is over is taken back by who ended it, though nobody in the program has the client any more."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from goldthread.casework.aftercare.models import Aftercare
from goldthread.casework.caseload.actions import cover
from goldthread.casework.caseload.models import Assignment
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.actions.tasks import make_task
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.caseload.programs import enrolled, program
from tests.casework.discharge.world import appointment
from tests.clock import agency_today
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = pytest.mark.django_db
TODAY = agency_today()
LAST = TODAY - timedelta(days=2)


class World:
    """Renee's client Dana, whom Gloria, the supervisor, discharges for the day before yesterday."""

    def __init__(self) -> None:
        AgencyFactory()
        team = TeamFactory()
        self.gloria: Staff = StaffFactory(role=Role.SUPERVISOR, team=team)
        self.renee: Staff = StaffFactory(team=team)
        self.colleague: Staff = StaffFactory(team=team)
        self.dana = PersonFactory(given="Dana", family="Kim")
        self.by = Actor(at=timezone.now() - timedelta(hours=1), today=TODAY, staff=self.gloria.pk)
        program(self.by, team=team)
        self.episode = enrolled(self.by, LONG_AGO, person=self.dana, staff=self.renee, team=team)
        self.boss = browser(self.gloria)

    def discharged(self) -> WayOut:
        home = f"/clients/{self.dana.pk}/way-out/"
        self.boss.post(f"{home}begin/", {"episode": self.episode.pk})
        way = WayOut.objects.get(state="open")
        here = f"{home}{way.pk}/"
        sent = {"form_id": way.pk, "version": 1, "last_day": LAST.isoformat(), "reason": "goals-reached"}
        assert self.boss.post(here, sent).status_code == 302
        for row in Appointment.objects.all():
            self.boss.post(f"{here}settle/appointment/{row.pk}/", {"decision": "cancel", "words": "ends"})
        for row in Task.objects.filter(requirement="", state="open"):
            self.boss.post(f"{here}settle/task/{row.pk}/", {"decision": "not_needed", "words": "ends"})
        shown = re.search(r'name="shown" value="(\w+)"', self.boss.get(f"{here}sign/").content.decode())
        assert shown
        answer = self.boss.post(f"{here}sign/", {"shown": shown.group(1)})
        assert answer.status_code == 302, words(answer)
        way.refresh_from_db()
        assert way.state == "done", words(self.boss.get(f"{here}sign/"))
        return way


@pytest.fixture
def world() -> World:
    return World()


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_who_ended_it_takes_it_back_and_all_is_as_before(world: World) -> None:
    by, dana, episode = world.by, world.dana, world.episode
    visit = appointment(dana, episode, world.renee, timezone.now() + timedelta(days=3), by, "Eye doctor")
    task = make_task(title="Copy the lease", client=dana, episode=episode, owner=world.renee, due_on=TODAY, by=by)
    cover(absent=world.renee, colleague=world.colleague, starts_on=TODAY, ends_on=TODAY + timedelta(days=5), by=by)
    owed = set(Task.objects.filter(state="open").exclude(requirement="").values_list("requirement", "due_on"))
    way = world.discharged()
    visit.refresh_from_db()
    assert (visit.state, Aftercare.objects.filter(ended_at__isnull=True).count()) == ("cancelled_by_us", 1)

    mine = f"/goodbyes/{way.pk}/"
    assert "Take the discharge back" in words(world.boss.get(mine))
    assert "Take the discharge back" not in words(browser(world.renee).get("/goodbyes/"))
    assert browser(world.renee).post(f"{mine}undo/", {"reason": "x"}).status_code == 404
    other = StaffFactory(role=Role.SUPERVISOR, team=world.gloria.memberships.get().team)
    assert browser(other).get(f"{mine}undo/").status_code == 404  # did not end it

    refused = world.boss.post(f"{mine}undo/", {"reason": " "})
    assert refused.status_code == 422
    assert Episode.objects.get().discharged_on == LAST
    done = world.boss.post(f"{mine}undo/", {"reason": "She moved back in the next day"})
    assert done.headers["Location"] == f"/clients/{dana.pk}/programs/"
    assert world.boss.post(f"{mine}undo/", {"reason": "again"}).status_code == 404  # a double click finds it undone

    row = Episode.objects.get()
    assert (row.discharged_on, row.discharged_at) == (None, None)
    now = Assignment.objects.filter(episode=row, ended_at__isnull=True)
    assert set(now.values_list("staff", "kind", "ends_on")) == {
        (world.renee.pk, "primary", None),
        (world.colleague.pk, "cover", TODAY + timedelta(days=5)),
    }
    visit.refresh_from_db()
    task.refresh_from_db()
    assert (visit.state, task.state) == ("planned", "open")
    assert set(Task.objects.filter(state="open").exclude(requirement="").values_list("requirement", "due_on")) == owed
    assert not Aftercare.objects.filter(ended_at__isnull=True).exists()
    assert not Task.objects.filter(source_kind="aftercare", state="open").exists()
    way.refresh_from_db()
    assert (way.state, way.undone_by, way.undone_why) == ("undone", world.gloria, "She moved back in the next day")
    assert not Entry.objects.filter(kind="discharged", voided=False).exists()
    assert Event.objects.filter(action="discharge.undone", client=dana.pk).count() == 1
    assert "She moved back in the next day" in words(world.boss.get(f"/clients/{dana.pk}/way-out/{way.pk}/read/"))


def test_what_changed_since_is_told_by_name_and_left(world: World) -> None:
    visit = appointment(
        world.dana, world.episode, world.renee, timezone.now() + timedelta(days=3), world.by, "Eye doctor"
    )
    way = world.discharged()
    Appointment.objects.filter(pk=visit.pk).update(version=90, changed_at=timezone.now())
    # where no aftercare binds her to anybody, her own page knows the supervisor no longer
    Assignment.objects.filter(kind="aftercare").update(starts_on=LAST, ends_on=LAST)
    assert world.boss.post(f"/clients/{world.dana.pk}/programs/{world.episode.pk}/undo/").status_code == 404
    assert world.boss.get(f"/clients/{world.dana.pk}/way-out/{way.pk}/undo/").status_code == 404
    answer = world.boss.post(f"/goodbyes/{way.pk}/undo/", {"reason": "a slip"}, follow=True)
    assert "This stays as it became:" in words(answer)
    assert "Eye doctor" in words(answer)
    visit.refresh_from_db()
    assert visit.state == "cancelled_by_us"


def test_not_after_a_week_nor_where_they_were_enrolled_again(world: World) -> None:
    way = world.discharged()
    again = enrolled(world.by, TODAY, person=world.dana, staff=world.renee)
    refused = world.boss.post(f"/goodbyes/{way.pk}/undo/", {"reason": "a slip"})
    assert (refused.status_code, "enrolled in this program again" in words(refused)) == (422, True)
    assert "a slip" in refused.content.decode()
    Episode.objects.filter(pk=again.pk).update(discharged_on=TODAY, discharge_reason="x", discharged_at=timezone.now())
    assert world.boss.post(f"/goodbyes/{way.pk}/undo/", {"reason": "a slip"}).status_code == 422  # though it ended, too
    WayOut.objects.update(ended_at=timezone.now() - timedelta(days=7, minutes=1))
    late = world.boss.post(f"/goodbyes/{way.pk}/undo/", {"reason": "a slip"}, follow=True)
    assert "It is too late to take this back" in words(late)
    assert Episode.objects.get(pk=world.episode.pk).discharged_on == LAST
