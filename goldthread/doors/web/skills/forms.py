"""The form of what was seen of a skill."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.skills.enums import Level
from goldthread.casework.skills.rules import SKILLS
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text
from goldthread.doors.web.needs.choosing import NO_PROGRAM, program_field


class SeenForm(RecordForm):
    """Which skill, at which level, what was seen. *episodes*: those to choose from, where there are several."""

    skill = choice(_("Skill"), [(key, name) for key, (name, _means) in SKILLS.items()])
    level = choice(_("How far on their own"), Level.choices, required=True, segments=True)
    evidence = text(_("What was seen"), limit=300, required=True, hint=_("what they did, and with how much help"))
    on = TypedDateField(label=_("Seen on"), required=True)

    def __init__(self, *args: Any, episodes: Sequence[Episode] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].required = True
        self.episodes = episodes
        if len(episodes) > 1:
            self.fields["episode"] = program_field(episodes)

    @property
    def episode(self) -> Episode | None:
        """The program that was chosen, or the only one there is."""
        if len(self.episodes) == 1:
            return self.episodes[0]
        wanted = self.cleaned_data.get("episode", NO_PROGRAM)
        return next((one for one in self.episodes if str(one.pk) == wanted), None)
