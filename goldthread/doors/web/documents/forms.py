"""The forms of documents."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.documents.actions import Days
from goldthread.casework.episodes.models import Episode
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text
from goldthread.doors.web.needs.choosing import NO_PROGRAM, program_field
from goldthread.foundation.files.papers import LARGEST, too_large
from goldthread.foundation.files.straining import Clean, strained
from goldthread.foundation.lib.errors import DomainError

ACCEPTED = ".pdf,.txt,image/jpeg,image/png,image/webp,application/pdf,text/plain"
"""A hint to the browser, and to iPhones, which then turn HEIC into JPEG. What is taken is decided by content."""


class UploadForm(RecordForm):
    """A file, or a photo taken now; and the days on the paper."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, JPEG, PNG, WebP or plain text, at most 25 MB. Drag it here, or choose it."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop"}),
    )
    photo = forms.FileField(
        label=_("Or take a photo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    dated_on = TypedDateField(label=_("Date on it"), required=False)
    expires_on = TypedDateField(
        label=_("Ends on"), required=False, help_text=_("30 days before, renewing it becomes a task")
    )

    @property
    def days(self) -> Days:
        """The days on the paper."""
        return Days(self.cleaned_data["dated_on"], self.cleaned_data["expires_on"])

    def strained(self) -> Clean:
        """What may be kept of what was sent. DomainError: nothing was, or it is refused."""
        sent = self.cleaned_data["file"] or self.cleaned_data["photo"] or self.files.get("file")
        if sent is None:
            raise DomainError(str(_("Choose a file, or take a photo.")), "file")
        if (sent.size or 0) > LARGEST:
            raise too_large()
        return strained(sent.read())


class DocumentForm(UploadForm):
    """A new document. *kinds*: those to choose from; *episodes*: so, where there are several."""

    kind = choice(_("Kind"), [], required=True)
    title = text(_("What it is"), limit=120, hint=_("left empty: the kind"))
    field_order = ("form_id", "version", "file", "photo", "kind", "title", "dated_on", "expires_on", "episode")

    def __init__(
        self, *args: Any, kinds: Sequence[tuple[str, str]], episodes: Sequence[Episode], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "—"), *kinds]
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


class RemoveForm(RecordForm):
    why = text(_("Why"), limit=300, required=True, hint=_("it stays in the record, out of the list"))
