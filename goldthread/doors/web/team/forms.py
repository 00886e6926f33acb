"""The forms of the team's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.clients.forms.base import RecordForm, text
from goldthread.doors.web.episodes.forms import long_text
from goldthread.doors.web.settings.forms import day


class AskForm(RecordForm):
    """A question to the worker of a late task."""

    question = text(_("Your question"), required=True, limit=200)
    due_on = day(_("Answer by"))


class ShareForm(RecordForm):
    """To whom, from when, and why. Who is moved, and to whom, is chosen beside it."""

    on = day(_("From"))
    reason = text(_("Why"), required=True, limit=300)
    note = long_text(_("What the new worker must know"), 4000, _("It stands on the hand-over page."))
    other = forms.ChoiceField(label=_("Or somebody else"), required=False)

    def __init__(self, *args: Any, others: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["other"]
        offered.choices = [("", "—"), *((str(pk), name) for pk, name in others)]
