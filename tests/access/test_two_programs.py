"""One client in two programs, over HTTP: the mental-health worker never learns of the substance-use program.

Not by its name, not by its worker, not by its team; in no header, list, filter, file, notice, tab or hand-over page.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from goldthread.access import gate
from goldthread.access.standing_in import AskedBy
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.actions import cover, hand_over, pause, transfer
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Evidence, Task
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Notice, RoleAssignment, Staff
from goldthread.people.persons.models import Person
from tests.access.people import viewer
from tests.access.world import browser
from tests.casework.caseload.programs import MENTAL, RECOVERY, enrolled, program
from tests.clock import agency_today
from tests.factories import LONG_AGO, AgencyFactory, PersonFactory, StaffFactory, TeamFactory

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
QUIET = ("Quietprogram", "Quietworker", "Quietteam", "quietreason")
"""What would give it away: the program, its worker, their team, why it was paused."""
PAGES = (
    "",
    "details/",
    "circle/",
    "history/",
    "programs/",
    "timeline/",
    "tasks/",
    "tasks/new/",
    "elsewhere/",
    "note/",
    "concerns/",
    "concerns/new/",
)
FILTERED = ("list",)
LIST = "/clients/?whose=all&column=program&column=enrolled&column=worker&column=team"


@dataclass
class Two:
    client: Person
    open: Episode
    quiet: Episode
    mental: Staff
    recovery: Staff
    quiet_team: Team
    by: Actor


@pytest.fixture
def two() -> Two:
    AgencyFactory()
    now = timezone.now()
    by = Actor(at=now, today=agency_today())
    quiet_team = TeamFactory(name="Quietteam")
    program(by, RECOVERY, team=quiet_team, name="Quietprogram")
    client = PersonFactory()
    mental = StaffFactory(name="Openworker", team=TeamFactory(name="Openteam"))
    recovery = StaffFactory(name="Quietworker", team=quiet_team)
    return Two(
        client=client,
        open=enrolled(by, LONG_AGO, MENTAL, client, staff=mental),
        quiet=enrolled(by, LONG_AGO, RECOVERY, client, staff=recovery),
        mental=mental,
        recovery=recovery,
        quiet_team=quiet_team,
        by=by,
    )


def told(text: str, page: str) -> list[str]:
    """What gives it away on *page*: also the program among choices, but for filters that offer the same for every client.
    Workers are offered whoever the client is."""
    read = re.sub(r"<select.*?</select>", "", text, flags=re.S)
    chosen_from = "" if page in FILTERED else text
    return [f"{word} on {page}" for word in QUIET if word in read or (word == QUIET[0] and word in chosen_from)]


def read(staff: Staff, two: Two) -> Iterator[tuple[str, str]]:
    """Every page of the client, the list and the file, as *staff* reads them."""
    page: Client = browser(staff)
    for tab in PAGES:
        answer = page.get(f"/clients/{two.client.pk}/{tab}", follow=True)
        if answer.status_code == 200:
            yield tab, answer.content.decode()
    for place in ("day/", "day/print/", "contacts/drafts/"):
        yield place, page.get(f"/{place}").content.decode()
    yield "list", page.get(LIST).content.decode()
    file = page.get(LIST.replace("/clients/", "/clients/export.csv"))
    if file.status_code == 200:
        yield "file", b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]  # a file is streamed
    yield "notices", page.get("/notices/").content.decode()


def leaks(staff: Staff, two: Two) -> list[str]:
    return [word for page, text in read(staff, two) for word in told(text, page)]


def test_the_mental_health_worker_never_learns_of_it(two: Two) -> None:
    pause(episode=two.quiet, starts_on=two.by.today, reason="quietreason", by=two.by)
    pages = dict(read(two.mental, two))
    assert "programs/" in pages
    assert "Openworker" in pages["programs/"]
    assert leaks(two.mental, two) == []


def test_nor_after_a_hand_over_or_a_cover_within_it(two: Two) -> None:
    other = StaffFactory(name="Quietworker the second", team=two.quiet_team)
    (row,) = transfer(episode=two.quiet, to_staff=other, on=two.by.today, reason="quietreason", by=two.by)
    cover(absent=other, colleague=two.recovery, starts_on=two.by.today, ends_on=two.by.today, by=two.by)
    assert leaks(two.mental, two) == []
    assert browser(two.mental).get(f"/clients/{two.client.pk}/hand-over/{row.pk}/").status_code == 404
    assert not Notice.objects.filter(to=two.mental).exists()


def test_the_worker_of_the_program_sees_it_and_so_does_who_covers_for_them(two: Two) -> None:
    colleague = StaffFactory()
    cover(absent=two.recovery, colleague=colleague, starts_on=two.by.today, ends_on=two.by.today, by=two.by)
    for staff in (two.recovery, colleague):
        pages = dict(read(staff, two))
        assert "Quietworker" in pages[""]
        assert "Quietprogram" in pages["programs/"]
        assert "Quietprogram" in pages["list"]


@pytest.mark.parametrize("role", [Role.INTAKE, Role.BILLING])
def test_nor_do_roles_of_the_whole_agency_that_are_not_cleared(two: Two, role: Role) -> None:
    assert leaks(StaffFactory(role=role), two) == []


@pytest.mark.parametrize("role", [Role.QUALITY, Role.AUDITOR])
def test_those_that_are_cleared_see_it(two: Two, role: Role) -> None:
    assert "Quietprogram" in dict(read(StaffFactory(role=role), two))["programs/"]


def test_a_supervisor_sees_what_their_team_serves(two: Two) -> None:
    opens = two.mental.memberships.get().team
    assert leaks(StaffFactory(role=Role.SUPERVISOR, team=opens), two) == []
    assert leaks(StaffFactory(role=Role.SUPERVISOR, team=two.quiet_team), two) != []


def test_a_manager_of_one_site_sees_what_their_site_serves(two: Two) -> None:
    """42 CFR 2.12(c)(3): the clearance of who directs a program is for that program, not for one at another site."""
    team = TeamFactory()
    Assignment.objects.filter(episode=two.open).update(team=team)
    here, there = StaffFactory(role=None), StaffFactory(role=None)
    for staff, site in ((here, team.site), (there, two.quiet_team.site)):
        RoleAssignment.objects.create(staff=staff, role=Role.PROGRAM_MANAGER, site=site, starts_on=LONG_AGO)
    assert leaks(here, two) == []
    assert leaks(there, two) != []


def test_the_filters_of_the_list_do_not_tell_either(two: Two) -> None:
    page = browser(two.mental)
    name = two.client.display_name
    for query in (
        f"program={two.quiet.program_id}",
        f"worker={two.recovery.pk}",
        f"team={two.quiet_team.pk}",
    ):
        assert name not in page.get(f"/clients/?whose=all&{query}").content.decode(), query
        assert name in browser(two.recovery).get(f"/clients/?whose=all&{query}").content.decode(), query
    assert name in page.get(f"/clients/?whose=all&program={two.open.program_id}").content.decode()


def test_the_hidden_assignment_cannot_be_ended_or_handed_over_by_guessing(two: Two) -> None:
    boss = StaffFactory(role=Role.SUPERVISOR, team=two.mental.memberships.get().team)
    row = Assignment.objects.get(episode=two.quiet)
    page = browser(boss)
    for what in ("transfer", "pause", "resume"):
        assert page.get(f"/clients/{two.client.pk}/programs/{two.quiet.pk}/{what}/").status_code == 404
        assert page.get(f"/clients/{two.client.pk}/programs/{two.open.pk}/{what}/").status_code == 200
    assert page.post(f"/clients/{two.client.pk}/programs/{two.quiet.pk}/undo/").status_code == 404
    begin = f"/clients/{two.client.pk}/way-out/begin/"
    assert page.post(begin, {"episode": two.quiet.pk}).status_code == 404
    assert not WayOut.objects.exists()
    assert page.post(begin, {"episode": two.open.pk}).status_code == 302
    assert WayOut.objects.get().episode_id == two.open.pk
    path = f"/clients/{two.client.pk}/workers/"
    assert page.get(f"{path}{row.pk}/end/").status_code == 404
    assert page.get(f"{path}{Assignment.objects.get(episode=two.open).pk}/end/").status_code == 200


def test_an_export_has_the_columns_and_not_the_hidden_ones(two: Two) -> None:
    def rows(staff: Staff) -> list[dict[str, str]]:
        text = dict(read(staff, two))["file"]
        return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))

    (mine,) = rows(two.mental)
    assert (mine["Program"], mine["Worker"], mine["Enrolled"]) == (two.open.program.name, "Openworker", "2020-01-06")
    (theirs,) = rows(two.recovery)
    assert theirs["Program"] == "; ".join(sorted([two.open.program.name, two.quiet.program.name]))


def whatever_is_seen(rows: Any, client: str, looking: Viewer) -> Any:
    return rows.filter(gate.content_in(looking, client=client)).values_list("pk")


def test_one_answer_for_one_client_and_for_all_of_them(two: Two) -> None:
    """content() of each client equals content_in() over the world: every kind of row, every kind of viewer."""
    by = two.by
    second = PersonFactory()
    enrolled(by, LONG_AGO, RECOVERY, second, staff=two.mental)
    Person.objects.filter(pk=second.pk).update(labels=2)
    colleague = StaffFactory()
    cover(absent=two.mental, colleague=colleague, starts_on=by.today, ends_on=by.today, by=by)
    late = StaffFactory()
    hand_over(from_staff=two.recovery, to_staff=late, on=by.today, reason="Leaves us", by=by)
    staff = [two.mental, two.recovery, colleague, late, StaffFactory(team=two.quiet_team)]
    staff += [StaffFactory(role=role) for role in Role if role != Role.CASE_MANAGER]
    staff += [StaffFactory(role=Role.SUPERVISOR, team=two.quiet_team)]
    seen_by_anybody = 0
    for one in staff:
        looking = viewer(one, today=by.today, at=by.at)
        for rows, client in (
            (Entry.objects, "person"),
            (Evidence.objects, "person"),
            (Task.objects, "client"),
            (Assignment.objects.exclude(kind=AssignmentKind.COVER), "client"),
        ):
            among = set(rows.filter(gate.content_in(looking, client=client)).values_list("pk", flat=True))
            compiled: AskedBy[Any] = AskedBy(partial(whatever_is_seen, rows, client))
            assert {pk for (pk,) in compiled.ask(looking)} == among, (one.name, rows.model)
            alone: set[object] = set()
            for person in (two.client, second):
                person.refresh_from_db()
                found = rows.filter(gate.content(looking, person), **{client: person})
                sight = gate.sight(looking, person)
                assert {row.pk for row in rows.filter(**{client: person}) if sight.sees(row)} == {
                    row.pk for row in found
                }
                alone |= {row.pk for row in found}
            assert among == alone, (one.name, rows.model)
            seen_by_anybody += len(alone)
    assert seen_by_anybody > 50
