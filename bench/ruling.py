"""``bench rules``: a rule of the largest program is changed on its page, and every episode is worked out again in the worker, while
somebody else works."""

import re
import time
from contextlib import suppress

from bench.bringing import BEFORE, Day
from bench.forms import form_on
from bench.measuring import percentile
from bench.session import Ask, Session
from bench.world import World
from goldthread.doors.demo.agency import BUSY, PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

RULE = "monthly-visit"
MOST_SECONDS = 3 * 3600
LOOK_SECONDS = 2.0
PROGRAM = re.compile(r"/settings/programs/[0-9a-f-]{36}/")
PROGRESS = re.compile(r"(\d[\d,]*) of (\d[\d,]*)\.")


def change_rule(world: World, *, seconds: float = MOST_SECONDS) -> dict[str, object]:
    """Give the rule another title, so that open tasks of every episode are written anew, and wait until all are worked out, or for
    *seconds*: then it is stopped, and ``done`` says how far it came."""
    manager, worker = Session(world.port), Session(world.port)
    manager.sign_in(email_of(Role.ADMINISTRATOR, 0), PASSWORD)
    worker.sign_in(email_of(Role.CASE_MANAGER, BUSY), PASSWORD)
    day = Day(world, worker)
    for _request in range(BEFORE):
        day.ask()
    before, day.times = day.times, []
    page = PROGRAM.findall(manager.get("/settings/programs/").text)[0]
    looked = _press(manager, f"{page}rules/{RULE}/", look=True)
    saved = _press(manager, f"{page}rules/{RULE}/", look=False)
    started, done, total = time.monotonic(), 0, 0
    while (progress := _progress(manager, page)) and time.monotonic() - started < seconds:
        done, total = progress
        pause = time.monotonic() + LOOK_SECONDS
        while time.monotonic() < pause:
            day.ask()
    took = time.monotonic() - started
    if progress:
        with suppress(Exception):  # it ended in this very moment
            manager.ask(Ask(f"{page}run/stop/", form_on(manager.get(page).text), status=302))
    return {
        "name": "rules",
        "clients": world.data.clients,
        "database": world.data.database,
        "look_ms": round(looked, 1),
        "save_ms": round(saved, 1),
        "seconds": round(took, 1),
        "done": done if progress else total,
        "total": total,
        "my_day_p95_ms_before": round(percentile(before, 95), 1),
        "my_day_p50_ms_meanwhile": round(percentile(day.times, 50), 1),
        "my_day_p95_ms_meanwhile": round(percentile(day.times, 95), 1),
        "my_day_slowest_ms": round(max(day.times), 1),
        "my_day_requests": len(day.times),
    }


def _press(manager: Session, path: str, *, look: bool) -> float:
    """See what the change would do, or save it; in ms. What is sent is the same both times."""
    form = manager.form_on(path)
    title = str(form["title"]).removesuffix(" (again)")
    form |= {"title": title if form["title"] != title else f"{title} (again)", "reason": "measured"}
    if look:
        return manager.ask(Ask(path, form | {"look": "yes"})).milliseconds
    return manager.ask(Ask(path, form, status=302)).milliseconds


def _progress(manager: Session, page: str) -> tuple[int, int] | None:
    """How many episodes are worked out, of how many. None: all are."""
    found = PROGRESS.search(manager.get(page).text)
    return (_number(found[1]), _number(found[2])) if found else None


def _number(written: str) -> int:
    return int(written.replace(",", ""))
