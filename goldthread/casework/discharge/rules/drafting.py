"""The summary drafted from the record, in the language that is active: plain sentences, each section with its sources."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from goldthread.casework.discharge.rules.summary import Drafted
from goldthread.casework.plans.enums import GoalState, Helped
from goldthread.casework.skills.enums import Level
from goldthread.foundation.programs.enums import Leaving
from goldthread.people.facts.enums import FactKind
from goldthread.people.facts.rules.values import words_of

CRISIS_LINE = "988"
"""The Suicide and Crisis Lifeline of the United States (by call or text)."""
Sources = list[tuple[str, str, Any]]


def drafted(known: Any, *, path: str, reason: str, last_day: date, said: Mapping[str, str]) -> dict[str, Drafted]:
    """What the record says for each section. *known*: ``queries.known.Known``; *reason*: in words; *said*: what the way asked."""
    return {
        "why": _why(known, path, reason, last_day, said),
        "reached": _reached(known, path),
        "services": _services(known),
        "supports": _supports(known),
        "watch": _watch(known),
        "call": _call(known, path, said),
    }


def _why(known: Any, path: str, reason: str, last_day: date, said: Mapping[str, str]) -> Drafted:
    episode = known.episode
    words = {
        "name": known.person.display_name,
        "program": episode.program.name,
        "first": _day(episode.enrolled_on),
        "last": _day(last_day),
    }
    lines = [_("%(name)s was in %(program)s from %(first)s to %(last)s.") % words]
    if reason:
        lines.append(_("It ended because: %(reason)s.") % {"reason": reason[:1].lower() + reason[1:]})
    if path == Leaving.MOVED and said.get("place"):
        lines.append(_("They moved to %(place)s.") % {"place": said["place"]})
    if path == Leaving.REFUSED and said.get("offered"):
        lines.append(_("We offered: %(offered)s") % {"offered": said["offered"]})
    if path == Leaving.LOST and said.get("last_known"):
        lines.append(_("Heard last: %(words)s") % {"words": said["last_known"]})
    sources: Sources = [(episode.program.name, "episode", episode.pk)]
    return Drafted("\n".join(lines), tuple(sources))


def _reached(known: Any, path: str) -> Drafted:
    lines: list[str] = []
    sources: Sources = []
    died = path == Leaving.DECEASED
    words = {
        GoalState.MET: _("Reached: %(goal)s"),
        GoalState.STOPPED: _("Stopped: %(goal)s"),
        GoalState.OPEN: _("Was on the way to: %(goal)s") if died else _("Still open: %(goal)s"),
    }
    for goal in sorted(known.goals, key=lambda one: list(words).index(one.state)):
        line = words[goal.state] % {"goal": goal.words}
        lines.append(f"{line} ({goal.outcome})" if goal.outcome else line)
        sources.append((goal.words, "goal", goal.pk))
    gained = [rung for rung in known.rungs if rung.now and (rung.change > 0 or rung.now.level == Level.ON_THEIR_OWN)]
    for level in sorted(Level, reverse=True):
        if names := [str(rung.name) for rung in gained if rung.now.level == level]:
            lines.append(f"{level.label}: {', '.join(names)}")
            sources += [(name, "skill", None) for name in names]
    if known.homes:
        home = known.homes[-1]
        lines.append(
            (_("Lived last: %(home)s") if died else _("Lives now: %(home)s"))
            % {"home": words_of(home.kind, home.value)}
        )
        sources.append((_("Housing"), "fact", home.pk))
    return Drafted("\n".join(lines), tuple(sources))


def _services(known: Any) -> Drafted:
    lines, sources = [], []
    for one in known.services:
        if one.ended_on or one.natural or not (one.confirmed_on or one.started_on):
            continue
        how = ", ".join(part for part in (one.provider_words, one.amount, one.frequency) if part)
        helped = _("it helps") if one.helped == Helped.YES else ""
        lines.append(": ".join(part for part in (one.words, how) if part) + (f" ({helped})" if helped else ""))
        sources.append((one.words, "service", one.pk))
    for fact in known.facts:
        if fact.kind == FactKind.PROVIDER:
            lines.append(words_of(fact.kind, fact.value))
            sources.append((_("Provider"), "fact", fact.pk))
    return Drafted("\n".join(lines), tuple(sources))


def _supports(known: Any) -> Drafted:
    lines, sources = [], []
    for tie in known.supports:
        said = f"{tie.other.display_name}, {str(tie.get_kind_display()).lower()}"
        lines.append(f"{said}: {tie.note}" if tie.note else said)
        sources.append((tie.other.display_name, "circle", None))
    for one in known.services:
        if one.natural and not one.ended_on:
            lines.append(": ".join(part for part in (one.provider_words, one.words) if part))
            sources.append((one.words, "service", one.pk))
    return Drafted("\n".join(lines), tuple(sources))


def _watch(known: Any) -> Drafted:
    lines, sources = [], []
    if known.crisis:
        lines.append(known.crisis)
        sources.append((_("Plan: if things get bad"), "plan", None))
    heads = {FactKind.DIAGNOSIS: _("Diagnosis"), FactKind.MEDICINE: _("Medicine"), FactKind.ALLERGY: _("Allergy")}
    for kind, head in heads.items():
        said = [words_of(fact.kind, fact.value) for fact in known.facts if fact.kind == kind]
        if said:
            lines.append(f"{head}: {'; '.join(said)}")
            sources.append((head, "fact", None))
    if helped := [str(rung.name) for rung in known.rungs if rung.now and rung.now.level <= Level.DONE_WITH]:
        lines.append(_("Needs help with: %(skill)s") % {"skill": ", ".join(helped)})
        sources += [(name, "skill", None) for name in helped]
    return Drafted("\n".join(lines), tuple(sources))


def _call(known: Any, path: str, said: Mapping[str, str]) -> Drafted:
    lines = list(_numbers(known))
    if path == Leaving.REFUSED and said.get("way_back"):
        lines.append(said["way_back"])
    if path == Leaving.LOST and said.get("comes_back"):
        lines.append(said["comes_back"])
    return Drafted("\n".join(lines), ((_("Team of the program"), "program", None),))


def _numbers(known: Any) -> Iterator[str]:
    yield _("In danger: call 911. In a crisis, day or night: call or text %(line)s.") % {"line": CRISIS_LINE}
    if known.phone:
        words = {"agency": known.agency, "phone": known.phone}
        yield _("With questions, or to come back: %(agency)s, %(phone)s.") % words
    elif known.agency:
        yield _("With questions, or to come back: %(agency)s.") % {"agency": known.agency}


def _day(day: date) -> str:
    return date_format(day, "j M Y")
