"""Periods to come are left alone by a note of today only where they cannot be otherwise (ADR 76). Everywhere else they are looked at.

What was looked at shows by a row that is not as it must be: it is put right. Where it stays as it is, nobody looked. The random lives of
``test_narrowing.py`` need none of these conditions; each is held here by a case of its own.
"""

from datetime import date

import pytest

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.recompute import recompute
from goldthread.casework.tasks.models import Task
from goldthread.casework.tasks.rules.history import FOREVER, Event
from goldthread.casework.tasks.rules.narrowing import touched_since
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import EventKind
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.reading import read_template
from tests.casework.tasks.making import by_on, day, enrolled, program, start, tasks, version, visit
from tests.factories import AgencyFactory, PersonFactory

pytestmark = pytest.mark.django_db

MONTHLY = """
template: ahead
title: Ahead
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person, seen: client}, source: judgement}
"""
FORTNIGHTLY = MONTHLY.replace("each: month", "every: 2 weeks")
OTHER = MONTHLY.replace("key: visit", "key: talk")
OF_EACH_CHILD = MONTHLY.replace("title: Ahead", "title: Ahead\nserves: household").replace(
    "each: month", "each: month, each_member: true"
)
BEGAN, TODAY, DECEMBER = date(2026, 1, 5), date(2026, 11, 12), date(2026, 12, 1)


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def begun(rules: Program, children: int = 0) -> Episode:
    """Worked out whole on 2 November: December's visit is made beforehand."""
    served = [PersonFactory(birth_date=day("2019-06-01")) for _child in range(children)]
    episode = enrolled(rules, BEGAN, children=served) if served else enrolled(rules, BEGAN)
    start(episode, day("2026-11-02"))
    return episode


def of_december(episode: Episode) -> list[tuple[str, str]]:
    """Title and state of what is asked, or stands, in December."""
    return [(one.title, one.state) for one in tasks(episode, "visit") if one.period_start == DECEMBER]


def made_wrong(episode: Episode) -> None:
    """By nobody's hand that the engine knows."""
    assert Task.objects.filter(episode=episode, period_start=DECEMBER).update(title="not looked at")


def left_open(episode: Episode, row: Task) -> None:
    """As if a look had forgotten to take December's visit away."""
    Task.objects.filter(pk=row.pk).delete()
    row.save(force_insert=True)


def test_of_one_person_december_is_left_alone() -> None:
    """What the others are compared with: were nothing left alone, none of them could fail."""
    episode = begun(program(MONTHLY))
    made_wrong(episode)
    visit(episode, day("2026-11-10"), TODAY)
    assert of_december(episode) == [("not looked at", "open")]


def test_of_a_household_december_is_looked_at() -> None:
    """Somebody may have left it."""
    episode = begun(program(OF_EACH_CHILD), children=2)
    made_wrong(episode)
    visit(episode, day("2026-11-10"), TODAY, person=episode.members.order_by("person")[0].person)
    assert of_december(episode) == [("Visit", "open")] * 2


def test_when_a_planned_discharge_has_come_january_is_looked_at() -> None:
    """It was planned beforehand for 3 December, when January's visit was made already, and the job has not run since: the note of the
    day after takes away what nobody asks for any more."""
    episode = begun(program(MONTHLY))
    Episode.objects.filter(pk=episode.pk).update(discharged_on=day("2026-12-03"))
    recompute(episodes=[episode.pk], by=by_on(day("2026-11-02")))
    assert tasks(episode, "visit")[-1].period_start == day("2027-01-01")
    visit(episode, day("2026-12-02"), day("2026-12-04"))
    assert tasks(episode, "visit")[-1].period_start == DECEMBER


@pytest.mark.parametrize("since", [FORTNIGHTLY, OTHER], ids=["no longer in periods", "no longer asked"])
def test_what_is_not_asked_once_a_period_any_more_is_looked_at(since: str) -> None:
    """The rules changed on 3 November, and the whole was worked out that day."""
    rules = program(MONTHLY)
    episode = begun(rules)
    (row,) = [one for one in tasks(episode, "visit") if one.period_start == DECEMBER]
    version(rules, since, day("2026-11-03"))
    recompute(episodes=[episode.pk], by=by_on(day("2026-11-03")))
    assert "open" not in dict(of_december(episode)).values()
    left_open(episode, row)
    visit(episode, day("2026-11-10"), TODAY)
    assert "open" not in dict(of_december(episode)).values()


SHARE = """
template: shared
title: Shared
requirements:
  - {key: visit, title: Visit, each: month, accepts: {kind: contact, mode: in_person}, source: judgement}
  - key: at-home
    title: At home
    share: {of: visit, percent: 50, window: 12 months, whose: client, accepts: {kind: contact, mode: in_person, place: residence}}
    source: judgement
"""


def test_a_share_has_no_periods_of_its_own_to_leave_alone() -> None:
    told = Event(id=new_id(), kind=EventKind.CONTACT, on=day("2026-11-10"), mode="in_person", place="residence")
    rules = [(date(2020, 1, 1), read_template(SHARE))]
    moved = touched_since(rules, TODAY, [told], day("2026-11-02"), ahead_stays=True)
    assert {key: window.until for key, window in moved.items()} == {"visit": TODAY, "at-home": FOREVER}
