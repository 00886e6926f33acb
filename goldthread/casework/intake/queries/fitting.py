"""Which programs fit: the criteria of each, answered from what was said and what is on the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, Protocol

from django.db.models import Q

from goldthread.casework.eligibility.facts import (
    born_between,
    coverage_of,
    diagnoses_of,
    household_of,
    money_of,
)
from goldthread.casework.eligibility.rules.judging import Judged, judge
from goldthread.casework.eligibility.rules.known import Known
from goldthread.casework.episodes.queries import open_episodes
from goldthread.casework.intake.models import Inquiry
from goldthread.casework.intake.rules.given import facts_said
from goldthread.casework.intake.rules.said import answers_of, one
from goldthread.foundation.lib.dates import read_date
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import in_force, open_programs, rules_of
from goldthread.foundation.programs.rules.template import Template
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.models import Fact
from goldthread.people.facts.queries import current_facts
from goldthread.people.facts.rules import read_value
from goldthread.people.persons.enums import DateKind
from goldthread.people.persons.models import Address, Person

ASKED_KINDS = (FactKind.INCOME, FactKind.HOUSEHOLD_SIZE, FactKind.COVERAGE, FactKind.DIAGNOSIS)


@dataclass(frozen=True, slots=True)
class Fit:
    """A program and what its criteria come to."""

    program: Program
    template: Template
    judged: Judged
    known: Known


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the record of a client says, as far as the asker may see it. Nothing of it where nobody is linked."""

    person: Person | None = None
    facts: tuple[Fact, ...] = ()
    address: Address | None = None
    programs: frozenset[str] | None = None


def on_record(person: Person | None, today: date, *, facts_seen: Q, episodes_seen: Q, cleared: int) -> OnRecord:
    """What is known of *person*: facts, address and programs that the asker may see. At most four queries."""
    if person is None:
        return OnRecord()
    facts = tuple(current_facts(person, today, facts_seen, ASKED_KINDS))
    address = (
        Address.objects.filter(person=person, kind="current", ends_on__isnull=True, labels=0).order_by("-pk").first()
    )
    episodes = open_episodes(person, today)
    names = {
        name for one in episodes for name in (one.program.key, one.program.template_key) if not one.labels & ~cleared
    }
    return OnRecord(person, facts, address, frozenset(names))


def fits(inquiry: Inquiry, record: OnRecord, today: date, *, cleared: int, agency_state: str = "") -> list[Fit]:
    """Every open program with its criteria answered: those asked for first, then by name. Two queries, however many programs."""
    programs = open_programs(today)
    rules = rules_of([program.pk for program in programs])
    unseen = frozenset(
        name
        for program in programs
        if program.labels & ~cleared
        for name in (program.key, program.template_key)
        if name
    )
    found = []
    for program in programs:
        template = in_force(rules[program.pk], today)
        known = known_of(inquiry, program, record, today, unseen=unseen, agency_state=agency_state)
        found.append(Fit(program, template, judge(template.eligibility.rule, known, today), known))
    asked = set(inquiry.said.get("program", []))
    return sorted(found, key=lambda fit: (fit.program.key not in asked, fit.program.name))


class Saying(Protocol):
    """What is known of somebody is worked out from: what was said, and who it is."""

    said: dict[str, Any]
    client_id: Any
    new_person: bool


def known_of(
    inquiry: Saying, program: Program, record: OnRecord, today: date, *, unseen: frozenset[str], agency_state: str
) -> Known:
    """What was said comes before what is on the record: it is newer. A field that cannot be read is not known."""
    said = inquiry.said
    stated = _readable(facts_said(said))
    kept = record.facts
    born = _born(said, today) or (
        born_between(record.person.birth_date, record.person.birth_date_kind) if record.person else None
    )
    address = record.address
    return Known(
        born=born,
        state=(one(said, "state") or (address.region if address and len(address.region) == 2 else "")).upper(),
        postal_code=one(said, "postal_code").strip() or (address.postal_code if address else ""),
        income=_first(money_of(stated), money_of(kept)),
        household=_first(household_of(stated), household_of(kept)),
        coverage=_first(coverage_of(stated), coverage_of(kept)),
        diagnoses=diagnoses_of(kept) | ({one(said, "diagnosis").strip().upper()} - {""}),
        referral=one(said, "referral"),
        programs=record.programs if inquiry.client_id else (frozenset() if inquiry.new_person else None),
        unseen=unseen,
        agency_state=agency_state.upper(),
        answers=answers_of(said, program.key),
    )


def _first(said: Any, kept: Any) -> Any:
    return said if said is not None else kept


def _readable(given: Iterable[tuple[FactKind, dict[str, Any]]]) -> list[Any]:
    found = []
    for kind, value in given:
        try:
            found.append(SimpleNamespace(kind=kind, value=read_value(kind, value)))
        except DomainError:
            continue
    return found


def _born(said: dict[str, Any], today: date) -> tuple[date, date] | None:
    try:
        text = one(said, "birth_date").strip()
        day = read_date(text, latest=today) if text else None
    except DomainError:
        return None
    return born_between(day, one(said, "birth_kind") or DateKind.EXACT)


def as_kept(judged: Judged) -> dict[str, Any]:
    """*judged* as an outcome keeps it: verdicts and keys, no facts."""
    return {
        "verdict": str(judged.verdict),
        "answers": [{"key": one.criterion.key, "verdict": str(one.verdict)} for one in judged.answers],
    }
