"""What is measured of the way in: inquiries, five thousand who wait, doubles side by side. The file that comes in is ``bringing``."""

from bench import data
from bench.operation import operation
from bench.session import Ask
from bench.world import World
from goldthread.doors.demo.agency import WAITED_FOR
from goldthread.foundation.workforce.enums import Role

LIST = f"/waitlists/{WAITED_FOR}/"


@operation(Role.SUPERVISOR)
def merge_preview(world: World, n: int) -> Ask:
    """A supervisor puts two clients of a worker side by side: what differs, what would move, what stands in the way."""
    return Ask(f"/clients/{world.own(n)}/same-as/{world.own(n + 1)}/", expect="other_version")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def intake_page(world: World, n: int) -> Ask:
    """An intake worker types on the page of an inquiry: it is kept, who may be the same and what fits is answered beside it."""
    person = data.client(n * 37 % world.data.clients)
    row = f"00000000-0000-7000-8000-{n % 50:012d}"
    form = world.session(Role.INTAKE).form_on("/inquiries/new/")
    form |= {"given": person["first"], "family": person["last"] + "s", "birth_date": person["dob"].isoformat()}
    form |= {
        "wanted": f"Help with the rent, {world.fresh()}",
        "writer": "bench",
        "changed": "given,family,birth_date,wanted",
    }
    return Ask(f"/inquiries/{row}/save/", form, expect="beside")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def intake_today(world: World, n: int) -> Ask:
    """An intake worker begins the day: urgent and late inquiries, offers that run out, whom to call."""
    return Ask("/inquiries/today/", expect="/inquiries/")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def inquiry_list(world: World, n: int) -> Ask:
    """An intake worker opens the list of three hundred open inquiries: the first page of it."""
    return Ask("/inquiries/", expect="/inquiries/")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def inquiry_found(world: World, n: int) -> Ask:
    """An intake worker looks for an open inquiry by a piece of a name."""
    return Ask(f"/inquiries/?text={world.term(n)}")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def waitlists(world: World, n: int) -> Ask:
    """An intake worker opens the waitlists: five thousand wait for one of seven programs."""
    return Ask("/waitlists/", expect=LIST)


@operation(Role.INTAKE, aim_ms=80, asking=True)
def waitlist(world: World, n: int) -> Ask:
    """An intake worker opens the waitlist of five thousand: the first fifty, counted by what is to be done."""
    return Ask(LIST, expect="/waiting/")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def waitlist_deep(world: World, n: int) -> Ask:
    """The same, somewhere in the middle: those to call, some pages on."""
    return Ask(world.later_on(f"{LIST}?show=call"), expect="/waiting/")


@operation(Role.INTAKE, aim_ms=80, asking=True)
def place(world: World, n: int) -> Ask:
    """An intake worker opens the place of somebody who waits: where it stands and why, what was done."""
    return Ask(world.waiting(LIST, n), expect=LIST)
