"""The forms of transfer packages."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.packages.enums import How, Section
from goldthread.casework.packages.rules import CAN_BE_NAMED
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, several, text
from goldthread.foundation.lib.labels import LABEL_NAMES

NAMED = [(str(label.value), name) for label, name in LABEL_NAMES.items() if label & CAN_BE_NAMED]


def section_choices(named: Iterable[str]) -> list[tuple[str, Any]]:
    """The sections *named*, in the order of reading."""
    wanted = set(named)
    return [(section.value, section.label) for section in Section if section.value in wanted]


class ReleaseForm(RecordForm):
    """What the signed paper says."""

    recipient = text(_("Who receives it"), limit=200, required=True, hint=_("as it stands on the release"))
    purpose = text(_("What for"), limit=200, required=True, hint=_("as it stands on the release"))
    sections = several(_("What it names"), section_choices(Section.values))
    named = several(_("Protected content that it names"), NAMED)
    signed_on = TypedDateField(label=_("Signed on"), required=True)
    until_on = TypedDateField(label=_("Good until"), required=True)


class RevokeForm(RecordForm):
    """The client took it back."""

    revoked_on = TypedDateField(label=_("Revoked on"), required=True)
    why = text(_("How we know"), limit=300, required=True, hint=_("who said so, or which paper"))


class ChooseForm(RecordForm):
    """What goes along."""

    sections = several(_("What goes along"), [])
    papers = several(_("Which documents"), [])

    def __init__(self, *args: Any, named: Sequence[str], papers: Sequence[DocumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose: Any = self.fields["sections"]
        choose.choices = section_choices(named)
        documents: Any = self.fields["papers"]
        documents.choices = [(str(one.pk), one.document.title) for one in papers]
        if not papers or Section.DOCUMENTS not in named:
            del self.fields["papers"]


class HandForm(RecordForm):
    """It was handed over."""

    to = text(_("To whom there"), limit=200, required=True, hint=_("name and office"))
    how = choice(_("How"), How.choices, required=True)
    on = TypedDateField(label=_("When"), required=True)
    every_days = forms.IntegerField(label=_("Ask again every … days"), min_value=1, max_value=90, initial=14)


class AskedForm(RecordForm):
    """Asked, and not seen there yet."""

    words = text(_("Whom did you ask, what did they say?"), limit=300, required=True)


class SeenForm(RecordForm):
    """Seen there."""

    on = TypedDateField(label=_("Seen there on"), required=True)


class CloseForm(RecordForm):
    """Nobody asks any more."""

    why = text(_("Why"), limit=300, required=True)
