"""What is worked out narrowly leaves nothing for a whole working out to change: random lives, looked at after each thing that
happens, against the same requirements from the beginning.

Half of the lives have no net: a narrow look that goes wrong is not put right by working all of it out. To see that this test sees,
break what ``rules/narrowing.py`` says: ADR 0060 lists the breaks that were tried, and each was found.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from uuid import UUID

import pytest

from goldthread.casework.tasks.rules.history import Event, Member, Rest
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Acuity, EventKind
from goldthread.foundation.programs.rules.reading import read_template
from goldthread.foundation.programs.rules.spans import read_span
from tests.casework.tasks.actions.test_property import FIRST, some_quick
from tests.casework.tasks.actions.test_property import RULES as SOME_RULES
from tests.casework.tasks.in_memory import Kept

MORE = """  - {key: ahead, title: A, trigger: incident, due: 5 days before, accepts: contact, source: judgement}
  - {key: again, title: G, trigger: contact, every: 20 days, accepts: [meeting, contact], at_least: 3, source: judgement}
"""
RULES = SOME_RULES + MORE
CHANGED = {
    "at_least: 2": "at_least: 1",
    "span: 30 days": "span: 20 days",
    "title: V": "title: Visit",
    ", minutes: 20": "",
}
OTHERWISE = reduce(lambda words, change: words.replace(*change), CHANGED.items(), RULES)
FOR_ONE = RULES.replace("serves: household\n", "").replace("each_member: true,", "")
DAY = timedelta(days=1)


class Life:
    """One episode in which things happen by *chance*, mostly these days, some noted long after; and what is noted is corrected."""

    def __init__(self, kept: Kept, chance: random.Random) -> None:
        self.kept, self.chance = kept, chance
        self.ids: dict[tuple[UUID, str, object], UUID] = {}
        self.kinds: dict[UUID, EventKind] = {}
        self.changed = False
        self.kept.tell(new_id(), [Event(id=new_id(), kind=EventKind.ENROLLED, on=FIRST)])

    def goes_on(self, steps: int) -> None:
        """Some days pass, something happens; whatever was looked at is as if looked at from the beginning."""
        likely: list[tuple[float, Callable[[], None]]] = [
            (0.62, self.happens),
            (0.15, self.is_corrected),
            (0.12, self.is_taken_back),
            (0.04, self.rests),
            (0.03, self.comes_or_goes),
            (0.02, self.ends_or_not),
            (0.02, self.rules_change),
        ]
        doings = [doing for _weight, doing in likely]
        for number in range(steps):
            self.kept.today += timedelta(days=self.chance.choice([0, 0, 1, 2, 5, 9, 17]))
            due = self.kept.reckoning.refresh_on
            if due and due <= self.kept.today and self.chance.random() < 0.7:  # the job, which sometimes does not run
                self.kept.work_out()
            (doing,) = self.chance.choices(doings, [weight for weight, _doing in likely])
            if self.kept.discharged and self.chance.random() < 0.3:
                doing = self.ends_or_not
            before = len(self.kept.looked)
            doing()
            if len(self.kept.looked) > before:
                assert self.kept.left_to_do() == [], (number, doing.__name__, self.kept.looked[-1])
            if number % 15 == 14:
                self.kept.work_out()
                assert self.kept.as_read() == self.kept.from_nothing()

    def happens(self) -> None:
        self.tell(new_id(), self.chance.choices(list(EventKind), [WEIGHTS.get(kind, 0) for kind in EventKind])[0])

    def is_corrected(self) -> None:
        if self.kinds:
            source = self.chance.choice(list(self.kinds))
            self.tell(source, self.kinds[source])

    def is_taken_back(self) -> None:
        if self.kinds:
            source = self.chance.choice(list(self.kinds))
            del self.kinds[source]
            self.kept.tell(source, [])

    def rests(self) -> None:
        """Clocks stand still; or an open pause ends."""
        if self.kept.pauses and self.kept.pauses[-1].ends_on == date.max:
            first = self.kept.pauses.pop().starts_on
            self.kept.pauses.append(Rest(first, max(first, self.kept.today - DAY)))
            self.kept.tell(new_id(), [Event(id=new_id(), kind=EventKind.RESUMED, on=self.kept.today)])
        else:
            self.kept.pause(self.chance.choice([None, 3, 20]))
            self.kept.tell(new_id(), [Event(id=new_id(), kind=EventKind.PAUSED, on=self.kept.today)])

    def comes_or_goes(self) -> None:
        """A child leaves the household, or one joins it; the room of assignments has all of it worked out."""
        members, staying = self.kept.members, [one for one in self.kept.members if one.ends_on is None]
        if len(staying) > 1 and self.chance.random() < 0.5:
            gone = self.chance.choice(staying)
            members[members.index(gone)] = replace(gone, ends_on=self.kept.today)
        elif members:
            away = [one.id for one in members if all(other.ends_on for other in members if other.id == one.id)]
            who = self.chance.choice(away) if away else new_id()
            members.append(Member(who, self.kept.today, None, date(2020, 2, 29), again=bool(away)))
        self.kept.work_out()

    def ends_or_not(self) -> None:
        """Discharged today, or for a day to come; or that is taken back."""
        source = self.kept.person
        if self.kept.discharged:
            self.kept.discharged = None
            self.kept.tell(source, [])
            return
        self.kept.discharged = self.kept.today + timedelta(days=self.chance.choice([0, 12]))
        self.kept.tell(source, [Event(id=new_id(), kind=EventKind.DISCHARGED, on=self.kept.discharged)])

    def rules_change(self) -> None:
        """From some day on, known beforehand: as ``rules_changed`` does."""
        if self.changed:
            return
        self.changed, since = True, self.kept.today + timedelta(days=self.chance.choice([0, 20]))
        words = (
            OTHERWISE
            if self.kept.members
            else OTHERWISE.replace("serves: household\n", "").replace("each_member: true,", "")
        )
        self.kept.rules.append((since, read_template(words)))
        if since == self.kept.today:
            self.kept.work_out()
        elif self.kept.reckoning.refresh_on is None or self.kept.reckoning.refresh_on > since:
            self.kept.reckoning.refresh_on = since

    def tell(self, source: UUID, kind: EventKind) -> None:
        """*source* says it anew: of some or all members, most often of the last days."""
        chance, today = self.chance, self.kept.today
        back = chance.choice([0, 0, 0, 1, 2, 4, 10, 40, 150])
        on = max(FIRST, today - timedelta(days=back))
        known = [one.id for one in self.kept.members] or [None]
        whom = chance.sample(known, chance.randint(1, len(known)))
        self.kinds[source] = kind
        events = []
        for number, person in enumerate(whom):
            pk = self.ids.setdefault((source, str(kind), person), new_id())
            day = max(FIRST, on - timedelta(days=number * chance.choice([0, 0, 3])))
            events.append(self.said(Event(id=pk, kind=kind, on=day, person=person, source=("test", source))))
        self.kept.tell(source, events)

    def said(self, event: Event) -> Event:
        chance = self.chance
        if event.kind == EventKind.CONTACT:
            return replace(
                event,
                mode=chance.choice(["in_person", "in_person", "phone"]),
                place=chance.choice(["residence", "school", ""]),
                minutes=chance.choice([10, 20, 45]),
                seen=frozenset(chance.choice([["client"], ["client"], []])),
                attempted=chance.random() < 0.15,
            )
        if event.kind == EventKind.ACUITY:
            return replace(event, level=chance.choice([Acuity.HIGH, Acuity.MEDIUM, Acuity.LOW]))
        if event.kind == EventKind.INTERVAL:
            return replace(
                event, requirement="every", every=read_span(chance.choice(["2 weeks", "10 days", "1 month"]))
            )
        if event.kind == EventKind.EXCEPTION:
            until = event.on + timedelta(days=chance.randint(5, 90)) if chance.random() < 0.3 else None
            who = chance.choice(["visit", "plan", "review", "every", ""])
            return replace(event, requirement=who, reason=chance.choice(["hospital", "refused", "other"]), until=until)
        return event


WEIGHTS = {
    EventKind.CONTACT: 12,
    EventKind.PLAN_SIGNED: 1,
    EventKind.PLAN_REVIEW: 2,
    EventKind.HOSPITAL_DISCHARGE: 1,
    EventKind.INCIDENT: 1,
    EventKind.SUPERVISION: 1,
    EventKind.DOCUMENT: 1,
    EventKind.MEETING: 1,
    EventKind.ACUITY: 1,
    EventKind.INTERVAL: 1,
    EventKind.EXCEPTION: 2,
}


@pytest.mark.parametrize("net", [True, False])
@pytest.mark.parametrize("household", [True, False])
@pytest.mark.parametrize("seed", some_quick(8))
def test_a_narrow_look_leaves_nothing_to_do(
    seed: int, household: bool, net: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    children = [Member(new_id(), FIRST, None, date(2024, 2, 29)), Member(new_id(), FIRST, None, date(2019, 6, 1))]
    kept = Kept(monkeypatch, RULES if household else FOR_ONE, FIRST, children if household else (), net=net)
    kept.asked_from = FIRST + timedelta(days=60) if seed % 3 == 2 else None
    Life(kept, chance).goes_on(60)
    assert kept.narrow > 15
