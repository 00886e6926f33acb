"""The forms of a task and of what was done elsewhere."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.tasks.actions.elsewhere import KINDS
from goldthread.doors.web.clients.forms.base import RecordForm, choice, text
from goldthread.doors.web.day.words import KIND_WORDS, REASONS
from goldthread.doors.web.settings.forms import day
from goldthread.foundation.agency.models import Team
from goldthread.foundation.programs.enums import Acuity
from goldthread.foundation.workforce.models import Staff

REPEATS = (
    ("", _("Once")),
    ("1 weeks", _("Every week")),
    ("2 weeks", _("Every 2 weeks")),
    ("1 months", _("Every month")),
    ("3 months", _("Every 3 months")),
    ("1 years", _("Every year")),
)
ACUITIES = ((Acuity.HIGH, _("High")), (Acuity.MEDIUM, _("Medium")), (Acuity.LOW, _("Low")))


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

    reason = choice(_("Why"), [(one.value, words) for one, words in REASONS.items()], required=True)
    on = day(_("On which day"))
    note = text(_("In a few words"), limit=1000)


class PutOffForm(RecordForm):
    until = day(_("Until"))


class GiveForm(RecordForm):
    to = forms.ModelChoiceField(label=_("To"), queryset=Staff.objects.none(), empty_label=None)

    def __init__(self, *args: Any, staff: QuerySet[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = staff


class EpisodeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """Episodes by the name of their program."""

    def label_from_instance(self, obj: Any) -> str:
        """Django's hook."""
        return str(obj.program.name)


class ElsewhereForm(RecordForm):
    """What was done where Goldthread has no page for it yet."""

    kind = choice(_("What"), [(kind.value, KIND_WORDS[kind]) for kind in KINDS], required=True)
    episode = EpisodeField(label=_("In the program"), queryset=Episode.objects.none(), empty_label=None)
    done_on = day(_("When"))
    name = choice(_("Which one"), [])
    level = choice(_("Level"), ACUITIES)
    who = text(_("Who did it"), limit=200)
    where = text(_("Where the paper is"), limit=200, hint=_("A cabinet, a folder, another system."))
    note = text(_("Note"), limit=1000)

    def __init__(
        self, *args: Any, episodes: QuerySet[Episode], names: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        episode, name = self.fields["episode"], self.fields["name"]
        assert isinstance(episode, forms.ModelChoiceField)
        assert isinstance(name, forms.ChoiceField)
        episode.queryset = episodes
        name.choices = [("", "—"), *names]


def first_of(today: date) -> dict[str, str]:
    """What date fields start with."""
    return {"done_on": today.isoformat(), "on": today.isoformat()}
