"""The appointments that a hand-over or a cover takes along: offered when it is arranged, listed for who takes over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import ngettext

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.caseload.models import Assignment, Cover
from goldthread.casework.caseload.queries import primaries_of
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import members_of
from goldthread.casework.schedule.enums import AppointmentState
from goldthread.casework.schedule.models import Appointment
from goldthread.casework.schedule.queries import agreed_in, clashes, day_span, of_client, of_worker, passed_on
from goldthread.casework.schedule.rules import Span, overlapping
from goldthread.doors.web.schedule.lines import Line, line_of
from goldthread.foundation.ui.templatetags.gold import day
from goldthread.people.persons.models import Person

READ, LISTED = 250, 12
"""A series has two hundred at most; of all that is ahead so many lines are shown, the calendar has the rest."""


def agreed_of(viewer: Viewer, episode: Episode) -> list[tuple[str, str]]:
    """What its workers have agreed from today on, for the form: a single one by its id, a series by the series' id. Of other
    members of a household only what the viewer may see; the rest goes along."""
    workers = [row.staff_id for row in primaries_of(episode, viewer.today)]
    clients = [member.person_id for member in members_of(episode, viewer.today)]
    rows = passed_on(clients, [episode.pk], workers, viewer.today) if workers else []
    if len(clients) > 1:
        may_see = gate.content_in(viewer, Act.MANAGE_EPISODE)
        seen = set(Appointment.objects.filter(may_see, pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in seen]
    named = len({row.client_id for row in rows}) > 1
    return [(str(key), _words(viewer, some, named)) for key, some in _series(rows).items()]


def agreed_of_each(
    viewer: Viewer, given: Sequence[Assignment]
) -> dict[tuple[UUID, UUID | None], list[tuple[str, str]]]:
    """The same for many assignments of one worker at once, by client and episode. Whatever of it the viewer may not see goes along
    unsaid. Two queries, and the agency's zone."""
    if not given:
        return {}
    episodes = [row.episode_id for row in given if row.episode_id]
    rows = passed_on([row.client_id for row in given], episodes, [given[0].staff_id], viewer.today)
    may_see = gate.content_in(viewer, Act.MANAGE_EPISODE)
    seen = set(Appointment.objects.filter(may_see, pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    together: dict[tuple[UUID, UUID | None], dict[UUID, list[Appointment]]] = {}
    theirs = {(row.client_id, row.episode_id) for row in given}
    for row in rows:
        if row.pk in seen and row.client_id:
            own = (row.client_id, row.episode_id)
            where = own if own in theirs else next((one for one in theirs if one[0] == row.client_id), own)
            together.setdefault(where, {}).setdefault(row.series_id or row.pk, []).append(row)
    return {
        key: [(str(pk), _words(viewer, some, named=False)) for pk, some in series.items()]
        for key, series in together.items()
    }


def _series(rows: Iterable[Appointment]) -> dict[UUID, list[Appointment]]:
    """The appointments of each series together, by its id; a single one by its own."""
    together: dict[UUID, list[Appointment]] = {}
    for row in rows:
        together.setdefault(row.series_id or row.pk, []).append(row)
    return together


def _words(viewer: Viewer, rows: list[Appointment], named: bool) -> str:
    line = line_of(rows[0], viewer.at, go={})
    said = [f"{day(line.starts, viewer.today)}, {time_format(line.starts, 'TIME_FORMAT')}", line.what]
    if named and rows[0].client:
        said.append(rows[0].client.display_name)
    if more := _more(rows):
        said.append(more)
    return " · ".join(said)


def _more(rows: list[Appointment]) -> str:
    more = len(rows) - 1
    return ngettext("and %(n)s more of the series", "and %(n)s more of the series", more) % {"n": more} if more else ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """An appointment ahead, how many more of its series there are, and who goes where it is not the new worker."""

    line: Line
    more: str
    others: list[str]


def ahead_of(viewer: Viewer, client: Person, assignment: Assignment) -> list[Ahead]:
    """The next appointments of *client* in the episode of *assignment*, or in none; of a series the first. Two queries."""
    here = Q(episode=assignment.episode_id) | Q(episode__isnull=True)
    rows = of_client(client, gate.content(viewer, client)).filter(
        here, ends_at__gt=viewer.at, state=AppointmentState.PLANNED
    )
    shown = list(_series(rows.order_by("starts_at", "pk")[:READ]).values())[:LISTED]
    lines = [(line_of(some[0], viewer.at, staff=assignment.staff_id), _more(some)) for some in shown]
    return [Ahead(line, more, line.others) for line, more in lines]


def called_off_words(episode: Episode, today: date, client: Person | None = None) -> str:
    """How many appointments go when the episode ends today, for everybody or for *client*. Empty: none."""
    many = agreed_in(episode, today + timedelta(days=1), client.pk if client else None).count()
    if not many:
        return ""
    text = ngettext(
        "%(n)d appointment after that day is called off.", "%(n)d appointments after that day are called off.", many
    )
    return text % {"n": many}


@dataclass(frozen=True, slots=True)
class Arranged:
    """A cover, what is agreed with clients on its days, and the ids of those at whose time the colleague has something else."""

    cover: Cover
    lines: list[Line]
    busy: set[UUID]


def arranged_of(viewer: Viewer, covers: Iterable[Cover]) -> list[Arranged]:
    """The covers with their appointments, of clients whom the viewer may see. Two queries for each."""
    found = [_arranged(viewer, one) for one in covers]
    clients = {line.row.client for one in found for line in one.lines if line.row.client}
    if clients:
        gate.saw(viewer, clients, "episodes:cover")
    return found


def _arranged(viewer: Viewer, cover: Cover) -> Arranged:
    zone = timezone.get_current_timezone()
    span = day_span(cover.starts_on, zone, (cover.ends_on - cover.starts_on).days + 1)
    may_see = gate.content_in(viewer, Act.WRITE_SCHEDULE)
    theirs = of_worker(cover.absent, span).filter(may_see, state=AppointmentState.PLANNED, ends_at__gt=viewer.at)
    rows = list(theirs.prefetch_related("workers"))
    times = [Span(row.starts_at, row.ends_at) for row in rows]
    taken = [Span(one.starts_at, one.ends_at) for one in clashes([cover.colleague_id], times)]
    busy = {row.pk for row, span in zip(rows, times, strict=True) if overlapping(span, taken)}
    lines = [line_of(row, viewer.at, staff=cover.absent_id) for row in rows]
    return Arranged(cover, lines, busy)
