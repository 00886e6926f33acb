"""Rules and templates as the pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from goldthread.casework.eligibility.rules.words import say_all
from goldthread.casework.intake.rules.waiting import sentences, title_of
from goldthread.casework.plans.enums import SignatureRole
from goldthread.casework.plans.rules.shape import KINDS, PARTS
from goldthread.doors.web.thread.words import KIND_WORDS
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Mode
from goldthread.foundation.programs.models import ProgramVersion
from goldthread.foundation.programs.queries import titles
from goldthread.foundation.programs.rules.aftercare import AftercareContact, AftercareRules
from goldthread.foundation.programs.rules.deviations import Deviation, from_content
from goldthread.foundation.programs.rules.differences import other_changes, rule_changes
from goldthread.foundation.programs.rules.eligibility import Eligibility
from goldthread.foundation.programs.rules.loosening import WHO, Change, Loosening
from goldthread.foundation.programs.rules.loosening import title_of as title_of_rule
from goldthread.foundation.programs.rules.template import PlanRules, Requirement, Source, Template
from goldthread.foundation.programs.rules.titles import ACTIVITIES, DOMAINS, MODES, PRIORITIES, REASONS, WEIGHTS
from goldthread.foundation.programs.rules.waitlist import Waitlist
from goldthread.foundation.programs.rules.way_out import WayOutRules
from goldthread.foundation.programs.rules.words import say, say_leads, span

TITLES: tuple[Mapping[Any, StrOrPromise], ...] = (PRIORITIES, ACTIVITIES, DOMAINS)
TONES = {"safety": "red", "legal": "", "health": "", "other": ""}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule on the page. ``was``: what its source asks for, where the agency asks for less."""

    key: str
    title: str
    sentence: str
    leads: str
    weight: StrOrPromise
    tone: str
    source: Source
    exceptions: str
    deviation: Deviation | None = None
    was: str = ""
    gone: bool = False
    share: bool = False


def rule_lines(template: Template, deviations: Iterable[Deviation], source: Template | None = None) -> list[RuleLine]:
    """The rules of *template* in order; then those of its source that the agency took out and answers for."""
    stated = {one.requirement: one for one in deviations}
    lines = [_line(rule, template, stated.get(rule.key), source) for rule in template.requirements]
    gone = [key for key in stated if template.requirement(key) is None]
    for key in gone:
        rule = source.requirement(key) if source else None
        if rule and source:
            lines.append(_line(rule, source, stated[key], None, gone=True))
    return lines


def _line(
    rule: Requirement, template: Template, deviation: Deviation | None, source: Template | None, *, gone: bool = False
) -> RuleLine:
    before = source.requirement(rule.key) if source and deviation else None
    return RuleLine(
        key=rule.key,
        title=rule.title,
        sentence=say(rule, template),
        leads="" if rule.share else say_leads(rule),
        weight=WEIGHTS[rule.weight],
        tone=TONES[rule.weight],
        source=rule.source,
        exceptions=", ".join(str(REASONS[reason]) for reason in REASONS if reason in rule.exceptions),
        deviation=deviation,
        was=say(before, source) if before else "",
        gone=gone,
        share=rule.share is not None,
    )


def who_deviation(version: ProgramVersion) -> Deviation | None:
    """Who answers for it that the program is for more people than its source says, where it is."""
    return next((one for one in from_content(version.deviations) if one.requirement == WHO), None)


