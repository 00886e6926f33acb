"""Ready for discharge: what stands on its own by now, what the plan asks for, and what is still open. To read, and to print."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.discharge.queries.items import open_items, scope_of
from goldthread.casework.discharge.queries.ways import way_of_episode, ways_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import episodes_of
from goldthread.casework.plans.enums import GoalState
from goldthread.casework.skills.enums import Level
from goldthread.casework.thread.queries import asked_and_silent
from goldthread.casework.thread.queries import known_of as thread_of
from goldthread.casework.thread.rules import breaks
from goldthread.doors.web.clients.header import header_of
from goldthread.doors.web.discharge.deciding import url_of_item
from goldthread.doors.web.discharge.desk import known_here
from goldthread.doors.web.entry import StaffRequest, client_page
from goldthread.people.facts.rules.settings import level_of
from goldthread.people.facts.rules.values import words_of
from goldthread.people.persons.models import Person

HELP_NEEDED = Level.COACHED


@require_GET
@client_page(Act.READ_RECORD)
def ready(request: StaffRequest, client: Person) -> HttpResponse:
    """The page, of one episode; without one that is open, of those that ended."""
    viewer = request.viewer
    known = gate.content(viewer, client, Act.READ_EPISODE, episode="pk")
    running = list(episodes_of(client).filter(known, discharged_on__isnull=True).select_related("program__team__site"))
    wanted = request.GET.get("episode", "")
    episode = next((one for one in running if str(one.pk) == wanted), running[0] if running else None)
    context: dict[str, Any] = {
        "client": client,
        "header": header_of(viewer, client, "ready"),
        "tab_title": _("ready for discharge"),
        "running": running,
        "episode": episode,
        "past": [one for one in ways_of(client, gate.content(viewer, client)) if one.state in ("done", "undone")],
        "today": viewer.today,
    }
    if episode:
        context |= page_of_episode(request, client, episode)
    return render(request, "discharge/ready.html", context)


def page_of_episode(request: StaffRequest, client: Person, episode: Episode) -> dict[str, Any]:
    """What the page shows of one episode."""
    viewer = request.viewer
    way = way_of_episode(episode)
    stand_in = way or WayOut(episode=episode, person=client, labels=episode.labels)
    known = known_here(viewer, client, stand_in, viewer.today, summary=False)
    seen = gate.sight(viewer, client, Act.READ_RECORD)
    items = open_items(scope_of(episode, client), seen, viewer.at)
    rungs = [rung for rung in known.rungs if rung.now]
    homes = [(fact, words_of(fact.kind, fact.value), _level(fact)) for fact in known.homes]
    torn = _breaks(request, client, episode)
    open_goals = [goal for goal in known.goals if goal.state == GoalState.OPEN]
    help_needed = [rung for rung in rungs if rung.now and rung.now.level < HELP_NEEDED]
    return {
        "known": known,
        "way": way,
        "items": [(item, url_of_item(client, item)) for item in items],
        "rungs": [(rung, Level(rung.now.level).label, int(rung.now.level)) for rung in rungs if rung.now],
        "own": sum(1 for rung in rungs if rung.now and rung.now.level == Level.ON_THEIR_OWN),
        "help_needed": help_needed,
        "homes": list(reversed(homes)),
        "level": homes[-1][2] if homes else None,
        "breaks": torn,
        "open_goals": open_goals,
        "still_open": bool(items or open_goals or torn or help_needed),
        "may_write": gate.sight(viewer, client, Act.WRITE_DISCHARGE).sees_episode(episode.pk, episode.labels),
    }


def _level(fact: Any) -> int | None:
    return level_of(str(fact.value.get("setting", "")))


def _breaks(request: StaffRequest, client: Person, episode: Episode) -> int:
    """How many threads of the client are broken, as the thread's own page counts them."""
    viewer = request.viewer
    asked, silent = asked_and_silent({episode.program_id}, viewer.today)
    known = thread_of(
        client,
        seen=gate.sight(viewer, client),
        on=viewer.today,
        zone=timezone.get_current_timezone(),
        asked=asked,
        silent=silent,
    )
    return len(breaks(known, viewer.today))
