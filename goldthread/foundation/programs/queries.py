"""Reading programs and their rules."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from goldthread.foundation.lib.compiled import AnyOf, Compiled, Given
from goldthread.foundation.lib.spoken import AFTERCARE, spoken
from goldthread.foundation.lib.text import plain
from goldthread.foundation.programs.models import Program, ProgramVersion
from goldthread.foundation.programs.rules.deviations import Deviation
from goldthread.foundation.programs.rules.deviations import from_content as stated
from goldthread.foundation.programs.rules.loosening import Loosening, loosened
from goldthread.foundation.programs.rules.reading import from_content
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.shipped import shipped

Rules = tuple[tuple[date, Template], ...]
"""The rules of a program, each with the first day on which they are in force, in that order."""
MOST_PARSED = 2000
_PARSED: dict[UUID, Template] = {}
"""Versions are never edited, so what was read once is right for good."""


def open_programs(today: date) -> list[Program]:
    """The programs that are open on *today*, by name, with their teams. One query."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=today)
    return list(Program.objects.select_related("team").filter(still, opened_on__lte=today).order_by("name"))


def all_programs() -> list[Program]:
    """Every program, those not closed first, by name, with their teams. One query."""
    found = Program.objects.select_related("team").order_by("name")
    return sorted(found, key=lambda program: program.closed_on is not None)


def titles(programs: Iterable[Program]) -> dict[str, str]:
    """What *programs* are called, by their short names and by those of the templates they came from; and the shipped templates."""
    names = {key: spoken(template.title) for key, template in shipped().items()}
    return names | {key: program.name for program in programs for key in (program.template_key, program.key)}


def rules_of(program_ids: Iterable[UUID]) -> dict[UUID, Rules]:
    """The rules of each program by the days they are in force. One query, and one more for versions not read before."""
    return rules_from(_VERSIONS.ask(programs=list(program_ids)))


def rules_from(found: Sequence[tuple[UUID, date, UUID]]) -> dict[UUID, Rules]:
    """The same of versions (program, first day, id) that were *found*, in the order of their days and numbers. No query, or one for
    versions not read before."""
    _read([pk for _program, _day, pk in found if pk not in _PARSED])
    by_program: dict[UUID, dict[date, Template]] = defaultdict(dict)
    for program, day, pk in found:  # of two for the same day, the later one counts
        by_program[program][day] = _PARSED[pk]
    return {program: tuple(days.items()) for program, days in by_program.items()}


_VERSIONS: Compiled[tuple[UUID, date, UUID]] = Compiled(
    lambda: (
        ProgramVersion.objects.filter(AnyOf(F("program"), Given("programs")))
        .order_by("in_force_from", "number")
        .values_list("program_id", "in_force_from", "pk")
    )
)


def _read(missing: list[UUID]) -> None:
    if not missing:
        return
    if len(_PARSED) + len(missing) > MOST_PARSED:
        _PARSED.clear()
    for pk, content in ProgramVersion.objects.filter(pk__in=missing).values_list("pk", "content"):
        _PARSED[pk] = from_content(content)


def parsed(version: ProgramVersion) -> Template:
    """The rules of one version. No query when it is loaded."""
    if version.pk not in _PARSED:
        _PARSED[version.pk] = from_content(version.content)
    return _PARSED[version.pk]


def in_force(rules: Rules, day: date) -> Template:
    """Which of *rules* hold on *day*; before the first day, the first."""
    held = [template for first_day, template in rules if first_day <= day]
    return held[-1] if held else rules[0][1]


def template_on(program: Program, day: date) -> Template:
    """The rules of *program* on *day*; before it opened, its first ones."""
    return in_force(rules_of([program.pk])[program.pk], day)


def versions_of(program: Program) -> list[ProgramVersion]:
    """Every version of the rules of *program*, newest first. One query."""
    return list(program.versions.order_by("-number"))


def latest(program: Program) -> ProgramVersion:
    """The last version that was made, in force already or not. One query."""
    return program.versions.order_by("-number")[0]


def source_of(program: Program, versions: Iterable[ProgramVersion]) -> Template:
    """Against what loosening is measured: the shipped template, else the rules with which the program opened."""
    template = shipped().get(program.template_key)
    return template or parsed(min(versions, key=lambda version: version.number))


def behind(template_key: str, rules: Template, deviations: Iterable[Deviation]) -> list[Loosening]:
    """Where the shipped template *template_key*, of today's release, asks for more than *rules*, and nobody has answered for it: a
    program keeps the rules with which it opened until an administrator changes them. Empty where it came from no shipped template."""
    template = shipped().get(template_key)
    answered = {one.requirement for one in deviations}
    return [one for one in loosened(template, rules) if one.key not in answered] if template else []


def deviating(day: date) -> dict[UUID, list[Deviation]]:
    """Of each program what asks, on *day*, for less than its source, and who answers for it. One query."""
    rows = ProgramVersion.objects.filter(in_force_from__lte=day).order_by("in_force_from", "number")
    held = dict(rows.values_list("program_id", "deviations"))
    return {program: stated(deviations) for program, deviations in held.items()}


def rules_spoken_with(word: str) -> set[str]:
    """What rules, and contacts after a discharge, of shipped templates are called in tasks, where *word* stands in it as the reader's
    language has it. *word*: plain."""
    titles = {rule.title for template in shipped().values() for rule in template.requirements}
    titles |= {
        f"{AFTERCARE}{contact.title}" for template in shipped().values() for contact in template.aftercare.contacts
    }
    return {title for title in titles if word in plain(spoken(title))}
