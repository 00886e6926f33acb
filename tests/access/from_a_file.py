"""A file on its way in, for the world of the table of addresses; and what a client brought along from it."""

from goldthread.casework.imports.actions.checking import check
from goldthread.casework.imports.actions.starting import match, start
from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Brought, Import, KeptWord
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.names import words_of
from goldthread.people.persons.models import Person

FILE = b"Name,DOB\nEva Ames,3/4/1961\nBo Lee,1/1/2090\n"


def a_file(by: Actor) -> Import:
    """Matched and checked; one of its two rows is refused. Nobody here is like anybody in it."""
    run = start(data=FILE, name="clients.csv", by=by)
    match(run=run.pk, fields={}, chosen={}, version_seen=run.version, by=by)
    return check(run=run.pk, by=by)


def a_file_that_came(by: Actor) -> Import:
    """All of it is in: what a client brought along shows from then on, and not before."""
    run = start(data=FILE, name="before.csv", by=by)
    run.state = State.BROUGHT
    run.save(update_fields=["state"])
    return run


def brought_along(run: Import, person: Person, row: int, words: str, *, labels: int = 0) -> None:
    """*person* brought *words* along from *row*."""
    brought = Brought.objects.create(
        run=run, person=person, row=row, kept={"Favorite color": f"{words} tealish"}, labels=labels
    )
    KeptWord.objects.bulk_create([KeptWord(text=word[:40], brought=brought) for word in words_of(f"{words} tealish")])
