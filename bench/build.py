"""Makes one data set: ``python -m bench.build CLIENTS WORKED [ADMIN_URL]`` with GOLDTHREAD_DATA (and GOLDTHREAD_DATABASE) set.

``python -m bench.build threads MARK`` lays threads over it, and notes in the file MARK that it did; ``python -m bench.build files``
gathers static files and translations.

A process of its own: Django is set up once in it, for one database.
"""

import json
import os
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any

SCHEMA = "bench"
WORLD = "world.json"
SAMPLE = 400
FILES = "files"
THREADS = "threads"
ASKING = "asking"


def build(clients: int, worked: int, admin_url: str) -> None:
    """Migrate, make the agency, write the clients (with the first *worked* something was done), and note what the measuring needs to know."""
    import django

    django.setup()
    from django.conf import settings

    from bench import data
    from goldthread.doors.demo.size import make_many
    from goldthread.foundation.tenancy.setup import create_agency, migrate_all

    migrate_all()
    if settings.MULTI_AGENCY:
        create_agency("Bench", SCHEMA, ["127.0.0.1", "localhost"], admin_url=admin_url)
    at = datetime.now(UTC)
    with _inside(settings.MULTI_AGENCY):
        make_many(clients, at.date(), at, caseload=data.CASELOAD, draw=_draw, tell=_tell, worked=worked)
        _looked_for_doubles(at)
        world = _world()
    (settings.DATA / WORLD).write_text(json.dumps(world))


def weave(mark: str) -> None:
    """Give everybody their thread, install the long instrument, and say in *mark* what it took."""
    import django

    django.setup()
    from django.conf import settings

    from bench.instrument import KEY, questionnaire
    from goldthread.casework.assessments.actions import install, put_in_use
    from goldthread.casework.assessments.enums import MadeBy
    from goldthread.doors.demo.threads_at_size import weave_many
    from goldthread.foundation.lib.actor import Actor

    at, started = datetime.now(UTC), time.monotonic()
    with _inside(settings.MULTI_AGENCY):
        by = Actor(at=at, today=at.date())
        put_in_use(version=install(content=questionnaire(), made_by=MadeBy.INSTALLED, key=KEY, by=by), by=by)
        woven = weave_many(at.date(), at, tell=_tell)
    took = {"seconds": round(time.monotonic() - started, 1), "cpu_seconds": round(time.process_time(), 1)}
    said = {"program": str(woven.program), "clients": woven.clients, "rows": woven.rows, **took}
    sys.stderr.write(f"  {json.dumps(said)}\n")
    (settings.DATA / mark).write_text(json.dumps(said))


def ask(mark: str) -> None:
    """Let people ask and wait, and say in *mark* what it took."""
    import django

    django.setup()
    from django.conf import settings

    from bench import data
    from goldthread.doors.demo.asking_at_size import ask_many

    def name(i: int) -> tuple[str, str, Any]:
        client = data.client(i * 7 + 3)
        return client["first"], client["last"], client["dob"]

    at, started = datetime.now(UTC), time.monotonic()
    with _inside(settings.MULTI_AGENCY):
        asked = ask_many(at.date(), at, name)
        _looked_for_doubles(at)
    took = {"seconds": round(time.monotonic() - started, 1), "cpu_seconds": round(time.process_time(), 1)}
    said = {"program": asked.program, "waiting": asked.waiting, "inquiries": asked.inquiries, **took}
    sys.stderr.write(f"  {json.dumps(said)}\n")
    (settings.DATA / mark).write_text(json.dumps(said))


def collect_files() -> None:
    """Gather what browsers load and the translations, as ``./run`` does before it serves."""
    import django

    django.setup()
    from goldthread.doors.command import preparing

    preparing.compile_translations()
    preparing.collect_static_files()


def _looked_for_doubles(at: datetime) -> None:
    """As if all had been compared: the worker that is served beside would do so for minutes, in the middle of what is measured."""
    from goldthread.casework.merging.actions.looking import rules_of_now
    from goldthread.casework.merging.models import Look

    Look.objects.update_or_create(pk=1, defaults={"rules": rules_of_now(), "round_began_at": at, "done_at": at})


def _inside(multi_agency: bool) -> AbstractContextManager[Any]:
    from django_tenants.utils import schema_context

    return schema_context(SCHEMA) if multi_agency else nullcontext()


def _draw(i: int) -> Any:
    """The i-th client of bench.data in the demo's shape."""
    from bench import data
    from goldthread.doors.demo.sketch import Home, Name, Number, Reach, Sketch
    from goldthread.people.persons.enums import IdentifierKind

    client = data.client(i)
    woman = client["sex"] == "f"
    return Sketch(
        [Name(client["first"], client["last"])],
        born=client["dob"],
        sex="female" if woman else "male",
        gender="woman" if woman else "man",
        pronouns="she/her" if woman else "he/him",
        race=["white"],
        reach=[Reach(client["phone"], first=True)],
        homes=[Home(client["address"], "Alderquay", "02007")],
        numbers=[Number(IdentifierKind.MEDICAID, f"000{i:09d}")],
        client_since=data.EPOCH.date(),
    )


def _world() -> dict[str, Any]:
    """Ids of clients of the first worker and of the whole agency, spread evenly."""
    from goldthread.casework.caseload.models import Assignment
    from goldthread.people.persons.models import Person

    everybody = Person.objects.filter(client_number__isnull=False).order_by("client_number")
    first = [str(pk) for pk in everybody.values_list("pk", flat=True)[:100]]
    count = everybody.count()
    step = max(1, count // SAMPLE)
    numbers = [1001 + n for n in range(0, count, step)]
    spread = [str(pk) for pk in everybody.filter(client_number__in=numbers[:SAMPLE]).values_list("pk", flat=True)]
    worker = Assignment.objects.filter(client=everybody[0]).values_list("staff", flat=True)[0]
    return {"clients": count, "own": first, "spread": spread, "worker": str(worker)}


def _tell(done: int) -> None:
    if done % 20_000 == 0:
        sys.stderr.write(f"  {done} clients written\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldthread.settings")
    if sys.argv[1] == FILES:
        collect_files()
    elif sys.argv[1] == THREADS:
        weave(sys.argv[2])
    elif sys.argv[1] == ASKING:
        ask(sys.argv[2])
    else:
        build(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "")
