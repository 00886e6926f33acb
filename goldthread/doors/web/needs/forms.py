"""The forms of needs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.enums import NeedState, Strength
from goldthread.doors.web.clients.forms.base import RecordForm, choice, text, yes_no
from goldthread.doors.web.needs.choosing import NO_PROGRAM, program_field
from goldthread.foundation.programs.rules.titles import DOMAINS


class NeedForm(RecordForm):
    """What is needed, in which part of life. *episodes*: those to choose from, where there are several."""

    words = text(_("What is needed"), limit=300, required=True, hint=_("in their words, as far as it goes"))
    domain = choice(_("Part of life"), [(key.value, name) for key, name in DOMAINS.items()], required=False)
    strength = choice(_("How strong"), Strength.choices, required=True, segments=True)
    own_words = yes_no(_("They brought it up themselves"))

    def __init__(self, *args: Any, episodes: Sequence[Episode] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domain = self.fields["domain"]
        domain.required = True  # and yet begins empty: which part of life is said, not left as it stood
        domain.error_messages["required"] = _("Choose the part of life it is about.")
        self.episodes = episodes
        if len(episodes) > 1:
            self.fields["episode"] = program_field(episodes)

    @property
    def said(self) -> dict[str, Any]:
        """What both adding and changing take."""
        given = self.cleaned_data
        return {
            "words": given["words"],
            "domain": given["domain"],
            "strength": int(given["strength"]),
            "own_words": given["own_words"],
        }

    @property
    def episode(self) -> Episode | None:
        """The program that was chosen, or the only one there is."""
        if len(self.episodes) == 1:
            return self.episodes[0]
        wanted = self.cleaned_data.get("episode", NO_PROGRAM)
        return next((one for one in self.episodes if str(one.pk) == wanted), None)


class CloseForm(RecordForm):
    state = choice(
        _("What became of it"),
        [(NeedState.MET, _("Met")), (NeedState.LATER, _("Not now")), (NeedState.DECLINED, _("They do not want it"))],
        required=True,
        segments=True,
    )
    reason = text(_("Why, or how it was met"), limit=300)


class DeclineForm(RecordForm):
    reason = text(_("Why is it not taken up?"), limit=300, required=True)


class SourceForm(forms.Form):
    """Which suggestion of an assessment is meant."""

    item = forms.CharField(max_length=255)
    domain = forms.CharField(max_length=20)