def facts(template: Template) -> dict[str, Any]:
    """What a template says besides its rules."""
    return {
        "words": _("%(client)s · %(plan)s")
        % {"client": spoken(template.client_word), "plan": spoken(template.plan_word)},
        "flag": template.caseload_flag,
        "flag_source": template.caseload_source,
        "household": template.unit == "household",
        "domains": [DOMAINS[domain] for domain in template.domains],
        "activities": [ACTIVITIES[activity] for activity in template.activities],
        "contacts": [(spoken(kind.title), MODES[kind.mode]) for kind in template.contact_kinds],
        "waits": sentences(template),
        "waits_source": template.waitlist.source,
        "planned": [spoken(reason.title) for reason in template.discharge_reasons if reason.planned],
        "unplanned": [spoken(reason.title) for reason in template.discharge_reasons if not reason.planned],
        "cosign": template.cosign_default,
        "aftercare": aftercare_lines(template.aftercare),
        "aftercare_source": template.aftercare.source,
        "re_entry_days": template.re_entry_days,
        "re_entry_source": template.re_entry_source,
        "plan": plan_lines(template.plan),
        "plan_source": template.plan.source,
        "way_out": way_out_lines(template.way_out),
        "way_out_source": template.way_out.source,
        "who": _who(template.eligibility),
        "who_source": template.eligibility.source,
        "answers": _("%(urgent)s if urgent, else %(routine)s")
        % {"urgent": span(template.eligibility.urgent), "routine": span(template.eligibility.routine)},
    }


def plan_lines(rules: PlanRules) -> list[str]:
    """What a program asks of its plans, as sentences."""
    lines = [
        _("Signed by: %(who)s.") % {"who": ", ".join(str(SignatureRole(one).label).lower() for one in rules.signers)}
    ]
    lines += [_("Approved by a supervisor.")] if rules.approval else []
    lines += [_("Looked at again after %(span)s.") % {"span": span(rules.review)}]
    parts = ", ".join(str((PARTS.get(one) or KINDS[one]).title) for one in rules.parts)
    lines += [_("Never empty: %(parts)s.") % {"parts": parts}] if parts else []
    lines += [_("No contact toward a goal is a break after %(n)s days.") % {"n": rules.silent_days}]
    tasks = ", ".join(str(KIND_WORDS[one]).lower() for one in rules.thread_tasks)
    return [*lines, *([_("These breaks become tasks: %(breaks)s.") % {"breaks": tasks}] if tasks else [])]


def aftercare_lines(rules: AftercareRules) -> list[str]:
    """The contacts after a discharge: *How is it going? (1 week, by phone)*."""
    return [_after_line(one) for one in rules.contacts]


def _after_line(one: AftercareContact) -> str:
    words = {"title": spoken(one.title), "after": span(one.after), "how": str(MODES[one.mode]).lower()}
    if one.after_death:
        return _("%(title)s (%(after)s after a death, %(how)s)") % words
    return _("%(title)s (%(after)s, %(how)s)") % words


def way_out_lines(rules: WayOutRules) -> list[str]:
    """What a program asks of the way out, as sentences."""
    tries = [_("%(n)s times %(how)s") % {"n": one.times, "how": _modes(one.modes)} for one in rules.tries]
    lines = []
    if tries:
        said = {"tries": ", ".join(tries), "days": rules.days, "within": span(rules.within)}
        lines += [_("Nobody is called lost before these tries: %(tries)s, on %(days)s days, within %(within)s.") % said]
    lines += [_("A second person reads the summary before the end.")] if rules.approval else []
    review = rules.death_review
    return [
        *lines,
        *([_("After a death there is a review within %(span)s.") % {"span": span(review)}] if review else []),
    ]


def _modes(modes: Iterable[Mode]) -> str:
    return str(_(" or ")).join(str(MODES[mode]).lower() for mode in modes) or str(_("by whichever way"))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What changed in one rule: both sentences, and whether it asks for more or less."""

    title: str
    before: str
    after: str
    verdict: str
    tone: str


def change_lines(before: Template, after: Template) -> list[ChangeLine]:
    """Every rule that differs."""
    verdicts = {
        Change.SAME: (_("asks for the same"), ""),
        Change.TIGHTER: (_("asks for more"), "blue"),
        Change.LOOSER: (_("asks for less"), "amber"),
        Change.OTHER: (_("asks for something else"), "amber"),
    }
    return [
        ChangeLine(
            one.title,
            _whole(one.before, before) if one.before else "",
            _whole(one.after, after) if one.after else "",
            *verdicts[one.change],
        )
        for one in rule_changes(before, after)
    ]


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A rule of which the template asks for more than the program; ``key`` is empty where the program has no such rule to change,
    or it is who the program is for."""

    key: str
    title: str
    template: str
    here: str
    who: bool


