"""A year with one client, lived through the rooms' own actions: assessed, needs raised, a plan signed and put to work, calls toward
its goals. What it leaves behind is printed for others (``printing``); where its threads break is the pattern's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from goldthread.casework.assessments.actions import begin, save_answers
from goldthread.casework.assessments.actions import sign as sign_assessment
from goldthread.casework.assessments.changes import Said
from goldthread.casework.assessments.models import InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of, version_in_use
from goldthread.casework.contacts.actions.sign import sign as sign_note
from goldthread.casework.contacts.rules.written import Goal as Touched
from goldthread.casework.contacts.rules.written import Part, Written
from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.actions import close_need, raise_need
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import suggestions_of
from goldthread.casework.plans.actions import (
    SignerAsked,
    approve,
    ask_for_signatures,
    begin_plan,
    close_goal,
    decline,
    edit,
    finish_step,
    note_service,
    sign_here,
)
from goldthread.casework.plans.enums import VersionState
from goldthread.casework.plans.models import Goal, Objective, PlannedService, PlanVersion, Step
from goldthread.casework.plans.rules.editing import Edit, PutLine, SetPart
from goldthread.doors.demo.courses import SENTENCES
from goldthread.doors.demo.past import ZONE
from goldthread.doors.demo.threads.strands import FAMILIES, STRANDS, STRENGTHS_OF, VISION, Strand
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.programs.enums import Activity, Mode
from goldthread.foundation.workforce.models import Staff

INSTRUMENT = "functional-assessment"
ANSWERED = 40
CALLS, ASSESSED = 50, 6
FIRST_CALL, PLANNED, BEGUN = 283, 185, 192
"""So many days ago: after the first day of everybody made at size, and the plan after the papers of their courses."""
SILENT, MET, ENDED, LAST_CALL = 75, 40, 30, 1
TEMPLATE = "foster-care-child"
WENT = ("little", "well", "well", "stuck", "little")
TORN: tuple[tuple[str, ...], ...] = (
    *[()] * 11,
    ("goal",),
    ("silent",),
    ("unconfirmed",),
    ("late",),
    ("unsigned",),
    ("unknown",),
    ("idle", "aimless"),
    ("needless",),
    ("aimless", "unconfirmed"),
)
"""How the threads of each pattern are broken: those of eleven in twenty are whole."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How many lives are lived, and how much is in each."""

    patterns: int = len(TORN)
    calls: int = CALLS
    assessed: int = ASSESSED


