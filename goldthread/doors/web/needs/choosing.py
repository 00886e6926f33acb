"""Which program something is written for."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.access import gate
from goldthread.access.acts import Act
from goldthread.access.viewer import Viewer
from goldthread.casework.episodes.models import Episode
from goldthread.casework.episodes.queries import open_episodes
from goldthread.doors.web.clients.forms.base import choice
from goldthread.people.persons.models import Person

NO_PROGRAM = "none"


def episodes_for(viewer: Viewer, client: Person, act: Act = Act.WRITE_ASSESSMENT) -> list[Episode]:
    """The open episodes in which the viewer may do *act*, by name of the program."""
    sight = gate.sight(viewer, client, act)
    return [one for one in open_episodes(client, viewer.today) if sight.sees_episode(one.pk, one.labels)]


def program_field(episodes: Sequence[Episode]) -> forms.ChoiceField:
    """Chosen where there are several; none of them is a choice, too."""
    offered = [*((str(one.pk), one.program.name) for one in episodes), (NO_PROGRAM, _("no program"))]
    field = choice(_("Program"), offered, required=True)
    field.help_text = _("Who may read it follows from the program.")
    return field
