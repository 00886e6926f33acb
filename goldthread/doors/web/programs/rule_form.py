"""One rule as a sentence with blanks: a form made from a requirement, and the requirement made from what was filled in."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from goldthread.doors.web.programs.fields import SpanField
from goldthread.doors.web.programs.forms import ChangeForm
from goldthread.foundation.programs.enums import (
    NEVER_EXCUSES,
    Acuity,
    Clock,
    EventKind,
    Mode,
    Period,
    Reason,
    Unit,
    Weight,
)
from goldthread.foundation.programs.rules import titles
from goldthread.foundation.programs.rules.checking import NO_EVIDENCE, NO_TRIGGER
from goldthread.foundation.programs.rules.fields import LONGEST_KEY
from goldthread.foundation.programs.rules.reading import from_content
from goldthread.foundation.programs.rules.reading_requirements import JUDGEMENT_WORD
from goldthread.foundation.programs.rules.template import (
    JUDGEMENT,
    Accepts,
    Interval,
    Requirement,
    Span,
    Template,
    Trigger,
)
from goldthread.foundation.programs.rules.titles import choices
from goldthread.foundation.programs.rules.words import kind_words
from goldthread.foundation.programs.rules.writing import requirement_content, to_content

KEEP = "as-it-is"
"""The choice of a trigger that a list cannot say (an age, a day of the year, a special event): it stays."""
WHEN = ("due", "every", "each", "due_day", "trigger")
WHAT = ("kind", "mode", "place", "seen", "activity", "least_minutes", "name")
BLANKS = {"trigger", "each", "due_day", "direction"}
"""They stand inside a sentence: their label is heard, not seen."""
NEW = Requirement(
    key="",
    title="",
    weight=Weight.OTHER,
    clock=Clock.LAST,
    trigger=Trigger(EventKind.ENROLLED),
    accepts=(Accepts(EventKind.CONTACT, modes=frozenset({Mode.IN_PERSON})),),
    source=JUDGEMENT,
    interval=Interval(Span(30, Unit.DAYS)),
)
"""What a new rule begins as."""


def several(label: Any, options: list[tuple[str, Any]]) -> forms.MultipleChoiceField:
    """Several of *options*, as chips; none is any."""
    return forms.MultipleChoiceField(
        label=label,
        choices=options,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any."),
    )


def kinds(without: frozenset[EventKind]) -> list[tuple[str, Any]]:
    """Kinds of events as they stand inside a sentence."""
    return [(str(kind), kind_words(kind)) for kind in EventKind if kind not in without]


class RuleForm(ChangeForm):
    """A rule. Fields that it has no use for are taken out."""

    title = forms.CharField(label=_("What it is called"), max_length=120)
    clock = forms.ChoiceField(
        label=_("Clock"),
        choices=[(Clock.TRIGGER, _("once")), (Clock.LAST, _("again and again")), (Clock.PERIOD, _("in each period"))],
        widget=forms.RadioSelect,
    )
    due = SpanField(_("How long"))
    direction = forms.ChoiceField(
        label=_("Before or after"), choices=[("after", _("within, after")), ("before", _("at least, before"))]
    )
    trigger = forms.ChoiceField(label=_("What starts the clock"), choices=[])
    every = SpanField(_("How often"))
    first = SpanField(_("The first within"))
    high = SpanField(_("High acuity"))
    medium = SpanField(_("Medium acuity"))
    low = SpanField(_("Low acuity"))
    from_plan = forms.BooleanField(label=_("As often as the plan says, where it says so"), required=False)
    each = forms.ChoiceField(label=_("Period"), choices=choices(titles.PERIODS))
    due_day = forms.IntegerField(label=_("By its day"), min_value=1, max_value=366, required=False)
    kind = forms.ChoiceField(label=_("What happens"), choices=[])
    mode = several(_("How"), choices(titles.MODES))
    place = several(_("Where"), choices(titles.PLACES))
    seen = several(_("Who was there"), choices(titles.SEEN))
    activity = several(_("What was done"), choices(titles.ACTIVITIES))
    least_minutes = forms.IntegerField(label=_("At least minutes"), min_value=0, max_value=1440, required=False)
    name = forms.SlugField(
        label=_("Which one"), max_length=60, required=False, help_text=_("As comprehensive, or permanency.")
    )
    runs_on = forms.BooleanField(
        label=_("The clock goes on through a pause"),
        required=False,
        help_text=_("for what the law asks of everybody, in the hospital or away, too"),
    )
    percent = forms.IntegerField(label=_("Percent"), min_value=1, max_value=100)
    remind = SpanField(_("Remind before"), required=True)
    escalate = SpanField(_("Tell the supervisor after"), required=True)
    grace = SpanField(_("May be put off by"))
    weight = forms.ChoiceField(label=pgettext_lazy("of a rule", "Weight"), choices=choices(titles.WEIGHTS))
    exceptions = forms.MultipleChoiceField(
        label=_("What excuses it"),
        choices=[pair for pair in choices(titles.REASONS) if Reason(pair[0]) not in NEVER_EXCUSES],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each needs a note. None chosen: nothing does."),
    )
    source_text = forms.CharField(
        label=_("Where it comes from"), max_length=300, required=False, help_text=_("Empty: your own judgement.")
    )
    remove = forms.BooleanField(label=_("Take this rule out"), required=False)

    def __init__(self, *args: Any, requirement: Requirement, **kwargs: Any) -> None:
        self.requirement = requirement
        super().__init__(*args, initial={**initial_of(requirement), **kwargs.pop("initial", {})}, **kwargs)
        self.is_new = not requirement.key
        self.fields["kind"].choices = kinds(NO_EVIDENCE)  # type: ignore[attr-defined]  # a ChoiceField has it
        special = [(KEEP, _("as it is"))] if _special(requirement.trigger) else []
        self.fields["trigger"].choices = [*special, *kinds(NO_TRIGGER)]  # type: ignore[attr-defined]  # a ChoiceField has it
        for name in self._without():
            del self.fields[name]
        for name in BLANKS & self.fields.keys():
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def _without(self) -> list[str]:
        rule = self.requirement
        gone = ["remove"] if self.is_new else ["source_text"]
        if rule.share is not None:
            return [
                *gone,
                "clock",
                "direction",
                "first",
                "high",
                "medium",
                "low",
                "from_plan",
                "grace",
                "runs_on",
                *WHEN,
                *WHAT,
            ]
        return [*gone, "percent", *([] if len(rule.accepts) == 1 else WHAT)]

    @property
    def acuity_given(self) -> bool:
        """Is the rule one by acuity? Then its levels are shown open."""
        interval = self.requirement.interval
        return bool(interval and (interval.by_acuity or interval.from_plan))

    def changed(self, template: Template) -> Template:
        """*template* with this rule as it was filled in. TemplateError when the rule cannot be so."""
        content = to_content(template)
        rules = content["requirements"]
        if self.is_new:
            rules.append(self._content())
        elif self.cleaned_data["remove"]:
            content["requirements"] = [one for one in rules if one["key"] != self.requirement.key]
        else:
            content["requirements"] = [self._content() if one["key"] == self.requirement.key else one for one in rules]
        return from_content(content)

    def _content(self) -> dict[str, Any]:
        said = self.cleaned_data
        content = requirement_content(self.requirement)
        content |= {name: said[name] for name in ("title", "weight", "remind", "escalate", "exceptions")}
        if self.is_new:
            content["key"] = slugify(said["title"])[:LONGEST_KEY].strip("-")
            content["source"] = said["source_text"] or JUDGEMENT_WORD
        if self.requirement.share is not None:
            content["share"] = {**content["share"], "percent": said["percent"]}
            return _kept(content)
        content["grace"] = said["grace"]
        content["pauses"] = not said["runs_on"]
        if "kind" in said:
            content["accepts"] = [_accepts(said, content["accepts"][0])]
        return _kept({**_without_clock(content), **_when(said, content)})


def _special(trigger: Trigger) -> bool:
    return trigger.kind is None or trigger.match is not None


def _kept(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value not in (None, "", [], {})}


def _without_clock(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in WHEN}


def _when(said: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """What the filled-in sentence says about the clock."""
    when = {"trigger": content.get("trigger") if said["trigger"] == KEEP else said["trigger"]}
    if said["clock"] == Clock.TRIGGER:
        before = " before" if said["direction"] == "before" else ""
        return {**when, "due": f"{said['due']}{before}" if said["due"] else "", "partial_periods": None}
    if said["clock"] == Clock.PERIOD:
        return {**when, "each": said["each"], "due_day": said["due_day"]}
    levels = {str(level): said[level] for level in Acuity if said[level]}
    every: Any = said["every"]
    if levels or said["from_plan"]:
        every = _kept({"span": every, "by_acuity": levels}) | ({"from_plan": True} if said["from_plan"] else {})
    return {**when, "every": every, "due": said["first"], "partial_periods": None}


def _accepts(said: dict[str, Any], before: Any) -> dict[str, Any]:
    """What counts. That a try counts stays as it was: the file says it."""
    attempted = before.get("attempted", False) if isinstance(before, dict) else False
    values = {name: said[name] for name in ("kind", "mode", "place", "seen", "activity", "name")}
    values["minutes"] = said["least_minutes"] or None
    return _kept({**values, "attempted": attempted or None})


def initial_of(rule: Requirement) -> dict[str, Any]:
    """The blanks as *rule* fills them."""
    values: dict[str, Any] = {
        "title": rule.title,
        "weight": str(rule.weight),
        "clock": str(rule.clock),
        "trigger": KEEP if _special(rule.trigger) else str(rule.trigger.kind),
        "due": rule.offset if rule.clock is Clock.TRIGGER else None,
        "direction": "before" if rule.offset and rule.offset.before else "after",
        "first": rule.offset if rule.clock is Clock.LAST else None,
        "each": str(rule.period or Period.MONTH),
        "due_day": rule.due_day,
        "runs_on": not rule.only_pauses,
        "remind": rule.remind,
        "escalate": rule.escalate,
        "grace": rule.grace,
        "exceptions": [str(reason) for reason in rule.exceptions],
        "percent": rule.share.percent if rule.share else None,
    }
    return {**values, **_initial_interval(rule.interval), **_initial_accepts(rule.accepts)}


def _initial_interval(interval: Interval | None) -> dict[str, Any]:
    if interval is None:
        return {}
    levels = {str(level): span for level, span in interval.by_acuity.items()}
    return {"every": interval.span, "from_plan": interval.from_plan, **levels}


def _initial_accepts(accepts: tuple[Accepts, ...]) -> dict[str, Any]:
    if len(accepts) != 1:
        return {}
    one = accepts[0]
    return {
        "kind": str(one.kind),
        "mode": [str(word) for word in one.modes],
        "place": [str(word) for word in one.places],
        "seen": [str(word) for word in one.seen],
        "activity": [str(word) for word in one.activities],
        "least_minutes": one.minutes or None,
        "name": one.name,
    }
