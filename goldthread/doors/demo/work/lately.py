"""What happened lately at work, done by the rooms' own actions: tasks somebody made, drafts, a pause, days away."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from goldthread.casework.caseload.actions import cover, pause
from goldthread.casework.caseload.models import Assignment, AssignmentKind
from goldthread.casework.episodes.models import Episode
from goldthread.casework.record.actions import save_draft
from goldthread.casework.tasks.actions.tasks import delegate, make_task
from goldthread.doors.demo.agency import ANDRE, GLORIA, JONAH, NAOMI, RENEE, SUNNIVA, TOMAS
from goldthread.doors.demo.past import Happening, Past
from goldthread.foundation.lib.ids import new_id
from goldthread.people.persons.models import Person

TASKS = (
    (5, RENEE, "Lucía Ferreira", "Ask the clinic for the letter in Spanish", 0),
    (4, RENEE, "Marcus Ellery", "Bring the spare key to the office", 2),
    (6, JONAH, "Wren Castellano", "Ask Gloria about the name on the insurance card", 1),
    (3, ANDRE, "Dolores Quintana", "Take the measure of the bathroom door for the rail", 0),
    (2, TOMAS, "Theo Rivers", "Bring a second epinephrine pen to the school", 1),
)
"""Days ago, whose, about whom, what, due in so many days."""
DRAFTS = (
    (1, RENEE, "Lucía Ferreira", "Lucía slept badly again. We called the clinic from the kitchen and"),
    (2, RENEE, "Harpreet Gill", "Sat with Harpreet over the lease. To add: what the landlord said about"),
    (1, JONAH, "Wren Castellano", "Wren came to the office with a friend."),
    (3, ANDRE, "Curtis Boyd", "Curtis has a new cane. The neighbor"),
)
PAUSED = "Tomasz Wolny"
AWAY, BACK = 3, 11


def happenings(past: Past) -> list[Happening]:
    """Everything of the last two weeks that these rooms tell of."""
    tasks = [Happening(one[0], 10, partial(_task, told=one)) for one in TASKS]
    drafts = [Happening(one[0], 16, partial(_draft, told=one)) for one in DRAFTS]
    return [
        *tasks,
        *drafts,
        Happening(9, 14, in_hospital),
        Happening(4, 12, ask_jonah),
        Happening(AWAY, 9, cover_for_sunniva),
    ]


def episode_of(client: UUID) -> Episode:
    """The episode that the primary worker of *client* serves."""
    rows = Assignment.objects.filter(client=client, kind=AssignmentKind.PRIMARY, ends_on__isnull=True)
    found = rows.select_related("episode__program").get().episode
    if found is None:
        raise ValueError("everybody is enrolled first")
    return found


def cover_for_sunniva(past: Past) -> None:
    """Sunniva is away for two weeks; Tomás looks after her clients and tasks."""
    cover(
        absent=past.staff(SUNNIVA),
        colleague=past.staff(TOMAS),
        starts_on=past.day(AWAY),
        ends_on=past.today + timedelta(days=BACK),
        note="The Orellana visits stay on Thursdays. Never call the mother's number.",
        by=past.by(NAOMI, AWAY, 9),
    )


def in_hospital(past: Past) -> None:
    client = past.people[PAUSED]
    pause(
        episode=episode_of(client.pk),
        starts_on=past.day(9),
        reason="In hospital since a fall on the stairs.",
        by=past.by(GLORIA, 9, 14),
    )


def ask_jonah(past: Past) -> None:
    """Renee asked Jonah for something: it waits on her list."""
    client = past.person("Marcus Ellery")
    by = past.by(RENEE, 4, 12)
    task = make_task(
        title="Go along to the housing office, you know them",
        client=client,
        episode=episode_of(client.pk),
        owner=past.staff(RENEE),
        due_on=past.today + timedelta(days=3),
        by=by,
        form_id=new_id(),
    )
    delegate(task=task, to=past.staff(JONAH), by=by)


def _task(past: Past, told: tuple[int, str, str, str, int]) -> None:
    ago, who, name, title, days = told
    client = _client(past, name)
    make_task(
        title=title,
        client=client,
        episode=episode_of(client.pk),
        owner=past.staff(who),
        due_on=past.today + timedelta(days=days),
        by=past.by(who, ago, 10),
        form_id=new_id(),
    )


def _draft(past: Past, told: tuple[int, str, str, str]) -> None:
    ago, who, name, text = told
    client = _client(past, name)
    episode = episode_of(client.pk)
    save_draft(
        pk=new_id(),
        kind="contact",
        person=client,
        episode=episode,
        labels=episode.labels,
        content={
            "episode": [str(episode.pk)],
            "how": ["home-visit"],
            "day": [past.day(ago).isoformat()],
            "narrative": [text],
        },
        version_seen=0,
        by=past.by(who, ago, 16),
    )


def _client(past: Past, name: str) -> Person:
    return past.person(name)
