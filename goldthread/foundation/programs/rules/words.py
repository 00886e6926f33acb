"""A rule said as a sentence, in the reader's language."""

from collections.abc import Iterable

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.enums import Acuity, Clock, EventKind, Mode, Period, Place, Seen, Unit
from goldthread.foundation.programs.rules.template import Accepts, Interval, Requirement, Share, Span, Template, Trigger
from goldthread.foundation.programs.rules.titles import ACTIVITIES, ACUITIES


def say(requirement: Requirement, template: Template | None = None) -> str:
    """What *requirement* asks for. *template* gives the title of the rule that a share is of."""
    if requirement.share is not None:
        return _say_share(requirement.share, template)
    parts = {"what": any_of(requirement.accepts), "when": _when(requirement)}
    if requirement.at_least > 1:
        text = _("%(what)s, at least %(times)s times, %(when)s.") % {**parts, "times": requirement.at_least}
    else:
        text = _("%(what)s, %(when)s.") % parts
    text = text[:1].upper() + text[1:]
    said = [text]
    if requirement.each_member:
        said.append(_("For each member of the household."))
    if not requirement.only_pauses:
        said.append(_("The clock goes on through a pause."))
    return " ".join(said)


def say_leads(requirement: Requirement) -> str:
    """When its owner is reminded and the supervisor told."""
    values = {"remind": span(requirement.remind), "escalate": span(requirement.escalate)}
    return _("Remind %(remind)s before, tell the supervisor %(escalate)s after.") % values


def span(length: Span) -> str:
    """A length of time: *30 days*."""
    count = length.count
    texts = {
        Unit.HOURS: ngettext("%(count)d hour", "%(count)d hours", count),
        Unit.DAYS: ngettext("%(count)d day", "%(count)d days", count),
        Unit.BUSINESS_DAYS: ngettext("%(count)d business day", "%(count)d business days", count),
        Unit.WEEKS: ngettext("%(count)d week", "%(count)d weeks", count),
        Unit.MONTHS: ngettext("%(count)d month", "%(count)d months", count),
        Unit.YEARS: ngettext("%(count)d year", "%(count)d years", count),
    }
    return texts[length.unit] % {"count": count}


def any_of(accepts: Iterable[Accepts]) -> str:
    """What counts: *a contact in person, with the client; or a hearing*."""
    return _("; or ").join(_what(one) for one in accepts)


def _what(accepts: Accepts) -> str:
    parts = [kind_words(accepts.kind)]
    if accepts.modes:
        parts[0] += " " + _any(_mode_words()[mode] for mode in Mode if mode in accepts.modes)
    if accepts.places:
        parts.append(_any(_place_words()[place] for place in Place if place in accepts.places))
    if accepts.seen:
        parts.append(_("with %(whom)s") % {"whom": _all(_seen_words()[seen] for seen in Seen if seen in accepts.seen)})
    if accepts.activities:
        done = _any(str(ACTIVITIES[activity]).lower() for activity in ACTIVITIES if activity in accepts.activities)
        parts.append(_("for %(activities)s") % {"activities": done})
    if accepts.minutes:
        many = ngettext("at least %(count)d minute", "at least %(count)d minutes", accepts.minutes)
        parts.append(many % {"count": accepts.minutes})
    if accepts.name:
        parts.append(_("called “%(name)s”") % {"name": accepts.name})
    if accepts.attempted:
        parts.append(_("tries count"))
    return ", ".join(parts)


def _any(words: Iterable[str]) -> str:
    return _(" or ").join(words)


def _all(words: Iterable[str]) -> str:
    return _(" and ").join(words)


def kind_words(kind: EventKind) -> str:
    """A kind of event inside a sentence."""
    texts = {
        EventKind.ENROLLED: _("the enrollment"),
        EventKind.REFERRED: _("the referral"),
        EventKind.CONSENTED: _("a consent"),
        EventKind.ELIGIBLE: _("the finding of eligibility"),
        EventKind.DISCHARGED: _("the discharge"),
        EventKind.CONTACT: _("a contact"),
        EventKind.ASSESSMENT: _("an assessment"),
        EventKind.PLAN_SIGNED: _("a signed plan"),
        EventKind.PLAN_REVIEW: _("a review of the plan"),
        EventKind.HEARING: _("a hearing"),
        EventKind.INCIDENT: _("an incident"),
        EventKind.SUPERVISION: _("a supervision"),
        EventKind.HOSPITAL_ADMISSION: _("an admission to a hospital"),
        EventKind.HOSPITAL_DISCHARGE: _("leaving the hospital"),
        EventKind.SERVICES_STARTED: _("the start of services"),
        EventKind.MEETING: _("a meeting"),
        EventKind.DOCUMENT: _("a document"),
    }
    return texts.get(kind, str(kind))


def _mode_words() -> dict[Mode, str]:
    return {
        Mode.IN_PERSON: pgettext("how", "in person"),
        Mode.PHONE: pgettext("how", "by phone"),
        Mode.VIDEO: pgettext("how", "by video"),
        Mode.TEXT: pgettext("how", "by text message"),
        Mode.EMAIL: pgettext("how", "by email"),
        Mode.LETTER: pgettext("how", "by letter"),
    }


