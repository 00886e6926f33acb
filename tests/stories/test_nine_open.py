"""A discharge with nine open commitments (and a note that nobody signed): nothing is left in the air."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.models import Step
from goldthread.casework.record.models import Entry
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.tasks.models import Task
from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.caseload.programs import enrolled, program
from tests.casework.discharge.world import DECISIONS, leave_open
from tests.clock import agency_today
from tests.doors.web.clients.people import client_of, team_with
from tests.factories import LONG_AGO, StaffFactory

pytestmark = pytest.mark.django_db
TODAY = agency_today()


def words(page: Client, path: str, **more: Any) -> str:
    answer = page.get(path, **more)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def shown(page: Client, path: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page.get(path).content.decode())
    assert found
    return found.group(1)


def test_a_discharge_with_nine_open_commitments() -> None:
    gloria = team_with(Role.SUPERVISOR)
    team = gloria.memberships.get().team
    renee: Staff = StaffFactory(name="Renee Alvarez", team=team)
    andre: Staff = StaffFactory(name="Andre Okoye", team=team)
    dana = client_of(renee, team, given="Dana", family="Kim")
    by = Actor(at=timezone.now(), today=TODAY, staff=renee.pk)
    program(by, team=team)
    episode = enrolled(by, LONG_AGO, person=dana, staff=renee, team=team)
    left = leave_open(episode, dana, renee, andre, by)
    mine, boss = browser(renee), browser(gloria)
    home = f"/clients/{dana.pk}/way-out/"

    ready = words(mine, home)
    for said in ("10 commitments to settle", "1 goal not reached yet", "A lease in my name", "Rides to the clinic"):
        assert said in ready, said
    begun = mine.post(f"{home}begin/", {"episode": episode.pk})
    way = WayOut.objects.get()
    here = f"{home}{way.pk}/"
    assert begun.headers["Location"] == here
    assert mine.post(f"{home}begin/", {"episode": episode.pk}).headers["Location"] == here, "once, however often"

    sent = {"form_id": way.pk, "version": 1, "last_day": TODAY.isoformat(), "reason": "goals-reached"}
    assert mine.post(here, {**sent, "reason": "invented"}).status_code == 422
    assert mine.post(here, sent).headers["Location"] == f"{here}summary/"
    drafted = words(mine, f"{here}summary/")
    assert "Still open: A home" in drafted
    assert "Call my sister first" in drafted
    kept = mine.post(f"{here}summary/save/", {"t-why": "Dana has her own door.", "n-why": "0"})
    assert kept.json() == {"counts": {"why": 1}, "clashes": {}}

    refused = mine.post(f"{here}sign/", {"shown": shown(mine, f"{here}sign/")})
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "10 things are still open" in body
    assert all(name in body for name in ("Copy the lease", "Sign the lease", "Eye doctor", "Bank", "Metro Lift"))
    assert Episode.objects.get().discharged_on is None, "nothing half done"

    for kind, row in left.items.items():
        one = f"{here}settle/{kind}/{row.pk}/"
        assert mine.post(one, {"decision": ""}).status_code == 422, kind
        assert mine.post(one, DECISIONS[kind]).status_code == 302, kind
    assert Task.objects.get(pk=left.items["task"].pk).state == "open", "decided, not done yet"

    # a colleague changes one of them meanwhile: the decision holds no more
    Task.objects.filter(pk=left.items["task"].pk).update(version=7)
    assert "1 thing is still open" in words(mine, f"{here}settle/")
    assert mine.post(f"{here}settle/task/{left.items['task'].pk}/", DECISIONS["task"]).status_code == 302
    assert "Everything is settled" in words(mine, f"{here}settle/")

    # two tabs: what one has read and the other has changed is not signed
    stale = shown(mine, f"{here}sign/")
    mine.post(f"{here}summary/save/", {"t-watch": "The rent on the first.", "n-watch": "0"})
    assert "Read them again" in mine.post(f"{here}sign/", {"shown": stale}).content.decode()
    signed = mine.post(f"{here}sign/", {"shown": shown(mine, f"{here}sign/")})
    assert signed.headers["Location"] == f"{here}read/"
    assert WayOut.objects.get().state == "waiting", "a case manager may not end an episode"
    assert Episode.objects.get().discharged_on is None
    assert mine.post(f"{here}approve/").status_code == 404
    assert mine.post(f"{here}summary/save/", {"t-why": "x", "n-why": "1"}).status_code == 409, "locked"

    assert "waits for a second pair of eyes" in words(boss, "/notices/")
    assert "Dana has her own door." in words(boss, f"{here}read/")
    for _twice in range(2):
        assert boss.post(f"{here}approve/").status_code == 302
    episode.refresh_from_db()
    assert (episode.discharged_on, episode.discharge_reason) == (TODAY, "goals-reached")
    assert Task.objects.get(pk=left.items["task"].pk).state == "done"
    assert Step.objects.get().why_dropped.startswith("Her sister")
    stays = Appointment.objects.get(title="Eye doctor")
    assert (stays.state, stays.episode, stays.places.count()) == ("planned", None, 0)
    assert Appointment.objects.get(title="Bank").state == "kept"
    left.items["concern"].refresh_from_db()
    assert left.items["concern"].resolution == "Metro Lift sends another driver"
    assert Entry.objects.filter(kind="goodbye", person=dana, voided=False).count() == 1
    assert Event.objects.filter(action="discharge.done", client=dana.pk).count() == 1
    assert "Discharge summary" in words(boss, f"/clients/{dana.pk}/timeline/")

    person_page = words(boss, f"{here}print/?form=person")
    assert "Eye doctor" in person_page
    assert "Metro Lift, 555-0199" in person_page
    assert "988" in person_page
    assert "What became of what was open" in words(boss, f"{here}print/?form=full")

    # afterwards: whoever signed sees the confirmation, and nobody else
    assert "Dana Kim is discharged" in words(mine, f"/goodbyes/{way.pk}/")
    assert "Dana Kim" in words(mine, "/goodbyes/")
    assert browser(andre).get(f"/goodbyes/{way.pk}/").status_code == 404
    WayOut.objects.update(ended_at=timezone.now() - timezone.timedelta(days=31))
    assert mine.get(f"/goodbyes/{way.pk}/").status_code == 404
    WayOut.objects.update(ended_at=timezone.now())

    assert boss.post(f"{here}addendum/", {"text": "She called: all is well.", "form_id": way.pk}).status_code == 302
    assert "She called" in words(boss, f"{here}read/")

    # taken back, as far as nobody changed it since
    WayOut.objects.update(ended_at=Episode.objects.get().discharged_at)
    asked = boss.post(f"/clients/{dana.pk}/programs/{episode.pk}/undo/")
    assert asked.headers["Location"] == f"{here}undo/"
    boss.post(f"{here}undo/", {"reason": "She has nowhere to go after all"})
    episode.refresh_from_db()
    assert episode.discharged_on is None
    assert Task.objects.get(pk=left.items["task"].pk).state == "open"
    stays.refresh_from_db()
    assert (stays.episode, stays.places.get().staff) == (episode, renee)
    assert Step.objects.get().state == "open"
    assert WayOut.objects.get().state == "undone"
    assert boss.get(f"/goodbyes/{way.pk}/").status_code == 404
