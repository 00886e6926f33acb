"""The forms of the screens about access."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.access.viewer import Viewer
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff


class GlassForm(forms.Form):
    """Why a record must be seen now."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    hint = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why must you see this record now?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Your words go to the supervisors at once."),
    )


class ReviewForm(forms.Form):
    """A judgement on broken glass."""

    outcome = forms.ChoiceField(
        label=_("Was it justified?"),
        choices=[("justified", _("Justified")), ("not", _("Not justified"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("How you looked into it"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class BlockForm(forms.Form):
    """A worker who may not see this client's record."""

    staff = forms.ModelChoiceField(label=_("Worker"), queryset=Staff.objects.none())
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = Staff.objects.exclude(ended_on__lt=viewer.today).order_by("name", "pk")
        self.fields["staff"].queryset = here  # type: ignore[attr-defined]  # the field is one of models
