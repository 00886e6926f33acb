"""The forms of the programs."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.programs.fields import TextFileField
from goldthread.doors.web.settings.forms import SettingsForm, day
from goldthread.foundation.agency.models import Team
from goldthread.foundation.agency.queries import open_teams
from goldthread.foundation.lib.errors import FieldConflict
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.programs.rules.deviations import Deviation
from goldthread.foundation.programs.rules.loosening import loosened, piece, title_of
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.foundation.workforce.queries import holders

OWN = ""
"""The choice of a template of one's own, from a file."""


def template_choices() -> list[tuple[str, Any]]:
    """The shipped templates by title, and a file of one's own."""
    named = sorted(((spoken(template.title), key) for key, template in shipped().items()))
    return [*((key, title) for title, key in named), (OWN, _("A file of our own"))]


class NewProgramForm(SettingsForm):
    template = forms.ChoiceField(label=_("Template"), choices=template_choices, required=False)
    file = TextFileField(label=_("File"), required=False, help_text=_("Only for a file of your own."))
    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As your agency calls it."))
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team yet")
    )
    opened_on = day(_("Open from"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = today
        _offer_teams(self, today)


class ProgramForm(SettingsForm):
    name = forms.CharField(label=_("Name"), max_length=120)
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("No team yet")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_teams(self, today)


class CloseForm(SettingsForm):
    closed_on = day(_("Closed from"))


def _offer_teams(form: SettingsForm, today: date) -> None:
    teams = Team.objects.filter(pk__in=[team.pk for team in open_teams(today)]).order_by("name")
    form.fields["team"].queryset = teams  # type: ignore[attr-defined]  # a ModelChoiceField has it


class ChangeForm(SettingsForm):
    """What every change of rules asks: from when, why, and who answers for asking less than the source does."""

    in_force_from = day(_("In force from"))
    reason = forms.CharField(label=_("Why"), max_length=300, required=False)
    deviation_by = forms.ModelChoiceField(
        label=_("Administrator who answers for it"),
        queryset=Staff.objects.none(),
        required=False,
        empty_label=_("Nobody"),
    )
    deviation_reason = forms.CharField(
        label=_("Why it may ask for less"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.fields["in_force_from"].initial = today
        administrators = holders(Role.ADMINISTRATOR, today)
        self.fields["deviation_by"].queryset = administrators  # type: ignore[attr-defined]  # a ModelChoiceField has it

    def differences(self) -> list[tuple[Any, FieldConflict]]:
        """Each rule that somebody else changed meanwhile, by its title."""
        return [(self._title(conflict.field), conflict) for conflict in self.conflicts]

    def _title(self, key: str) -> str:
        return title_of(key, self.template.requirement(key))

    def deviations(self, source: Template, after: Template) -> list[Deviation]:
        """Who answers, by what was sent, for what asks for less in *after* than in *source*. What this change does not touch keeps whom
        it has."""
        who, why = self.cleaned_data["deviation_by"], self.cleaned_data["deviation_reason"]
        if not who or not why.strip():
            return []
        touched = [one for one in loosened(source, after) if piece(self.template, one.key) != one.after]
        return [Deviation(one.key, why, str(who.pk), who.name) for one in touched]

    def refuse_problems(self, error: TemplateError, field: str | None = None) -> None:
        """Show every mistake of a template."""
        refuse_problems(self, error, field)


class UploadForm(ChangeForm):
    file = TextFileField(label=_("File"))
    field_order = ("file", "in_force_from", "reason", "deviation_by", "deviation_reason")


def refuse_problems(form: forms.Form, error: TemplateError, field: str | None) -> None:
    """Show every mistake of a template at *field* of *form*, or above it."""
    for problem in error.problems:
        line = (
            _("Line %(line)s: %(what)s") % {"line": problem.line, "what": problem.what}
            if problem.line
            else problem.what
        )
        form.add_error(field, line)
