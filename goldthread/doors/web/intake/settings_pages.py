"""Settings of intake: who answers, the emergency numbers, and which programs have a public page. No client's content."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldthread.access.acts import Act
from goldthread.casework.intake.actions.doors import edit_door, edit_settings
from goldthread.casework.intake.models import IntakeSettings, PublicDoor
from goldthread.casework.intake.queries.doors import numbers_of, the_settings
from goldthread.doors.web.entry import StaffRequest, staff_page
from goldthread.doors.web.settings.forms import SettingsForm
from goldthread.doors.web.settings.saving import done, form_page, saved, sent
from goldthread.foundation.agency.queries import open_teams
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.queries import open_programs


class IntakeForm(SettingsForm):
    team = forms.ChoiceField(
        label=gettext_lazy("Who answers inquiries"),
        required=False,
        help_text=gettext_lazy("Protected programs are answered by their own teams."),
    )
    numbers = forms.CharField(
        label=gettext_lazy("Emergency numbers of the public pages"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=gettext_lazy("One a line: number | words in English | words in Spanish"),
    )

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("The team of the program")), *teams]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_numbers(self) -> list[dict[str, str]]:
        """The lines as they are kept."""
        found = []
        for line in self.cleaned_data["numbers"].splitlines():
            parts = [part.strip() for part in line.split("|")]
            if not any(parts):
                continue
            if len(parts) != 3 or not all(parts) or not any(letter.isdigit() for letter in parts[0]):
                raise ValidationError(_("“%(line)s”: write number | English | Spanish.") % {"line": line[:60]})
            found.append(dict(zip(("number", "en", "es"), (part[:160] for part in parts), strict=True)))
        if not found:
            raise ValidationError(_("At least one number stands on every public page."))
        return found


class DoorForm(SettingsForm):
    open = forms.BooleanField(label=gettext_lazy("Anybody can ask on a public page"), required=False)
    words_en = forms.CharField(
        label=gettext_lazy("What the program is, in English"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    words_es = forms.CharField(
        label=gettext_lazy("What the program is, in Spanish"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4", "lang": "es"}),
    )


def _version() -> int:
    row = IntakeSettings.objects.first()
    return row.version if row else 0


@staff_page(Act.MANAGE_PROGRAMS)
def overview(request: StaffRequest) -> HttpResponse:
    """Which programs have a public page, with its address."""
    doors = {door.program_id: door for door in PublicDoor.objects.all()}
    rows = [(program, doors.get(program.pk)) for program in open_programs(request.viewer.today)]
    settings = the_settings()
    context = {"rows": rows, "settings": settings, "numbers": numbers_of(settings)}
    return render(request, "intake/settings.html", context)


@staff_page(Act.MANAGE_PROGRAMS)
def answering(request: StaffRequest) -> HttpResponse:
    """Who answers, and the emergency numbers."""
    settings = the_settings()
    teams = {str(team.pk): team for team in open_teams(request.viewer.today)}
    lines = "\n".join(f"{one['number']} | {one['en']} | {one['es']}" for one in numbers_of(settings))
    initial = {"team": str(settings.team_id or ""), "numbers": lines, "version": _version()}
    form = IntakeForm(sent(request), teams=[(key, team.name) for key, team in teams.items()], initial=initial)
    if saved(
        form,
        lambda: edit_settings(
            values={"team": teams.get(form.values["team"]), "numbers": form.values["numbers"]},
            version=form.version_seen,
            by=request.viewer.actor,
        ),
        _version,
    ):
        return done(request, _("Saved."), "intake:settings")
    return form_page(request, form, title=_("Who answers"), button=_("Save"), back="intake:settings")


@staff_page(Act.MANAGE_PROGRAMS)
def door(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The public page of one program."""
    program = get_object_or_404(Program, pk=pk)
    row = PublicDoor.objects.filter(program=program).first() or PublicDoor(program=program, version=0)
    names = ("open", "words_en", "words_es", "version")
    form = DoorForm(sent(request), initial={name: getattr(row, name) for name in names})
    if saved(
        form,
        lambda: edit_door(
            program=program,
            values={name: form.values[name] for name in names[:3]},
            version=form.version_seen,
            by=request.viewer.actor,
        ),
        lambda: PublicDoor.objects.filter(program=program).values_list("version", flat=True).first() or 0,
    ):
        return done(request, _("Saved."), "intake:settings")
    title = _("Public page: %(program)s") % {"program": program.name}
    return form_page(request, form, title=title, button=_("Save"), back="intake:settings")
