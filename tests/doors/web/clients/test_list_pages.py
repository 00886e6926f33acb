"""The client list over HTTP: every filter, pages by key, kept views, columns, and a file that says what the list says."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from goldthread.foundation.audit.models import Event
from goldthread.foundation.lib.labels import Label
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.enums import AlertKind
from goldthread.people.persons.models import Alert, Person
from tests.access.world import browser
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db


def names(page: Client, query: str = "") -> list[str]:
    """The names on the list at *query*, in their order."""
    body = page.get(f"/clients/?{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', body)


@pytest.fixture
def supervisor() -> Staff:
    return team_with(Role.SUPERVISOR)


@pytest.fixture
def page(supervisor: Staff) -> Client:
    """A browser of a supervisor; in their team Ana speaks Spanish, Bo has an alert due, Cy is unassigned, Di has died."""
    team = supervisor.memberships.get().team
    ana, bo = StaffFactory(team=team, name="Worker Ana"), StaffFactory(team=team, name="Worker Bo")
    client_of(ana, team, given="Ana", family="Abel", language="es")
    second = client_of(bo, team, given="Bo", family="Baker", language="en")
    client_of(bo, team, given="Di", family="Diaz", deceased=True)
    Alert.objects.create(person=second, kind=AlertKind.DOG, short="Dog", review_on=TODAY - timedelta(days=1))
    return browser(supervisor)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("whose=team", ["Ana Abel", "Bo Baker", "Di Diaz"]),
        ("whose=all", ["Ana Abel", "Bo Baker", "Di Diaz"]),
        ("whose=mine", []),
        ("text=bak", ["Bo Baker"]),
        ("text=nobody", []),
        ("language=es", ["Ana Abel"]),
        ("state=died", ["Di Diaz"]),
        ("state=assigned", ["Ana Abel", "Bo Baker", "Di Diaz"]),
        ("state=unassigned", []),
        ("alerts_due=1", ["Bo Baker"]),
        ("text=a&language=es&state=assigned", ["Ana Abel"]),
        ("worker=nonsense&team=nonsense&state=nonsense&whose=nonsense", ["Ana Abel", "Bo Baker", "Di Diaz"]),
    ],
)
def test_each_filter_narrows_the_list(page: Client, query: str, found: list[str]) -> None:
    assert names(page, query) == found


def test_the_list_is_narrowed_to_a_worker_and_to_a_team(page: Client, supervisor: Staff) -> None:
    worker = Staff.objects.get(name="Worker Bo")
    assert names(page, f"worker={worker.pk}") == ["Bo Baker", "Di Diaz"]
    assert names(page, f"team={supervisor.memberships.get().team_id}") == ["Ana Abel", "Bo Baker", "Di Diaz"]


def test_pages_follow_each_other_through_their_links(supervisor: Staff) -> None:
    team = supervisor.memberships.get().team
    worker = StaffFactory(team=team)
    for number in range(60):
        client_of(worker, team, given="Ana", family=f"Abel{number:02}")
    page = browser(supervisor)
    first = page.get("/clients/?whose=team").content.decode()
    link = re.search(r'href="/clients/\?([^"]*)" rel="next"', first)
    assert link
    second = names(page, link[1].replace("&amp;", "&"))
    assert second == [f"Ana Abel{number:02}" for number in range(50, 60)]
    assert len(names(page, "whose=team")) == 50


def test_columns_of_the_address_are_shown_in_the_order_of_the_table(page: Client) -> None:
    body = page.get("/clients/?column=worker&column=number&column=nonsense").content.decode()
    assert re.findall(r'<th scope="col" class="c-(\w+)"', body) == ["number", "worker"]


def test_a_view_is_kept_opened_and_forgotten_by_its_owner_alone(page: Client, supervisor: Staff) -> None:
    page.post("/clients/views/", {"name": "Spanish", "query": "whose=team&language=es"})
    view = supervisor.saved_views.get()
    body = page.get("/clients/?whose=team&language=es&text=").content.decode()
    assert re.search(r'whose=team&amp;language=es" aria-current="true"', body)
    browser(StaffFactory(role=Role.SUPERVISOR)).post(f"/clients/views/{view.pk}/delete/")
    assert supervisor.saved_views.exists()
    page.post(f"/clients/views/{view.pk}/delete/")
    assert not supervisor.saved_views.exists()


def test_a_file_holds_what_the_list_shows_and_each_client_in_it_is_recorded() -> None:
    manager = team_with(Role.QUALITY)
    team = team_with(Role.SUPERVISOR).memberships.get().team
    worker = StaffFactory(team=team)
    spanish = client_of(worker, team, given="Ana", family="Abel", language="es")
    client_of(worker, team, given="Bo", family="Baker", language="en")
    answer = browser(manager).get("/clients/export.csv?whose=all&language=es&column=language")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]  # a file is streamed
    assert lines == [["Name", "Language"], ["Ana Abel", "Spanish"]]
    events = Event.objects.filter(actor=manager.pk, action="clients.exported")
    assert [event.client for event in events] == [spanish.pk]


@pytest.mark.parametrize("role", [Role.BILLING, Role.ADMINISTRATOR])
def test_who_may_not_take_the_list_along_finds_no_such_page(role: Role) -> None:
    assert browser(team_with(role)).get("/clients/export.csv").status_code == 404


def test_alerts_under_a_label_are_on_no_list(page: Client, supervisor: Staff) -> None:
    person = Person.objects.get(display_name="Ana Abel")
    hidden = Alert(person=person, kind=AlertKind.SAFETY, short="Hiddenword", review_on=date(2026, 1, 1))
    hidden.labels = int(Label.DOMESTIC_VIOLENCE)
    hidden.save()
    assert "Hiddenword" not in page.get("/clients/?whose=team").content.decode()
    assert names(page, "alerts_due=1") == ["Bo Baker"]
