"""The words of a package, gathered from the record: what the release names, the maker may read, and no label holds back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from goldthread.casework.assessments.models import Assessment
from goldthread.casework.contacts.models import Contact, ContactPerson
from goldthread.casework.discharge.models import WayOut
from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.episodes.models import Episode
from goldthread.casework.packages.enums import Section
from goldthread.casework.packages.rules import may_go
from goldthread.casework.plans.models import Goal, PlannedService, Step
from goldthread.foundation.lib.labels import Label
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import words_of
from goldthread.people.persons.enums import AlertKind
from goldthread.people.persons.models import Address, Alert, ContactPoint, Person, PersonName
from goldthread.people.persons.rules import language_name

MOST = 500
"""Lines of one section; a note is one. Beyond, the section says how many more there are."""
Lines = list[list[str]]
FACTS = {
    Section.HEALTH: (FactKind.DIAGNOSIS, FactKind.MEDICINE, FactKind.ALLERGY, FactKind.PROVIDER),
    Section.MEANS: (FactKind.INCOME, FactKind.COVERAGE, FactKind.BENEFIT, FactKind.HOUSEHOLD_SIZE),
    Section.LIFE: (FactKind.HOUSING, FactKind.LEGAL, FactKind.MILITARY),
}


@dataclass(frozen=True, slots=True)
class Eyes:
    """What the maker may read of this client: conditions that the gate gives. ``content``: of rows with ``episode`` and ``labels``;
    ``facts``: of facts; ``episodes``: of episodes; ``papers``: of versions of documents; ``cleared``: labels of rows of the person."""

    content: Q
    facts: Q
    episodes: Q
    papers: Q
    cleared: int


@dataclass(frozen=True, slots=True)
class Gathered:
    """What goes out: as kept, the labels that are in it, and how many rows were held back by a label that the release does not name."""

    parts: list[dict[str, Any]]
    labels: int
    held_back: int


class _Basket:
    """Takes rows that may go, and counts those that may not."""

    def __init__(self, person: Person, eyes: Eyes, named: int, today: date) -> None:
        self.person, self.eyes, self.named, self.today = person, eyes, named, today
        self.labels = 0
        self.held_back = 0

    def let(self, rows: Iterable[Any], labels: Callable[[Any], int] = lambda row: int(row.labels)) -> list[Any]:
        """Those of *rows* that may go out."""
        found = []
        for row in rows:
            if may_go(labels(row), self.named):
                self.labels |= labels(row)
                found.append(row)
            else:
                self.held_back += 1
        return found


def gather(person: Person, sections: Sequence[str], named: int, eyes: Eyes, today: date) -> Gathered:
    """The words of *sections* of *person*, under a release that names the labels *named*. Documents are not among them: the
    package holds those themselves."""
    basket = _Basket(person, eyes, named, today)
    basket.labels |= int(person.labels)
    parts = []
    for section in sections:
        if section == Section.DOCUMENTS:
            continue
        lines = GATHERERS[Section(section)](basket)
        parts.append({"section": section, "title": str(Section(section).label), "lines": _at_most(lines)})
    return Gathered(parts, basket.labels, basket.held_back)


def papers_that_may_go(rows: Iterable[DocumentVersion], named: int) -> list[DocumentVersion]:
    """Those of *rows* that no label holds back."""
    return [row for row in rows if may_go(int(row.document.labels), named)]


def part_two(labels: int) -> bool:
    """Is something in it that 42 CFR Part 2 protects?"""
    return bool(labels & Label.SUBSTANCE_USE)


def _at_most(lines: Lines) -> Lines:
    if len(lines) <= MOST:
        return lines
    return [*lines[:MOST], [_("And %(n)d more, which are not in this package.") % {"n": len(lines) - MOST}, ""]]


def _day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def _span(first: date | None, last: date | None) -> str:
    return " - ".join((_day(first), _day(last) or pgettext("until", "now"))) if first else _day(last)


def _identity(basket: _Basket) -> Lines:
    person = basket.person
    names = PersonName.objects.filter(person=person).order_by("kind", "pk")
    lines = [[f"{one.get_kind_display()}: {one.given} {one.family}".strip(), ""] for one in names]
    lines += [[_("Born: %(day)s") % {"day": _day(person.birth_date)}, ""]] if person.birth_date else []
    lines += (
        [[_("Language: %(language)s") % {"language": language_name(person.language)}, ""]] if person.language else []
    )
    return lines or [[person.display_name, ""]]


def _open(rows: Any, basket: _Basket) -> list[Any]:
    """Rows of the person that hold today, as far as the maker is cleared for them."""
    now = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=basket.today), person=basket.person).order_by("pk")
    return basket.let(row for row in now if not int(row.labels) & ~basket.eyes.cleared)


def _reach(basket: _Basket) -> Lines:
    lines = []
    for point in _open(ContactPoint.objects.all(), basket):
        unsafe = [] if point.safe_to_call else [_("NOT SAFE TO CALL")]
        unsafe += [] if point.safe_to_leave_message else [_("leave no message")]
        lines.append([f"{point.get_kind_display()}: {point.value}", " · ".join([*unsafe, *filter(None, [point.note])])])
    for one in _open(Address.objects.all(), basket):
        where = ", ".join(filter(None, (one.line1, one.line2, one.city, f"{one.region} {one.postal_code}".strip())))
        lines.append([f"{one.get_kind_display()}: {where}", one.directions])
    return lines


def _programs(basket: _Basket) -> Lines:
    served = Episode.objects.filter(basket.eyes.episodes, members__person=basket.person).distinct()
    rows = basket.let(served.select_related("program").order_by("enrolled_on", "pk"))
    return [[one.program.name, _span(one.enrolled_on, one.discharged_on)] for one in rows]


def _facts(section: Section) -> Callable[[_Basket], Lines]:
    def lines(basket: _Basket) -> Lines:
        kinds = FACTS[section]
        holds = Q(ends_on__isnull=True) | Q(ends_on__gte=basket.today)
        rows = Fact.objects.filter(basket.eyes.facts, holds, person=basket.person, current=True, kind__in=kinds)
        found = basket.let(rows.order_by("kind", "-starts_on", "pk"))
        return [
            [
                f"{one.get_kind_display()}: {words_of(one.kind, one.value)}",
                _("said %(day)s") % {"day": _day(one.said_on)},
            ]
            for one in sorted(found, key=lambda one: kinds.index(FactKind(one.kind)))
        ]

    return lines


def _assessments(basket: _Basket) -> Lines:
    rows = Assessment.objects.filter(
        basket.eyes.content, person=basket.person, state="signed", replaced_by__isnull=True
    )
    found = basket.let(
        rows.select_related("version__instrument").order_by("-assessed_on", "-pk").prefetch_related("scores")
    )
    lines = []
    for one in found:
        scores = [
            f"{score.title}: {score.value.normalize():f}{f' ({score.band})' if score.band else ''}"
            for score in sorted(one.scores.all(), key=lambda score: score.place)
            if score.value is not None and may_go(int(score.labels), basket.named)
        ]
        lines.append([f"{one.version.instrument.title}, {_day(one.assessed_on)}", "; ".join(scores)])
    return lines


def _plan(basket: _Basket) -> Lines:
    goals = Goal.objects.filter(basket.eyes.content, person=basket.person).order_by("-opened_on", "position", "pk")
    found = basket.let(goals)
    steps = basket.let(Step.objects.filter(goal__in=found).order_by("goal", "position", "pk"))
    services = basket.let(
        PlannedService.objects.filter(goal__in=found, dropped=False).order_by("goal", "position", "pk")
    )
    lines = []
    for goal in found:
        lines.append([f"“{goal.words}”", " · ".join(filter(None, (goal.get_state_display(), goal.outcome)))])
        lines += [[f"• {one.words}", one.get_state_display()] for one in steps if one.goal_id == goal.pk]
        lines += [[f"• {one.words}", _service(one)] for one in services if one.goal_id == goal.pk]
    return lines


def _service(one: PlannedService) -> str:
    days = _span(one.started_on, one.ended_on) if one.started_on else ""
    return ", ".join(filter(None, (one.provider_words, one.amount, one.frequency, days)))


def _summary(basket: _Basket) -> Lines:
    rows = WayOut.objects.filter(basket.eyes.content, person=basket.person, state="done").order_by("-ended_at", "pk")
    lines = []
    for row in basket.let(rows.select_related("episode__program")):
        lines.append(
            [_("%(program)s, left %(day)s") % {"program": row.episode.program.name, "day": _day(row.last_day)}, ""]
        )
        lines += [[said["text"], ""] for said in row.sections.values() if said.get("text", "").strip()]
    return lines


def _notes(basket: _Basket) -> Lines:
    """Signed notes. Of one that is about several clients, what concerns this one alone: the others have signed nothing."""
    mine = ContactPerson.objects.filter(person=basket.person, client=True, contact__state__in=["signed", "cosigned"])
    seen = mine.filter(Exists(Contact.objects.filter(basket.eyes.content, pk=OuterRef("contact"))))
    together = ContactPerson.objects.filter(contact=OuterRef("contact"), client=True).exclude(person=basket.person)
    rows = seen.annotate(together=Exists(together)).select_related("contact__staff")
    found = basket.let(rows.order_by("-contact__started_at", "-pk"), lambda row: int(row.labels | row.contact.labels))
    said = [
        (row.contact, row.own_part if row.together else "\n".join(filter(None, (row.contact.narrative, row.own_part))))
        for row in found
    ]
    return [[f"{_day(one.happened_on)}, {one.staff.name}", words] for one, words in said if words]


def _health(basket: _Basket) -> Lines:
    """With the allergies that stand as alerts beside the name: whoever serves them next must know."""
    alerts = Alert.objects.filter(person=basket.person, kind=AlertKind.ALLERGY, ended_on__isnull=True).order_by("pk")
    warned = basket.let(row for row in alerts if not int(row.labels) & ~basket.eyes.cleared)
    return [[f"{one.get_kind_display()}: {one.short}", ""] for one in warned] + _facts(Section.HEALTH)(basket)


GATHERERS: dict[Section, Callable[[_Basket], Lines]] = {
    Section.IDENTITY: _identity,
    Section.REACH: _reach,
    Section.PROGRAMS: _programs,
    Section.HEALTH: _health,
    Section.MEANS: _facts(Section.MEANS),
    Section.LIFE: _facts(Section.LIFE),
    Section.ASSESSMENTS: _assessments,
    Section.PLAN: _plan,
    Section.SUMMARY: _summary,
    Section.NOTES: _notes,
}