def _place_words() -> dict[Place, str]:
    return {
        Place.RESIDENCE: _("where they live"),
        Place.OFFICE: _("at the office"),
        Place.SCHOOL: _("at school"),
        Place.DAY_SUPPORT: _("at a day support"),
        Place.WORK: _("at work"),
        Place.SHELTER: _("at a shelter"),
        Place.CLINIC: _("at a clinic"),
        Place.HOSPITAL: _("in a hospital"),
        Place.JAIL: _("in jail"),
        Place.COURT: _("at court"),
        Place.STREET: _("on the street"),
        Place.COMMUNITY: _("in the community"),
    }


def _seen_words() -> dict[Seen, str]:
    return {
        Seen.CLIENT: _("the client"),
        Seen.CAREGIVER: _("a caregiver"),
        Seen.PARENT: _("a parent"),
        Seen.FOSTER_PARENT: _("a foster parent"),
        Seen.GUARDIAN: _("a guardian"),
        Seen.FAMILY: _("family"),
        Seen.PROVIDER: _("a provider"),
        Seen.TEACHER: _("a teacher"),
        Seen.EMPLOYER: _("an employer"),
        Seen.PROBATION_OFFICER: _("a probation officer"),
        Seen.NATURAL_SUPPORT: _("a friend or neighbor"),
        Seen.OTHER: _("somebody else"),
    }


def _when(requirement: Requirement) -> str:
    if requirement.clock is Clock.PERIOD and requirement.period:
        return _each(requirement.period, requirement.due_day)
    if requirement.clock is Clock.LAST and requirement.interval:
        return _again(requirement, requirement.interval)
    return _once(requirement)


def _each(period: Period, due_day: int | None) -> str:
    texts = {
        Period.WEEK: _("in each week"),
        Period.MONTH: _("in each calendar month"),
        Period.QUARTER: _("in each quarter of the year"),
        Period.HALF_YEAR: _("in each half of the year"),
        Period.YEAR: _("in each calendar year"),
    }
    if due_day:
        return _("%(each)s, by its day %(day)s") % {"each": texts[period], "day": due_day}
    return texts[period]


def _again(requirement: Requirement, interval: Interval) -> str:
    parts = [how_often(interval), _("clock from the last one")]
    if requirement.offset:
        parts.append(_("the first %(when)s") % {"when": _once(requirement)})
    elif requirement.trigger != Trigger():
        parts.append(_("the first time from %(trigger)s") % {"trigger": start(requirement.trigger)})
    return ", ".join(parts)


def how_often(interval: Interval) -> str:
    """*every 30 days*, or by whom it is set."""
    said = [_("every %(span)s") % {"span": span(interval.span)}] if interval.span else []
    if interval.by_acuity:
        levels = [f"{span(length)} ({ACUITIES[level]})" for level, length in _by_level(interval)]
        said = [_("by acuity every %(levels)s") % {"levels": ", ".join(levels)}, *(_else(one) for one in said)]
    if interval.from_plan:
        said = [_("as often as the plan says"), *(_else(one) for one in said[-1:])]
    return ", ".join(said)


def _by_level(interval: Interval) -> list[tuple[Acuity, Span]]:
    return [(level, interval.by_acuity[level]) for level in Acuity if level in interval.by_acuity]


def _else(said: str) -> str:
    return said if said.startswith(_("else ")) else _("else ") + said


def _once(requirement: Requirement) -> str:
    trigger = start(requirement.trigger)
    length = requirement.offset or Span(0, Unit.DAYS)
    if length.before:
        text = _("at least %(span)s before %(trigger)s")
    elif length.count:
        text = _("within %(span)s of %(trigger)s")
    else:
        text = _("no later than the day of %(trigger)s")
    said = text % {"span": span(length), "trigger": trigger}
    if requirement.earliest:
        said += ", " + _("not sooner than %(span)s before") % {"span": span(requirement.earliest)}
    return said


def start(trigger: Trigger) -> str:
    """What starts the clock."""
    if trigger.age:
        return _("their age of %(span)s") % {"span": span(trigger.age)}
    if trigger.birthday:
        return _("each birthday")
    if trigger.month and trigger.day:
        return _("%(month)s %(day)s of each year") % {"month": MONTHS[trigger.month], "day": trigger.day}
    return _what(trigger.match) if trigger.match else kind_words(trigger.kind or EventKind.ENROLLED)


def _say_share(share: Share, template: Template | None) -> str:
    counted = template.requirement(share.of) if template else None
    values = {
        "percent": share.percent,
        "of": spoken(counted.title) if counted else share.of,
        "window": span(Span(share.window_months, Unit.MONTHS)),
        "what": any_of([share.accepts]) if share.accepts else "",
    }
    if share.accepts is None:
        text = _("At least %(percent)s %% of the periods of “%(of)s” met, over %(window)s.")
    else:
        text = _("At least %(percent)s %% of what counts for “%(of)s” is %(what)s; over %(window)s.")
    whose = (
        _("The rate is that of the whole agency.") if share.whose == "agency" else _("The rate is that of each client.")
    )
    return f"{text % values} {whose}"
