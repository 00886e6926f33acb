"""What was looked at on visits at home, and what clients were not content with."""

from collections.abc import Sequence
from functools import partial
from random import Random

from goldthread.casework.contacts.actions.concerns import ask, ask_satisfied, file_grievance, raise_concern, resolve
from goldthread.casework.contacts.models import ChecklistAnswers, Concern, Contact
from goldthread.casework.contacts.rules.checklists import checklists
from goldthread.doors.demo.agency import ANDRE, JONAH, RENEE, TOMAS
from goldthread.doors.demo.bulk import write_rows
from goldthread.doors.demo.past import Happening, Past
from goldthread.doors.demo.work.enrolling import Care
from goldthread.doors.demo.work.lately import episode_of

BACK = 120
WANTING = {
    "alarm": "No battery. Left one, will look next time.",
    "food": "The fridge was nearly empty. Called the pantry from there.",
    "heat-water": "The radiator in the bedroom stays cold.",
    "pests": "Mice behind the stove, the landlord knows.",
    "way-in": "The rail on the front steps is loose.",
}
ASKED, RESOLVED, ANSWERED, GRIEVANCE = range(4)
CONCERNS = (
    (5, RENEE, "Lucía Ferreira", "Riverside Day Center", "They ended group early three times and nobody said why.", ()),
    (
        12,
        JONAH,
        "Wren Castellano",
        "Harbor Clinic, front desk",
        "They keep calling Wren by the old name.",
        ((ASKED, 10, "The office manager of the clinic"),),
    ),
    (
        24,
        ANDRE,
        "Dolores Quintana",
        "Homemaker agency",
        "The aide comes an hour late and leaves on time.",
        (
            (ASKED, 22, "The agency's coordinator"),
            (RESOLVED, 15, "Another aide from Monday on; the lost hours are made up."),
        ),
    ),
    (
        40,
        RENEE,
        "Marcus Ellery",
        "Van service",
        "The van left without him twice.",
        (
            (ASKED, 38, "The dispatcher"),
            (RESOLVED, 30, "He is called ten minutes before; the driver waits five."),
            (ANSWERED, 21, "yes"),
        ),
    ),
    (
        9,
        TOMAS,
        "Theo Rivers",
        "School nurse",
        "His epinephrine pen lay in a locked drawer.",
        ((GRIEVANCE, 8, ""), (ASKED, 7, "The principal, in writing")),
    ),
)
"""Days ago, who wrote it down, whose it is, about which service, what, and the steps since: each with its days ago and words."""


def happenings() -> list[Happening]:
    """The lives of the concerns, each step on its day."""
    raised = [Happening(one[0], 15, partial(_raise, told=one)) for one in CONCERNS]
    steps = [
        Happening(step[1], 15, partial(_step, who=who, name=name, about=about, step=step))
        for _ago, who, name, about, _what, taken in CONCERNS
        for step in taken
    ]
    return [*raised, *steps]


def look_around(past: Past, cares: Sequence[Care], rng: Random) -> None:
    """Fill the checklist of every second visit at home in the last months; now and then something is wanting."""
    home = checklists()["home"]
    episodes = {care.episode.pk: care.episode.labels for care in cares}
    visits = Contact.objects.filter(
        happened_on__gte=past.day(BACK), mode="in_person", place="residence", attempted=False
    )
    rows = []
    for pk, episode in visits.order_by("started_at", "pk").values_list("pk", "episode_id"):
        if rng.random() < 0.5:
            continue
        wanting = rng.choice(list(WANTING)) if rng.random() < 0.15 else ""
        answers = {
            item.key: {"answer": "no", "note": WANTING[wanting]}
            if item.key == wanting
            else {"answer": "yes", "note": ""}
            for item in home.items
        }
        rows.append(
            ChecklistAnswers(
                contact_id=pk,
                checklist=home.key,
                edition=home.edition,
                answers=answers,
                labels=episodes.get(episode, 0),
            )
        )
    write_rows(ChecklistAnswers, rows)


def _raise(past: Past, told: tuple[int, str, str, str, str, tuple[tuple[int, int, str], ...]]) -> None:
    ago, who, name, about, what, _steps = told
    client = past.person(name)
    raise_concern(
        person=client,
        episode=episode_of(client.pk),
        about=about,
        what=what,
        raised_on=past.day(ago),
        by=past.by(who, ago, 15),
    )


def _step(past: Past, who: str, name: str, about: str, step: tuple[int, int, str]) -> None:
    kind, ago, words = step
    row = Concern.objects.get(person=past.people[name].pk, about=about)
    by, on, seen = past.by(who, ago, 15), past.day(ago), row.version
    if kind == ASKED:
        ask(concern=row, whom=words, on=on, version_seen=seen, by=by)
    elif kind == RESOLVED:
        resolve(concern=row, resolution=words, on=on, version_seen=seen, by=by)
    elif kind == ANSWERED:
        ask_satisfied(concern=row, satisfied=words, on=on, version_seen=seen, by=by)
    else:
        file_grievance(concern=row, on=on, version_seen=seen, by=by)
