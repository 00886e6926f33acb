"""The forms of documents."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldthread.casework.documents.actions import Days
from goldthread.casework.documents.queries import Asked
from goldthread.casework.episodes.models import Episode
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text
from goldthread.doors.web.documents.held import Held, brought_back, laid_by, named
from goldthread.doors.web.needs.choosing import NO_PROGRAM, program_field
from goldthread.foundation.files.papers import LARGEST, too_large
from goldthread.foundation.files.straining import strained
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.ui.templatetags.gold import day as day_words

ACCEPTED = ".pdf,.txt,image/jpeg,image/png,image/webp,application/pdf,text/plain"
"""A hint to the browser, and to iPhones, which then turn HEIC into JPEG. What is taken is decided by content."""
MOST = 10
"""Files of one form: reading each takes up to some seconds."""


class Files(forms.FileField):
    """Any number of files, none included: ``take`` reads them."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Django's hook."""
        return data


class FilesInput(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True


class UploadForm(RecordForm):
    """Files, or a photo taken now; and the days on the paper. What was good of a refused form is ``held`` for its next try."""

    several = False
    file = Files(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, JPEG, PNG, WebP or plain text, at most 25 MB. Drag it here, or choose it."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "class": "drop"}),
    )
    photo = Files(
        label=gettext_lazy("Or take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}),
    )
    dated_on = TypedDateField(label=gettext_lazy("Date on it"), required=False)
    expires_on = TypedDateField(
        label=gettext_lazy("Ends on"),
        required=False,
        help_text=gettext_lazy("30 days before, renewing it becomes a task"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held: list[Held] = []

    @property
    def days(self) -> Days:
        """The days on the paper."""
        return Days(self.cleaned_data["dated_on"], self.cleaned_data["expires_on"])

    def take(self, worker: UUID, client: UUID) -> bool:
        """Read what was sent: into ``held`` what may be kept, at ``file`` why not. Is all of the form good? When it is not, what may
        be kept is laid by for the next try."""
        sent: Any = self.data
        left_out = set(sent.getlist("leave_out"))
        found = [brought_back(token, worker, client) for token in sent.getlist("held")[:MOST]]
        self.held = [one for one in found if one and one.digest not in left_out]
        if None in found:
            self.add_error("file", _("A file that was held is there no more. Choose it once more."))
        for one in [*self.files.getlist("file"), *self.files.getlist("photo")]:
            self._strain(one)
        if len(self.held) > (MOST if self.several else 1):
            self._too_many()
        if not self.held and not self.errors.get("file"):
            self.add_error("file", _("Choose a file, or take a photo."))
        if self.errors:
            self.lay_by(worker, client)
        return not self.errors

    def lay_by(self, worker: UUID, client: UUID) -> None:
        """Hold the files for the next try."""
        self.held = [laid_by(one, worker, client) for one in self.held]

    def _strain(self, sent: Any) -> None:
        name = named(sent.name or "")
        try:
            if (sent.size or 0) > LARGEST:
                raise too_large()
            self.held.append(Held(name, strained(sent.read())))
        except DomainError as error:
            several = self.several and len(self.files.getlist("file")) + len(self.files.getlist("photo")) > 1
            self.add_error("file", f"{name}: {error.message}" if several or self.held else str(error.message))

    def _too_many(self) -> None:
        self.held = self.held[: MOST if self.several else 1]
        said = ngettext("Only one file is taken here.", "At most %(n)d files at once.", MOST if self.several else 1)
        self.add_error("file", said % {"n": MOST})


class RenewForm(UploadForm):
    """A newer version."""

    instead = choice(
        gettext_lazy("The one before"),
        [("", gettext_lazy("held until now")), ("1", gettext_lazy("was the wrong paper"))],
        required=False,
        segments=True,
    )

    def __init__(self, *args: Any, serves: bool, **kwargs: Any) -> None:
        """*serves*: the document is evidence; then it matters."""
        super().__init__(*args, **kwargs)
        if not serves:
            del self.fields["instead"]
        else:
            self.fields["instead"].help_text = _("A wrong paper is evidence of nothing.")


class DocumentForm(UploadForm):
    """New documents, one a file. *kinds*: those to choose from; *episodes*: so, where there are several; *asked*: what they may meet."""

    several = True
    kind = choice(gettext_lazy("Kind"), [], required=True)
    title = text(gettext_lazy("What it is"), limit=110, hint=gettext_lazy("left empty: the kind"))
    field_order = (
        "form_id",
        "version",
        "file",
        "photo",
        "kind",
        "title",
        "dated_on",
        "expires_on",
        "serves",
        "episode",
    )

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]],
        episodes: Sequence[Episode],
        asked: Sequence[Asked] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", "—"), *kinds]
        self.episodes = episodes
        self.asked = {one.key: one for one in asked}
        self.fields["file"].widget = FilesInput(attrs={"accept": ACCEPTED, "class": "drop", "multiple": True})
        self.fields["file"].help_text = _("PDF, JPEG, PNG, WebP or plain text, together at most 25 MB. Drag them here.")
        if asked:
            offered = [("", "—"), *((key, _said(one)) for key, one in self.asked.items())]
            self.fields["serves"] = choice(_("Meets what is asked"), offered[1:])
            self.fields["serves"].help_text = _("It is evidence of that, on the date on it")
        if len(episodes) > 1:
            self.fields["episode"] = program_field(episodes)
        self.order_fields(self.field_order)

    @property
    def serves(self) -> Asked | None:
        """What it is to meet."""
        return self.asked.get(self.cleaned_data.get("serves", ""))

    @property
    def episode(self) -> Episode | None:
        """The program of what it meets; else the one that was chosen, or the only one there is."""
        if self.serves:
            return self.serves.serves.episode
        if len(self.episodes) == 1:
            return self.episodes[0]
        wanted = self.cleaned_data.get("episode", NO_PROGRAM)
        return next((one for one in self.episodes if str(one.pk) == wanted), None)

    def clean(self) -> dict[str, Any]:
        """Django's hook: a program that was chosen is that of what it meets."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        asked, chosen = self.asked.get(said.get("serves", "")), said.get("episode", NO_PROGRAM)
        if asked and chosen not in (NO_PROGRAM, "", str(asked.serves.episode.pk)):
            self.add_error("serves", _("This is asked in another program. Choose that program, or nothing here."))
        return said

    def titles(self) -> list[str]:
        """The title of each file: numbered where there are several."""
        title = self.cleaned_data["title"]
        if len(self.held) == 1:
            return [title]
        kind: Any = self.fields["kind"]
        named_kind = title or dict(kind.choices)[self.cleaned_data["kind"]]
        return [f"{named_kind} ({number})" for number in range(1, len(self.held) + 1)]


def _said(one: Asked) -> str:
    task, program = one.task, one.serves.episode.program.name
    return " · ".join(filter(None, (spoken(task.title), program, day_words(task.due_on))))


class RemoveForm(RecordForm):
    why = text(
        gettext_lazy("Why"), limit=300, required=True, hint=gettext_lazy("it stays in the record, out of the list")
    )
