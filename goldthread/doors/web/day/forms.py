"""The forms of a task and of what was done elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.elsewhere import KINDS
from goldthread.casework.tasks.rules.nouns import span_words
from goldthread.doors.web.clients.forms.base import RecordForm, choice, text
from goldthread.doors.web.day.words import KIND_WORDS, REASONS
from goldthread.doors.web.settings.forms import day
from goldthread.foundation.agency.models import Team
from goldthread.foundation.programs.enums import Acuity, EventKind
from goldthread.foundation.programs.rules.spans import read_span
from goldthread.foundation.workforce.models import Staff

REPEATS = (
    ("", _("Once")),
    ("1 weeks", _("Every week")),
    ("2 weeks", _("Every 2 weeks")),
    ("1 months", _("Every month")),
    ("3 months", _("Every 3 months")),
    ("1 years", _("Every year")),
)
ASKED_AGAIN = timedelta(days=14)
"""How long an exception is proposed to last: what is excused without an end is on nobody's list."""
OFTEN = ("1 week", "2 weeks", "3 weeks", "30 days", "1 month", "2 months", "90 days", "3 months", "6 months")
"""How often a plan may say, as ``read_span`` reads it."""
ACUITIES = ((Acuity.HIGH, _("High")), (Acuity.MEDIUM, _("Medium")), (Acuity.LOW, _("Low")))

NOT_CHOSEN = ("", "—")
"""What a required menu begins with: nobody signs a reason, a colleague or a kind that they have not chosen."""


class TaskForm(RecordForm):
    """A task that a person makes."""

    title = text(_("What is to be done"), required=True, limit=200)
    due_on = day(_("Due"), required=False)
    owner = forms.ModelChoiceField(label=_("Whose"), queryset=Staff.objects.none(), required=False, empty_label=None)
    team = forms.ModelChoiceField(
        label=_("Or for a whole team"), queryset=Team.objects.none(), required=False, empty_label="—"
    )
    repeat = choice(_("Again"), REPEATS[1:])
    note = text(_("Note"), limit=1000)

    def __init__(self, *args: Any, staff: QuerySet[Staff], teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("owner", staff)
        self._choose("team", teams)

    def _choose(self, name: str, among: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = among


class DoneForm(RecordForm):
    done_on = day(_("Done on"))
    note = text(_("Note"), limit=1000)


class CannotForm(RecordForm):
    """Why it could not be done."""

    reason = choice(_("Why"), [NOT_CHOSEN, *((one.value, words) for one, words in REASONS.items())], required=True)
    on = day(_("On which day"))
    until = day(
        _("Until when"), _("The day after, it is asked for again. Empty: it will not be done any more."), required=False
    )
    note = text(_("In a few words"), limit=1000)

    def __init__(self, *args: Any, once: bool, **kwargs: Any) -> None:
        """*once*: what is asked once comes back when the reason is over; what comes again and again does so anyway."""
        super().__init__(*args, **kwargs)
        if not once:
            del self.fields["until"]


class PutOffForm(RecordForm):
    """*first* and *last*: the days between which the browser lets one choose; the rule says the same again."""

    until = day(_("Until"))

    def __init__(self, *args: Any, first: date, last: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"min": first.isoformat()} | ({"max": last.isoformat()} if last else {})
        self.fields["until"].widget.attrs |= limits


class GiveForm(RecordForm):
    to = forms.ModelChoiceField(label=_("To"), queryset=Staff.objects.none(), empty_label="—")

    def __init__(self, *args: Any, staff: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff


@dataclass(frozen=True, slots=True)
class Asked:
    """What the rules of the client's programs ask for beyond a kind and a day."""

    names: Sequence[tuple[str, str]] = ()
    """Which assessments, hearings, meetings and papers they ask for by name."""
    rules: Sequence[tuple[str, str]] = ()
    """The rules of which the plan says how often: key and title."""
    acuity: bool = False
    hours: bool = False
    """Does one of them count in hours?"""

    @property
    def left_out(self) -> set[EventKind]:
        """Kinds that would change nothing here."""
        return {
            kind for kind, there in ((EventKind.INTERVAL, self.rules), (EventKind.ACUITY, self.acuity)) if not there
        }


class EpisodeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Episodes by the name of their program."""

    def label_from_instance(self, obj: Any) -> str:
        """Django's hook."""
        return str(obj.program.name)


class ElsewhereForm(RecordForm):
    """What was done where Goldthread has no page for it yet."""

    kind = choice(_("What"), [NOT_CHOSEN, *((kind.value, KIND_WORDS[kind]) for kind in KINDS)], required=True)
    episode = EpisodeField(label=_("In the program"), queryset=Episode.objects.none(), empty_label=None)
    done_on = day(_("When"))
    name = choice(_("Which one"), [])
    done_time = forms.TimeField(
        label=_("At what time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    level = choice(_("Level"), ACUITIES)
    rule = choice(_("What the plan says"), [])
    every = choice(_("How often"), [])
    who = text(_("Who did it"), limit=200)
    where = text(_("Where the paper is"), limit=200, hint=_("A cabinet, a folder, another system."))
    note = text(_("Note"), limit=1000)

    def __init__(self, *args: Any, episodes: QuerySet[Episode], asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        episode = self.fields["episode"]
        assert isinstance(episode, forms.ModelChoiceField)
        episode.queryset = episodes
        self._offer("kind", [(kind.value, KIND_WORDS[kind]) for kind in KINDS if kind not in asked.left_out])
        self._offer("name", [("", "—"), *asked.names])
        self._offer("rule", [("", "—"), *asked.rules])
        self._offer("every", [("", "—"), *((span, _in_words(span)) for span in OFTEN)])
        for name, wanted in (("name", asked.names), ("rule", asked.rules), ("every", asked.rules)):
            if not wanted:
                del self.fields[name]
        if not asked.hours:
            del self.fields["done_time"]
        if EventKind.ACUITY in asked.left_out:
            del self.fields["level"]

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def details(self) -> dict[str, str]:
        """The level, or how often the plan says; of other kinds nothing."""
        said = self.cleaned_data
        wanted = {EventKind.ACUITY: {"level": "level"}, EventKind.INTERVAL: {"requirement": "rule", "every": "every"}}
        return {name: said.get(field, "") for name, field in wanted.get(EventKind(said["kind"]), {}).items()}


def _in_words(span: str) -> str:
    """*2 weeks*, in the reader's language."""
    read = read_span(span)
    return span_words(read.count, str(read.unit))


def first_of(today: date) -> dict[str, str]:
    """What date fields start with."""
    asked_again = today + ASKED_AGAIN
    return {"done_on": today.isoformat(), "on": today.isoformat(), "until": asked_again.isoformat()}
