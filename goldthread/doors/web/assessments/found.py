"""The needs that a signed assessment speaks of, and beginnings of goals for them: a person decides on both."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django_stubs_ext import StrOrPromise

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.casework.assessments.models import Assessment
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.needs.enums import NeedState
from goldthread.casework.needs.models import Need
from goldthread.casework.needs.queries import SOURCE, suggestions_of
from goldthread.casework.plans.queries import needs_with_goals
from goldthread.casework.plans.rules.suggesting import wordings
from goldthread.doors.web.entry import StaffRequest
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS
from goldthread.people.persons.models import Person


@dataclass(frozen=True, slots=True)
class Beginning:
    """Wording that a goal may begin with. *url*: the goal's form with it, for a need that is accepted already."""

    number: int
    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A need that the assessment speaks of. *need*: it was accepted. *has_goal*: a goal of a plan answers it."""

    domain: StrOrPromise
    words: str
    because: str
    strength: int
    item: str = ""
    of_domain: str = ""
    need: UUID | None = None
    has_goal: bool = False
    goals: tuple[Beginning, ...] = ()
    own_url: str = ""


def needs_found(request: StaffRequest, client: Person, row: Assessment, language: str) -> list[Found]:
    """What *row* speaks of: undecided first, then what was accepted and is open. At most six queries."""
    undecided = suggestions_of(row, questionnaire_of(row.version), language)
    content = gate.content(request.viewer, client, Act.READ_RECORD)
    rows = Need.objects.filter(content, person=client, source_kind=SOURCE, source_id=row.pk, state=NeedState.OPEN)
    accepted = list(rows.order_by("-strength", "raised_at", "pk"))
    may_goal = gate.may_on(request.viewer, Act.WRITE_PLAN, client)
    answered = needs_with_goals(client, [one.pk for one in accepted])
    return [
        *(
            Found(
                DOMAINS[Domain(one.domain)],
                one.words,
                one.because,
                one.strength,
                item=one.item,
                of_domain=one.domain,
                goals=_beginnings(one.domain) if may_goal else (),
            )
            for one in undecided
        ),
        *(_accepted(client, one, answered, may_goal=may_goal) for one in accepted),
    ]


def _accepted(client: Person, one: Need, answered: Collection[UUID], *, may_goal: bool) -> Found:
    has_goal = one.pk in answered
    url = reverse("plans:of_client", args=[client.pk])
    offers = may_goal and not has_goal
    return Found(
        DOMAINS[Domain(one.domain)],
        one.words,
        one.because,
        one.strength,
        need=one.pk,
        has_goal=has_goal,
        goals=_beginnings(one.domain, url, one.pk) if offers else (),
        own_url=goal_url(url, one.pk) if offers else "",
    )


def _beginnings(domain: str, url: str = "", need: UUID | None = None) -> tuple[Beginning, ...]:
    return tuple(
        Beginning(n, words, goal_url(url, need, str(n)) if need else "") for n, words in enumerate(wordings(domain))
    )


def goal_url(plan: str, need: UUID, say: str = "") -> str:
    """The plan (*plan*: its address) with the form of a goal for *need*, which begins with the wording number *say*."""
    asked = {"need": str(need)} | ({"say": say} if say else {})
    return f"{plan}?{urlencode(asked)}#add-goals"
