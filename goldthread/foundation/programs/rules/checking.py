"""What a template must be as a whole, when each of its parts is readable."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from goldthread.foundation.programs.enums import NEVER_EXCUSES, Clock, EventKind, Period
from goldthread.foundation.programs.rules.fields import Notes, unknown
from goldthread.foundation.programs.rules.problems import Path
from goldthread.foundation.programs.rules.template import Accepts, Requirement, Template

NO_EVIDENCE = frozenset(
    {
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.ACUITY,
        EventKind.INTERVAL,
        EventKind.EXCEPTION,
        EventKind.DISCHARGED,
    }
)
"""They move a clock; they meet nothing."""
NO_TRIGGER = frozenset({EventKind.PAUSED, EventKind.RESUMED, EventKind.ACUITY, EventKind.INTERVAL, EventKind.EXCEPTION})
MOST_REQUIREMENTS = 100
LONGEST_PERIOD = {Period.WEEK: 7, Period.MONTH: 31, Period.QUARTER: 92, Period.HALF_YEAR: 184, Period.YEAR: 366}


def check_template(template: Template, notes: Notes) -> None:
    """Note in *notes* what is wrong across the parts of *template*."""
    _once([kind.key for kind in template.contact_kinds], "contacts", notes)
    _once([reason.key for reason in template.discharge_reasons], "discharge_reasons", notes)
    _once([requirement.key for requirement in template.requirements], "requirements", notes)
    if len(template.requirements) > MOST_REQUIREMENTS:
        notes.wrong(("requirements",), _("A program has at most %(most)s rules.") % {"most": MOST_REQUIREMENTS})
    for number, requirement in enumerate(template.requirements):
        path: Path = ("requirements", number)
        _check_requirement(requirement, path, notes)
        _check_share(requirement, template, path, notes)


def _once(keys: Iterable[str], where: str, notes: Notes) -> None:
    seen: set[str] = set()
    for number, key in enumerate(keys):
        if key and key in seen:
            notes.wrong((where, number, "key"), _("“%(key)s” is the key of another one above.") % {"key": key})
        seen.add(key)


def _check_requirement(requirement: Requirement, path: Path, notes: Notes) -> None:
    if not requirement.accepts and requirement.share is None:
        notes.wrong(path, _("Say what meets it: “accepts” is missing."))
    for number, accepts in enumerate(requirement.accepts):
        _check_accepts(accepts, (*path, "accepts", number), notes)
    if requirement.trigger.kind in NO_TRIGGER:
        notes.wrong((*path, "trigger"), _("“%(kind)s” starts no clock.") % {"kind": requirement.trigger.kind})
    for reason in requirement.exceptions & NEVER_EXCUSES:
        notes.wrong((*path, "exceptions"), _("“%(reason)s” is no exception of any rule.") % {"reason": reason})
    _check_clock(requirement, path, notes)


def _check_accepts(accepts: Accepts, path: Path, notes: Notes) -> None:
    if accepts.kind in NO_EVIDENCE:
        notes.wrong(path, _("“%(kind)s” meets no rule.") % {"kind": accepts.kind})
    narrowed = accepts.modes or accepts.places or accepts.activities or accepts.minutes or accepts.attempted
    if narrowed and accepts.kind not in (EventKind.CONTACT, EventKind.ASSESSMENT, EventKind.MEETING):
        what = _("Mode, place, activity, minutes and attempted belong to a contact, an assessment or a meeting.")
        notes.wrong(path, what)


def _check_clock(requirement: Requirement, path: Path, notes: Notes) -> None:
    if requirement.clock is Clock.PERIOD:
        _check_period(requirement, path, notes)
        return
    for name, given in (("due_day", requirement.due_day), ("partial_periods", requirement.partial_periods)):
        if given:
            notes.wrong((*path, name), _("“%(name)s” belongs to a rule with “each”.") % {"name": name})
    if requirement.clock is Clock.LAST and requirement.offset and requirement.offset.before:
        notes.wrong((*path, "due"), _("The first of several cannot be due before the clock starts."))


def _check_period(requirement: Requirement, path: Path, notes: Notes) -> None:
    if requirement.offset is not None:
        notes.wrong(
            (*path, "due"), _("A rule for each period is due when the period ends: take out “due”, or use “due_day”.")
        )
    longest = LONGEST_PERIOD.get(requirement.period, 366) if requirement.period else 366
    if requirement.due_day and requirement.due_day > longest:
        notes.wrong((*path, "due_day"), _("The period has %(days)s days at most.") % {"days": longest})


def _check_share(requirement: Requirement, template: Template, path: Path, notes: Notes) -> None:
    share = requirement.share
    if share is None:
        return
    others = [one.key for one in template.requirements if one.share is None]
    if share.of not in others:
        what = unknown(share.of, others, _("There is no rule “%(word)s” to take a share of."))
        notes.wrong((*path, "share", "of"), what)
        return
    counted = template.requirement(share.of)
    if share.accepts is None and counted and counted.clock is not Clock.PERIOD:
        what = _("Say which of them count (“accepts”): “%(of)s” has no periods of which some could be met.")
        notes.wrong((*path, "share"), what % {"of": share.of})
    if requirement.accepts:
        notes.wrong((*path, "accepts"), _("What counts for a share stands inside “share”."))
