"""What the pages of packages ask of the database, which does not grow with what is in the record."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldthread.people.facts.actions import state_fact
from tests.access.world import browser
from tests.casework.contacts.making import AT, TODAY, episode_of
from tests.casework.packages.test_packages import Moving

pytestmark = [pytest.mark.django_db, pytest.mark.once]
STATEMENTS = {"list": 19, "one": 27}
"""At most, on SQLite, of a page that was opened before."""


def test_the_pages_of_packages() -> None:
    with time_machine.travel(AT, tick=False):
        moving = Moving(["identity", "programs", "health"])
        episode_of(moving.dana, moving.ann)
        package = moving.package()
        web = browser(moving.ann)
        home = f"/clients/{moving.dana.pk}/packages/"
        pages = {"list": home, "one": f"{home}{package.pk}/"}

        def asked() -> dict[str, int]:
            counts = {}
            for name, path in pages.items():
                web.get(path)
                with CaptureQueriesContext(connection) as caught:
                    assert web.get(path).status_code == 200
                counts[name] = len(caught)
            return counts

        few = asked()
        for number in range(8):
            value = {"name": f"Medicine {number}"}
            state_fact(person=moving.dana, kind="medicine", value=value, said_by="client", said_on=TODAY, by=moving.by)
        assert asked() == few
        assert {name: most for name, most in STATEMENTS.items() if few[name] > most} == {}, few