def behind_lines(behind: Iterable[Loosening], template: Template, here: Template) -> list[BehindLine]:
    """What the template says of each, and what the program does."""
    lines = []
    for one in behind:
        if one.key == WHO:
            lines.append(BehindLine("", title_of_rule(WHO, None), _for_whom(template), _for_whom(here), who=True))
            continue
        after = here.requirement(one.key)
        now = _whole(after, here) if after else ""
        title = title_of_rule(one.key, one.before)
        lines.append(BehindLine(one.key if after else "", title, _whole(one.before, template), now, who=False))
    return lines


def _for_whom(template: Template) -> str:
    """Who a program is for, in one line."""
    return " · ".join(words for _depth, words, _head in _who(template.eligibility)) or _("everybody")


def _who(rules: Eligibility) -> list[tuple[int, str, bool]]:
    """The lines of *rules*; other programs by the names of the templates they came from."""
    return say_all(rules.rule, titles(()))


def _whole(rule: Requirement, template: Template) -> str:
    """Everything that a person can change about a rule, in words."""
    excused = ", ".join(str(REASONS[reason]).lower() for reason in REASONS if reason in rule.exceptions)
    parts = [say(rule, template), "" if rule.share else say_leads(rule)]
    parts += [_("Excused by: %(reasons)s.") % {"reasons": excused}] if excused else []
    parts += [_("Weight: %(weight)s.") % {"weight": WEIGHTS[rule.weight]}]
    return " ".join(part for part in parts if part)


def other_lines(before: Template, after: Template) -> list[tuple[str, Any, Any]]:
    """What differs besides the rules: what it is called, before and after where that is one word."""
    names = {
        "key": _("Template"),
        "title": _("Title"),
        "version": _("Version of the template"),
        "client_word": _("Word for the client"),
        "plan_word": _("Word for the plan"),
        "caseload_flag": _("Caseload flag"),
        "caseload_source": _("Source of the caseload flag"),
        "domains": _("Life domains"),
        "activities": _("Activities"),
        "contact_kinds": _("Kinds of contact"),
        "priority_rules": _("Who comes first"),
        "discharge_reasons": _("Discharge reasons"),
        "cosign_default": _("Co-sign"),
        "plan": _("What is asked of plans"),
        "eligibility": _("Who it is for"),
        "waitlist": _("The waitlist"),
        "re_entry_source": _("Source of the days for coming back"),
        "aftercare": _("Contacts after a discharge"),
        "way_out": _("What is asked of the way out"),
        "re_entry_days": _("Days in which somebody comes back without a new intake"),
    }
    return [(names.get(name, name), _shown(was), _shown(now)) for name, was, now in other_changes(before, after)]


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Source):
        return value.text
    if isinstance(value, tuple):
        return ", ".join(_one_shown(one) for one in value)
    return _section(value)


def _section(value: Any) -> str:
    """A section of a template in few words; anything else as it is."""
    match value:
        case PlanRules():
            return " ".join(plan_lines(value))
        case AftercareRules():
            return "; ".join(aftercare_lines(value)) or _("none")
        case WayOutRules():
            return " ".join(way_out_lines(value))
        case Waitlist():
            named = [str(title_of(one)) for one in value.first]
            return ", ".join([*named, *([_("%(n)s places") % {"n": value.places}] if value.places else [])])
        case Eligibility():
            return "; ".join(words for _depth, words, head in _who(value) if not head) or _("everybody")
    return str(value)


def _one_shown(one: Any) -> str:
    if not isinstance(one, str):
        return spoken(str(one.title))
    titles: dict[str, StrOrPromise] = {str(word): title for table in TITLES for word, title in table.items()}
    return str(titles.get(one, one))
