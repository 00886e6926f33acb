"""What is measured of assessments, plans and threads: six assessments, a plan of four goals and sixty contacts a client."""

from bench.forms import Values
from bench.instrument import ANSWERS, GROUPS, QUESTIONS
from bench.operation import operation
from bench.session import Ask
from bench.world import World
from goldthread.doors.demo.agency import BUSY
from goldthread.foundation.workforce.enums import Role

WORKER = Role.CASE_MANAGER


@operation(WORKER, aim_ms=80, threads=True)
def sheet(world: World, n: int) -> Ask:
    """A case manager opens an assessment of 120 questions that is half answered, a whole page."""
    return Ask(world.sheet(n % 5), expect="g5q19")


@operation(WORKER, aim_ms=80, threads=True)
def sheet_save(world: World, n: int) -> Ask:
    """One answer of it is saved, as it is given: what stands, what is asked now, what others answered comes back."""
    path = world.sheet(n % 5)
    key = f"g3q{n % QUESTIONS}"
    form = world.form_of(path)
    said: Values = {
        "only": key,
        f"a:{key}": world.token(path, key, n % len(ANSWERS)),
        "writer": world.writer,
        "stroke": str(n + 1),
    }
    return Ask(path.removesuffix("answer/") + "save/", form | said, expect='"saves"')


@operation(WORKER, aim_ms=80, threads=True, rounds=50)
def sheet_sign(world: World, n: int) -> Ask:
    """All 120 answers are sent and signed: checked, six scores, the response, entry, evidence, audit."""
    path = world.begin_sheet(world.own(n))
    form = world.session(WORKER).form_on(path)
    keys = [f"g{group}q{place}" for group in range(GROUPS) for place in range(QUESTIONS)]
    answers = {f"a:{key}": world.token(path, key, (n + place) % len(ANSWERS)) for place, key in enumerate(keys)}
    return Ask(path, form | answers | {"do": "sign"}, status=302)


@operation(WORKER, aim_ms=80, threads=True)
def assessments(world: World, n: int) -> Ask:
    """A case manager opens a client's assessments: six, with how their scores changed."""
    return Ask(f"/clients/{world.own(n)}/assessments/", expect="/assessments/new/")


@operation(WORKER, aim_ms=80, threads=True)
def assessment(world: World, n: int) -> Ask:
    """A case manager reads a signed assessment of forty answers."""
    return Ask(world.signed_assessment(n), expect="/assessments/")


@operation(WORKER, aim_ms=80, threads=True)
def needs(world: World, n: int) -> Ask:
    """A case manager opens a client's needs, with what the last assessment suggests."""
    return Ask(f"/clients/{world.own(n)}/needs/")


@operation(WORKER, aim_ms=80, threads=True)
def plan(world: World, n: int) -> Ask:
    """A case manager opens a client's plan in force: four goals, what was done toward each."""
    return Ask(f"/clients/{world.own(n)}/plan/", expect="/amend/")


@operation(WORKER, aim_ms=80, threads=True)
def thread(world: World, n: int) -> Ask:
    """A case manager opens a client's thread: four or five rows, with sixty contacts."""
    return Ask(f"/clients/{world.own(n)}/thread/", expect="/thread/")


@operation(WORKER, aim_ms=80, threads=True)
def composer_with_plan(world: World, n: int) -> Ask:
    """A case manager opens a new note about a client who has a plan: its goals, objectives, steps and services are offered."""
    return Ask(f"/clients/{world.own(n)}/note/?how=phone", expect="narrative")


@operation(WORKER, aim_ms=80, threads=True, who=BUSY)
def broken_mine(world: World, n: int) -> Ask:
    """A case manager with 90 clients opens where their threads are broken."""
    return Ask("/threads/", expect="/thread/")


@operation(Role.QUALITY, aim_ms=300, threads=True, rounds=50)
def broken_program(world: World, n: int) -> Ask:
    """Quality opens where the threads of a program of 2 000 clients are broken: all ten kinds counted, the first fifty shown."""
    return Ask(f"/threads/?program={world.data.program}", expect="/thread/")


@operation(Role.SUPERVISOR, aim_ms=300, threads=True, rounds=50)
def broken_team(world: World, n: int) -> Ask:
    """A supervisor opens where the threads of the team's eight hundred clients are broken."""
    return Ask("/threads/", expect="/thread/")
