"""What is measured. To add one: write a function that returns the n-th request, and put ``@operation`` on it.

What the function does before it returns (fetching a form) is not timed. ``floor`` is the same thing on the floor.
Those of plans, assessments and threads are in ``on_threads``, those of intake in ``on_asking``.
"""

from datetime import date, timedelta

from bench import data
from bench.operation import OPERATIONS, operation
from bench.session import Ask, Session, sign_in
from bench.world import World
from goldthread.doors.demo.agency import BUSY, PASSWORD, email_of
from goldthread.foundation.workforce.enums import Role

__all__ = ["OPERATIONS"]
HTMX = {"HX-Request": "true"}


def _floor_search(world: World, n: int) -> Ask:
    return world.on_floor(f"/clients?q={world.term(n)}")


def _floor_open(world: World, n: int) -> Ask:
    return world.on_floor(f"/clients/{n * 37 % world.data.clients + 1}")


def _floor_caseload(world: World, n: int) -> Ask:
    return world.on_floor("/caseload")


def _floor_create(world: World, n: int) -> Ask:
    body = {
        "first": "Zed",
        "last": "Floor",
        "dob": "1990-01-01",
        "sex": "f",
        "phone": "5550100",
        "address": "1 Bek Street",
    }
    return world.on_floor("/clients", body, status=201)


def _floor_edit(world: World, n: int) -> Ask:
    return world.on_floor(f"/clients/{n * 37 % world.data.clients + 1}", {"phone": f"555{n:07d}"})


def _floor_note(world: World, n: int) -> Ask:
    body = {"channel": "phone", "summary": "call about housing", "text": data.note(n, 0)["text"]}
    return world.on_floor(f"/clients/{n * 37 % world.data.clients + 1}/notes", body, status=201)


@operation(Role.CASE_MANAGER, aim_ms=12, floor=_floor_search)
def search(world: World, n: int) -> Ask:
    """A case manager types four letters from the middle of a name: own clients and the team's are found."""
    return Ask(f"/search/?q={world.term(n)}", headers=HTMX)


@operation(Role.INTAKE, aim_ms=12, floor=_floor_search)
def search_agency(world: World, n: int) -> Ask:
    """An intake worker types four letters from the middle of a name: the whole agency is searched."""
    return Ask(f"/search/?q={world.term(n)}", headers=HTMX)