@dataclass
class Life:
    """The *number*-th pattern, lived by the client of *episode* with *staff*; *boss* approves the plan."""

    episode: Episode
    staff: Staff
    boss: Staff
    number: int
    today: date
    scale: Scale
    settled: bool = False
    """Every step is done: no task is left."""
    goals: list[Goal] = field(default_factory=list)

    def __post_init__(self) -> None:
        person = self.episode.person
        if person is None:
            raise ValueError("a life is one client's")
        self.person = person
        self.rng = Random(self.number * 104_729 + 11)  # noqa: S311  chance, not secrets
        self.torn = frozenset(TORN[self.number * 7 % len(TORN)])
        self.strands = self._strands()

    def live(self) -> None:
        """Everything in the order in which it happened."""
        happenings: list[tuple[int, Callable[[int], object]]] = [(BEGUN, self.assess)]
        happenings += [(BEGUN - 1, self.raise_needs), (PLANNED, self.plan)]
        happenings += [(ago, self.assess) for ago in _spread(160, 12, self.scale.assessed - 1)]
        happenings += [(ago, self.call) for ago in self._calls()]
        happenings += [(PLANNED - 20, self.confirm), (PLANNED - 60, self.do_steps), (ENDED, self.end_service)]
        happenings += [(MET, self.reach)] if self.number % 5 == 3 else []
        for ago, happens in sorted(happenings, key=lambda one: -one[0]):
            happens(ago)

    def by(self, ago: int, staff: Staff | None = None, at: time = time(16)) -> Actor:
        """Who acts, so many days ago."""
        who, day = staff or self.staff, self.today - timedelta(days=ago)
        return Actor(at=datetime.combine(day, at, ZONE), today=day, staff=who.pk, name=who.name, request="demo")

    def assess(self, ago: int) -> None:
        """The functional assessment: forty answers, its scores, what follows from them."""
        version, by = _version(), self.by(ago, at=time(15))
        row = begin(instrument=version.instrument, person=self.person, episode=self.episode, by=by)
        save_answers(assessment=row, changes=self._answers(version, ago), by=by)
        self.assessed = sign_assessment(assessment=row, by=by)

    def _answers(self, version: InstrumentVersion, ago: int) -> dict[str, Said]:
        items = [one for one in questionnaire_of(version).by_link.values() if one.type.is_question]
        choices = [one for one in items if one.options]
        texts = [one for one in items if not one.options][: ANSWERED - len(choices)]
        said = {one.link_id: Said([dict(self._option(one, ago).answer)]) for one in choices}
        return said | {one.link_id: Said([{"valueString": self.rng.choice(SENTENCES)}]) for one in texts}

    def _option(self, item: Any, ago: int) -> Any:
        """The longer they are served, the further to the front of the list."""
        most = max(1, round((len(item.options) - 1) * (0.55 + ago / 600)))
        return item.options[self.rng.randint(0, most)]

    def raise_needs(self, ago: int) -> None:
        """Four needs, two of them of what the assessment came to; a fifth that no goal answers, where the pattern says so."""
        by, found = self.by(ago), suggestions_of(self.assessed, questionnaire_of(_version()), "en")
        heard = dict(enumerate(found[:2]))
        self.needs: list[Need] = []
        for number, strand in enumerate(self.strands[: 5 if "goal" in self.torn else 4]):
            one = heard.get(number)
            source: dict[str, Any] = (
                {
                    "source_kind": "assessment",
                    "source_id": self.assessed.pk,
                    "source_item": one.item,
                    "because": one.because,
                }
                if one
                else {"own_words": number % 2 == 1}
            )
            strength = one.strength if one else 2
            need = raise_need(
                person=self.person,
                episode=self.episode,
                domain=strand.domain,
                words=strand.need,
                strength=strength,
                by=by,
                **source,
            )
            self.needs.append(need)

    def plan(self, ago: int) -> None:
        """Four goals with an objective, two steps and a service each; signed, approved where the program asks for it, in force."""
        by = self.by(ago)
        version = begin_plan(episode=self.episode, person=self.person, by=by)
        version = edit(version=version, edits=self._edits(), by=by)
        asked = [SignerAsked("client", self.person.display_name, person=self.person.pk)]
        asked += [SignerAsked("parent", "Their mother")] if "unsigned" not in self.torn else []
        asked += [SignerAsked("worker", self.staff.name, staff=self.staff.pk)]
        ask_for_signatures(version=version, signers=asked, by=by)
        for signature in version.signatures.order_by("role"):
            if signature.role == "client" and "unsigned" in self.torn:
                decline(signature=signature, reason="Wants to think about it", by=by)
            else:
                sign_here(signature=signature, how="typed", typed=signature.name, by=by)
        self.version = PlanVersion.objects.get(pk=version.pk)
        if self.version.state == VersionState.SIGNING:
            self.version = approve(version=version, by=self.by(ago, self.boss, time(17)))
        self.goals = list(Goal.objects.filter(plan=self.version.plan).order_by("position"))
        self.objectives = {row.goal_id: row for row in Objective.objects.filter(goal__in=self.goals)}

    def _edits(self) -> list[Edit]:
        edits: list[Edit] = [
            SetPart("vision", VISION[TEMPLATE]),
            SetPart("strengths", STRENGTHS_OF[self.number % len(STRENGTHS_OF)]),
            SetPart("important_to", "Friends at school, the dog, Sundays with the brother."),
            SetPart("emergency", "The neighbor steps in; then the hotline of the agency."),
        ]
        for number, strand in enumerate(self.strands[:4]):
            edits += self._lines(strand, number)
        return edits

    def _lines(self, strand: Strand, number: int) -> list[Edit]:
        goal, late = str(new_id()), number == 2 and "late" in self.torn
        target = self.today + timedelta(days=-10 if late else 30 + 40 * number)
        needs = [] if number == 3 and "needless" in self.torn else [str(self.needs[number].pk)]
        said = {"words": strand.goal, "domain": strand.domain, "needs": needs, "target_on": target.isoformat()}
        lines: list[Edit] = [PutLine("goals", goal, said)]
        objective = {"words": strand.objective, "goal": goal, "measure": strand.measure}
        lines.append(PutLine("objectives", str(new_id()), objective))
        for place, (who, name, words) in enumerate(strand.steps):
            if number == 1 and "idle" in self.torn:
                break
            due = self.today + timedelta(days=10 + 9 * number + 20 * place)
            step = {"words": words, "goal": goal, "owner_kind": str(who), "owner_words": name}
            lines.append(PutLine("steps", str(new_id()), step | {"due_on": due.isoformat()}))
        words, provider, often = strand.service
        service = {"words": words, "goal": goal, "provider_words": provider, "frequency": often}
        return [*lines, PutLine("services", str(new_id()), service)]

    def confirm(self, ago: int) -> None:
        """The services are given, but for one where the pattern says so."""
        for number, service in enumerate(self._services()):
            if number != 0 or "unconfirmed" not in self.torn:
                day = self.today - timedelta(days=ago)
                note_service(service=service, confirmed_on=day, started_on=day, by=self.by(ago))

    def end_service(self, ago: int) -> None:
        """One is over; did it help?"""
        if self.number % 2 == 0 and "unknown" not in self.torn:
            return
        helped = "" if "unknown" in self.torn else "yes"
        day = self.today - timedelta(days=ago)
        note_service(service=self._services()[2], ended_on=day, helped=helped, by=self.by(ago))

    def do_steps(self, ago: int) -> None:
        """Every other step is done."""
        steps = Step.objects.filter(goal__in=self.goals).order_by("goal__position", "position")
        for number, step in enumerate(steps):
            if self.settled or number % 2 == 0:
                finish_step(step=step, done_on=self.today - timedelta(days=ago), by=self.by(ago))

    def reach(self, ago: int) -> None:
        """The last goal is met, and its need with it."""
        goal = self.goals[3]
        close_goal(goal=goal, state="met", outcome=self.strands[3].reached, by=self.by(ago))
        if "needless" not in self.torn:
            close_need(need=self.needs[3], state="met", reason="", by=self.by(ago))

    def call(self, ago: int) -> None:
        """A call about one or two of the goals that were open on that day; the last one is about them all."""
        goals = [goal for number, goal in enumerate(self.goals) if self._is_open(number, ago)]
        turn = ago // 5
        if ago > LAST_CALL and goals:
            goals = (
                [goals[turn % len(goals)], goals[(turn + 1) % len(goals)]] if turn % 3 else [goals[turn % len(goals)]]
            )
        if "aimless" in self.torn and 5 < ago < 25:
            goals = []
        at, day = time(17, 15 + self.number), self.today - timedelta(days=ago)
        note = Written(
            person=self.person.pk,
            episode=self.episode.pk,
            kind="call",
            mode=Mode.PHONE,
            day=day,
            start=at,
            end=time(17, 35 + self.number),
            overlap_is_right=True,
            parts=(Part(self.person.pk),),
            activities={Activity.REFERRAL_LINKAGE: None},
            goals=tuple(self._touched(goal, place) for place, goal in enumerate(goals)),
            narrative=" ".join(self.rng.sample(SENTENCES, 2)),
        )
        sign_note(pk=new_id(), note=note, zone=ZONE, by=self.by(ago, at=time(18, self.number)))

    def _touched(self, goal: Goal, place: int) -> Touched:
        went = self.rng.choice(WENT)
        if place or self.rng.random() < 0.7:
            return Touched(goal.words, went, id=goal.pk, person=self.person.pk)
        objective = self.objectives[goal.pk]
        value = (objective.pk, objective.words, f"{self.rng.randint(1, 7)} of 7")
        return Touched(goal.words, went, id=goal.pk, person=self.person.pk, values=(value,))

    def _is_open(self, number: int, ago: int) -> bool:
        if number == 0 and "silent" in self.torn and ago < SILENT:
            return False
        return not (number == 3 and self.number % 5 == 3 and ago <= MET)

    def _calls(self) -> list[int]:
        """Days ago, another for each pattern but for the last."""
        days = _spread(FIRST_CALL, 6, self.scale.calls - 1)
        return [max(2, ago - self.number % 5) for ago in days] + [LAST_CALL]

    def _services(self) -> list[PlannedService]:
        return list(PlannedService.objects.filter(plan=self.version.plan).order_by("position"))

    def _strands(self) -> list[Strand]:
        fitting = [one for one in STRANDS if one.templates == FAMILIES]
        turn = self.number % len(fitting)
        return fitting[turn:] + fitting[:turn]


def _spread(first: int, last: int, many: int) -> list[int]:
    """*many* whole numbers from *first* down to *last*."""
    return [round(first - (first - last) * number / max(1, many - 1)) for number in range(many)]


def _version() -> InstrumentVersion:
    found = version_in_use(INSTRUMENT)
    if found is None:
        raise ValueError("the instruments are not installed")
    return found
