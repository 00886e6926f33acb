"""The demo's sign-ins stand on its sign-in page; on no other installation does the page know of any."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from goldthread.doors.demo.agency import PASSWORD
from goldthread.doors.demo.signins import signins
from goldthread.foundation.workforce.enums import Role
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db
EMAILS = {role: email for role, _name, email, _password in signins()}


@pytest.fixture(autouse=True)
def two_colleagues() -> None:
    """Two of the demo's people, under their addresses; one of them may not sign in any more."""
    AgencyFactory()
    StaffFactory(role=Role.SUPERVISOR, user__email=EMAILS[Role.SUPERVISOR])
    StaffFactory(role=Role.BILLING, user__email=EMAILS[Role.BILLING], user__is_active=False)


def marked(settings: Any, folder: Path, *, demo: bool, mark: bool) -> None:
    settings.DEMO, settings.DEMO_MARK = demo, folder / "demo"
    if mark:
        settings.DEMO_MARK.touch()


def page(client: Client, query: str = "") -> str:
    return str(client.get(f"/account/sign-in/{query}").content.decode())


@pytest.mark.parametrize(("demo", "mark"), [(False, False), (False, True), (True, False)])
def test_outside_the_demo_nobody_is_offered(
    client: Client, settings: Any, tmp_path: Path, demo: bool, mark: bool
) -> None:
    marked(settings, tmp_path, demo=demo, mark=mark)
    for query in ("", "?who=supervisor", f"?who=supervisor&login={EMAILS[Role.SUPERVISOR]}"):
        answer = page(client, query)
        assert "door-demo" not in answer
        assert "@alderquay" not in answer
        assert PASSWORD not in answer


def test_in_the_demo_whoever_is_chosen_is_filled_in(client: Client, settings: Any, tmp_path: Path) -> None:
    marked(settings, tmp_path, demo=True, mark=True)
    answer = page(client, "?next=/clients/%3Ftext%3Da%26b&why=idle")
    assert "who=supervisor&amp;why=idle&amp;next=%2Fclients%2F%3Ftext%3Da%26b" in answer
    assert "who=billing" not in answer, "closed"
    assert "who=auditor" not in answer, "not there"
    assert f'value="{PASSWORD}"' not in answer
    chosen = page(client, "?who=supervisor")
    assert f'value="{EMAILS[Role.SUPERVISOR]}"' in chosen
    assert f'value="{PASSWORD}"' in chosen
    for who in ("billing", "nobody", "%00"):
        assert f'value="{PASSWORD}"' not in page(client, f"?who={who}")


def test_a_refused_password_is_not_sent_back(client: Client, settings: Any, tmp_path: Path) -> None:
    marked(settings, tmp_path, demo=True, mark=True)
    answer = client.post("/account/sign-in/", {"login": EMAILS[Role.SUPERVISOR], "password": "what I really use"})
    assert "what I really use" not in answer.content.decode()