@operation(Role.INTAKE, aim_ms=12)
def search_keystrokes(world: World, n: int) -> Ask:
    """One keystroke of a name typed letter by letter, from one letter to all, by an intake worker."""
    name = data.LAST[n // 6 * 7 % len(data.LAST)].lower()
    return Ask(f"/search/?q={name[: n % 6 + 1]}", headers=HTMX)


@operation(Role.CASE_MANAGER, aim_ms=15, floor=_floor_open)
def open_client(world: World, n: int) -> Ask:
    """A case manager opens one of their clients: the brief with program, what is due, last contact; a whole page."""
    return Ask(f"/clients/{world.own(n)}/")


@operation(Role.CASE_MANAGER, aim_ms=14, floor=_floor_caseload)
def caseload(world: World, n: int) -> Ask:
    """A case manager opens the list of their hundred clients, a whole page."""
    return Ask("/clients/")


@operation(Role.CASE_MANAGER, aim_ms=14, floor=_floor_caseload, who=BUSY)
def my_day(world: World, n: int) -> Ask:
    """A case manager with 90 clients and 400 tasks opens My day, a whole page."""
    return Ask("/day/", expect="/clients/")


@operation(Role.CASE_MANAGER)
def timeline(world: World, n: int) -> Ask:
    """A case manager opens the timeline of a client with some fifteen entries, a whole page."""
    return Ask(f"/clients/{world.own(n)}/timeline/")


@operation(Role.CASE_MANAGER)
def timeline_long(world: World, n: int) -> Ask:
    """The same of a client with 20 000 entries."""
    return Ask(f"/clients/{world.long}/timeline/")


@operation(Role.CASE_MANAGER)
def composer(world: World, n: int) -> Ask:
    """A case manager opens a new note, filled from the client's program and the last contact."""
    return Ask(f"/clients/{world.own(n)}/note/?how=phone", expect="narrative")


@operation(Role.CASE_MANAGER, aim_ms=15, floor=_floor_note)
def sign(world: World, n: int) -> Ask:
    """A case manager signs a note that was saved as a draft: evidence, requirements, ledger, next step's task, audit."""
    session, client = world.session(Role.CASE_MANAGER), world.own(n)
    form, path = world.note(session, client)
    return Ask(path, form | {"do": "sign"}, status=302)


@operation(Role.CASE_MANAGER)
def calendar_week(world: World, n: int) -> Ask:
    """A case manager with 25 appointments this week opens the calendar."""
    return Ask("/calendar/", expect="/calendar/")


@operation(Role.SUPERVISOR)
def list_overdue(world: World, n: int) -> Ask:
    """A supervisor opens the list of the team's clients with something overdue, with what is due next of each."""
    return Ask("/clients/?whose=team&late=overdue&column=due&column=worker", expect="/clients/")


@operation(Role.SUPERVISOR)
def list_by_due(world: World, n: int) -> Ask:
    """A supervisor puts the eight hundred clients of the team in the order of what is due first."""
    return Ask("/clients/?whose=team&order=due", expect='class="c-due"')


@operation(Role.SUPERVISOR)
def team(world: World, n: int) -> Ask:
    """A supervisor opens the page of the team: eight workers, eight hundred clients."""
    return Ask("/team/", expect="/overdue/")


@operation(Role.INTAKE)
def client_list_agency(world: World, n: int) -> Ask:
    """An intake worker opens the list of all clients: the first page of it."""
    return Ask("/clients/")


@operation(Role.CASE_MANAGER)
def client_details(world: World, n: int) -> Ask:
    """A case manager opens a client's details."""
    return Ask(f"/clients/{world.own(n)}/details/")


@operation(Role.CASE_MANAGER)
def who_saw(world: World, n: int) -> Ask:
    """A case manager asks who has looked at a client's record."""
    return Ask(f"/clients/{world.own(n)}/access/")


@operation(Role.INTAKE, aim_ms=19, floor=_floor_create)
def create_client(world: World, n: int) -> Ask:
    """An intake worker saves a new client with name, date of birth and phone; duplicates are looked for on the way."""
    form = world.session(Role.INTAKE).form_on("/clients/new/")
    person = data.client(world.data.clients + world.fresh())
    form |= {"given": person["first"], "family": person["last"], "phone": _new_phone(world)}
    form |= {"birth_date": _new_birthday(world).isoformat(), "form_id": world.new_id()}
    return Ask("/clients/new/", form, status=302)


def _new_birthday(world: World) -> date:
    """A day before all others' and by chance: at 200 000 clients somebody of the same name is born a digit away from any other."""
    return date(1912, 1, 1) + timedelta(days=int(world.new_id()[:8], 16) % 10_000)


def _new_phone(world: World) -> str:
    """By chance, too: data that are kept from run to run must not hold who is to be made."""
    return f"(215) {int(world.new_id()[:8], 16) % 800 + 200}-{int(world.new_id()[:8], 16) % 10_000:04d}"


@operation(Role.INTAKE, aim_ms=20)
def likely_same(world: World, n: int) -> Ask:
    """An intake worker has typed a known client's name with a slip, their date of birth and a phone: who may it be?"""
    person = data.client(n * 37 % world.data.clients)
    form = world.session(Role.INTAKE).form_on("/clients/new/")
    form |= {"given": person["first"], "family": person["last"] + "s", "phone": "(215) 555-0142"}
    form |= {"birth_date": person["dob"].isoformat()}
    return Ask("/duplicates/typed/", form, headers=HTMX)


@operation(Role.CASE_MANAGER, floor=_floor_edit)
def edit_section(world: World, n: int) -> Ask:
    """A case manager changes one answer in the section *about* of a client and saves."""
    path = f"/clients/{world.own(n)}/about/edit/"
    form = world.session(Role.CASE_MANAGER).form_on(path)
    form["pronouns"] = "they/them" if form.get("pronouns") != "they/them" else "she/her"
    return Ask(path, form, status=302)


@operation(Role.CASE_MANAGER, rounds=50)
def export_csv(world: World, n: int) -> Ask:
    """A case manager takes their list of a hundred clients along as CSV."""
    return Ask("/clients/export.csv")


@operation(None, rounds=20)
def signing_in(world: World, n: int) -> Ask:
    """Email and password sent; slow on purpose, for Argon2."""
    return sign_in(Session(world.port), email_of(Role.CASE_MANAGER), PASSWORD)


from bench import on_asking, on_threads  # noqa: E402, F401  the rest of them, after these
