"""*When you sign*, for a group: what signing does in each client's record, counted. Writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, tzinfo
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.casework.contacts.proof import evidence_of
from goldthread.casework.contacts.rules.groups import Group, note_of
from goldthread.casework.contacts.rules.minutes import LATE_AFTER, is_late
from goldthread.casework.tasks.queries.histories import histories_of
from goldthread.doors.web.contacts.ahead import Line, counted, met_by
from goldthread.doors.web.contacts.group_offered import GroupOffered
from goldthread.doors.web.contacts.group_reading import GroupReader
from goldthread.doors.web.contacts.toward import mended
from goldthread.doors.web.contacts.typed import Typed
from goldthread.doors.web.entry import StaffRequest


def consequences(request: StaffRequest, offered: GroupOffered, typed: Typed, row: UUID) -> list[Line]:
    """What signing what is typed would do, the most important first. As many queries for thirty clients as for two."""
    viewer, zone = request.viewer, timezone.get_current_timezone()
    group = GroupReader(row, typed, offered, viewer.today).group()
    if not group.members:
        return []
    came = sum(member.present for member in group.members)
    steps = sum(bool(member.next_step and member.next_on) for member in group.members)
    worried = sum(member.safety_concern for member in group.members)
    lines = [*_toward(group, offered, viewer.today), *_requirements(group, offered, zone, request)]
    lines.append(
        Line(
            "people",
            _("A note in each record: %(came)d came, %(not)d did not")
            % {"came": came, "not": len(group.members) - came},
        )
    )
    lines.extend(counted(group.shared, zone))
    if steps:
        lines.append(Line("check", ngettext("%(n)d task for you", "%(n)d tasks for you", steps) % {"n": steps}))
    if worried:
        lines.append(Line("shield", _("The guide to a safety report opens"), "red"))
    if group.shared.day and is_late(group.shared.day, viewer.today, LATE_AFTER):
        days = (viewer.today - group.shared.day).days
        lines.append(Line("hour", _("Marked as written late, %(n)d days after") % {"n": days}, "amber"))
    return lines


def _toward(group: Group, offered: GroupOffered, today: date) -> Iterator[Line]:
    """What it does to the plans of all of them, counted: the panel names nobody."""
    there = [member for member in group.members if member.present]
    mends = sum(
        len(list(mended(replace(group.shared, goals=one.goals), offered.plans[one.person], offered.silent_days, today)))
        for one in there
    )
    goals = sum(len(one.goals) for one in there)
    steps = sum(len(goal.steps) for one in there for goal in one.goals)
    news = sum(service.news for one in there for service in one.services)
    if mends or news:
        n = mends + news
        yield Line("check", ngettext("Mends %(n)d thread", "Mends %(n)d threads", n) % {"n": n}, "gold")
    if goals:
        yield Line("check", ngettext("Progress on %(n)d goal", "Progress on %(n)d goals", goals) % {"n": goals})
    if steps:
        yield Line("check", ngettext("%(n)d step is done", "%(n)d steps are done", steps) % {"n": steps})


def _requirements(group: Group, offered: GroupOffered, zone: tzinfo, request: StaffRequest) -> Iterator[Line]:
    """Which rules it meets, and for how many."""
    today = request.viewer.today
    if group.shared.day is None or group.shared.day > today:
        return
    rows = {one.person_id: one for one in offered.members}
    episodes = {row.episode_id: row.episode for row in rows.values()}
    loaded = {one.episode.pk: one for one in histories_of(episodes.values(), today)}
    found: Counter[str] = Counter()
    for member in group.members:
        row = rows[member.person]
        note = note_of(group, member, zone)
        evidence = evidence_of(note, episode=row.episode, clients={row.person_id: row.person}, zone=zone, labels=0)
        if evidence and row.episode_id in loaded:
            found.update(met_by(loaded[row.episode_id], evidence, group.pk, today))
    for words, many in found.most_common():
        yield Line(
            "check",
            words
            if many == len(group.members)
            else _("%(what)s (%(n)d of %(all)d)") % {"what": words, "n": many, "all": len(group.members)},
        )
