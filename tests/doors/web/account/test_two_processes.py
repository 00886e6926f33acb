"""Races over two real gunicorn processes on one database: nothing that must hold is remembered in a process."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from goldthread.foundation.lib.ids import new_id
from tests.clock import agency_today
from tests.doors.command.installations import Installation, installation
from tests.doors.web.account.processes import PASSWORD, Browser, at_once, two_processes

pytestmark = [pytest.mark.slow, pytest.mark.both]
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ROUNDS = 8
FILL = """
import json
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from goldthread.foundation.accounts.secrets import lock
from goldthread.foundation.workforce.enums import Role
from tests.factories import AgencyFactory, StaffFactory, UserFactory
AgencyFactory()
said = {"codes": {}, "staff": {}}
for number in range(ROUNDS):
    for kind in ("totp", "recovery", "guessed", "leaving"):
        staff = StaffFactory(user=UserFactory(email=f"{kind}{number}@north.test"))
        said["staff"][f"{kind}{number}"] = str(staff.pk)
        if kind in ("totp", "recovery"):
            Authenticator.objects.create(user=staff.user, type="totp", data={"secret": lock(SECRET)})
        if kind == "recovery":
            said["codes"][f"{kind}{number}"] = RecoveryCodes.activate(staff.user).generate_codes()
StaffFactory(user=UserFactory(email="admin@north.test"), role=Role.ADMINISTRATOR)
print(json.dumps(said))
"""
COUNT = """
from axes.models import AccessAttempt
print(sum(AccessAttempt.objects.filter(username=EMAIL).values_list("failures_since_start", flat=True)))
"""


@dataclass
class Served:
    """An installation that two processes serve."""

    place: Installation
    ports: list[int]
    codes: dict[str, list[str]] = field(default_factory=dict)
    staff: dict[str, str] = field(default_factory=dict)

    def failures(self, email: str) -> int:
        return int(self.place.script(COUNT.replace("EMAIL", repr(email))))

    def past_the_password(self, email: str) -> list[Browser]:
        """A browser at each process, asked for its code."""
        browsers = [Browser(port) for port in self.ports]
        for browser in browsers:
            status, where = browser.sign_in(email)
            assert (status, where[:14]) == (302, "/account/code/")
            browser.get("/account/code/")
        return browsers


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with installation(tmp_path_factory.mktemp("two") / "home") as place:
        place.set_up()
        fill = FILL.replace("ROUNDS", str(ROUNDS)).replace("SECRET", repr(SECRET))
        said = json.loads(place.script(fill).splitlines()[-1])
        with two_processes(place) as ports:
            yield Served(place, ports, said["codes"], said["staff"])


def opened_at(browsers: list[Browser], code: str) -> int:
    """How many of *browsers* are let in, all giving *code* at the same moment."""
    answers = at_once([lambda browser=browser: browser.post("/account/code/", code=code) for browser in browsers])
    assert {status for status, _where in answers} <= {200, 302}
    seen = [browser.get("/me/")[0] for browser in browsers]
    assert [status == 302 for status, _where in answers] == [status == 200 for status in seen]
    return seen.count(200)


def test_a_code_of_the_app_opens_once(served: Served) -> None:
    for number in range(ROUNDS):
        browsers = served.past_the_password(f"totp{number}@north.test")
        code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30))
        assert opened_at(browsers, code) == 1
        again = served.past_the_password(f"totp{number}@north.test")
        assert [each.post("/account/code/", code=code)[0] for each in again] == [200, 200]


def test_a_recovery_code_opens_once(served: Served) -> None:
    for number in range(ROUNDS):
        name = f"recovery{number}"
        browsers = served.past_the_password(f"{name}@north.test")
        assert opened_at(browsers, served.codes[name][number]) == 1
        again = served.past_the_password(f"{name}@north.test")
        assert [each.post("/account/code/", code=served.codes[name][number])[0] for each in again] == [200, 200]
        assert again[0].post("/account/code/", code=served.codes[name][-1])[0] == 302


def guess(served: Served, email: str, times: int) -> list[int]:
    """The status of each of *times* wrong guesses at the same moment, half of them at each process."""
    browsers = [Browser(served.ports[number % 2]) for number in range(times)]
    for browser in browsers:
        browser.get("/account/sign-in/")
    tasks = [
        lambda browser=browser: browser.post("/account/sign-in/", login=email, password="not the right password")
        for browser in browsers
    ]
    return [status for status, _where in at_once(tasks)]


def test_no_wrong_password_is_lost_from_the_count(served: Served) -> None:
    for number in range(3):
        email = f"guessed{number}@north.test"
        assert guess(served, email, 4) == [200] * 4
        assert served.failures(email) == 4
        assert guess(served, email, 1) == [429]


def test_many_guesses_at_once_pass_the_limit_by_one_process_at_most(served: Served) -> None:
    """Five failures lock; each further process may be checking one guess while the fifth is counted."""
    for number in range(3, 6):
        email = f"guessed{number}@north.test"
        statuses = guess(served, email, 20)
        assert statuses.count(200) <= 5
        assert statuses.count(200) + statuses.count(429) == 20
        assert 5 <= served.failures(email) <= 6
        for port in served.ports:
            assert Browser(port).sign_in(email, PASSWORD)[0] == 429


def test_who_is_deactivated_at_one_process_is_out_at_the_next_request_to_the_other(served: Served) -> None:
    admin = Browser(served.ports[0])
    assert admin.sign_in("admin@north.test")[0] == 302
    for number in range(ROUNDS):
        worker = Browser(served.ports[0])
        assert worker.sign_in(f"leaving{number}@north.test")[0] == 302
        worker.port = served.ports[1]
        answers: list[tuple[float, int]] = []
        over = threading.Event()
        asking = threading.Thread(target=keep_asking, args=[worker, answers, over])
        asking.start()
        wait_until(lambda seen=answers: any(status == 200 for _began, status in seen))
        page = f"/settings/staff/{served.staff[f'leaving{number}']}/disable/"
        assert admin.get(page)[0] == 200
        assert admin.post(page, form_id=str(new_id()), last_day=agency_today().isoformat())[0] == 302
        committed = time.monotonic()
        wait_until(lambda seen=answers, then=committed: any(began > then for began, _status in seen))
        over.set()
        asking.join(30)
        late = [status for began, status in answers if began > committed]
        assert late
        assert 200 not in late
        again = Browser(served.ports[1])
        again.sign_in(f"leaving{number}@north.test")
        assert again.get("/me/")[0] == 302


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def keep_asking(worker: Browser, answers: list[tuple[float, int]], over: threading.Event) -> None:
    """When each request began, and how it was answered."""
    while not over.is_set():
        began = time.monotonic()
        answers.append((began, worker.get("/me/")[0]))
