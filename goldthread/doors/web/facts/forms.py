"""The forms of facts, made of what the kind asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, text
from goldthread.foundation.lib.errors import DomainError
from goldthread.people.facts.enums import SaidBy
from goldthread.people.facts.models import Fact
from goldthread.people.facts.rules import Field, How, fields_of

FEW = 5
"""So many words to choose from stand side by side; more are a menu."""
ALL = "all"
TYPED_AS = {
    How.MONEY: {"inputmode": "decimal"},
    How.NUMBER: {"inputmode": "numeric"},
    How.CODE: {"autocapitalize": "characters"},
}


def field_of(asked: Field) -> forms.Field:
    """The control of one field of a kind."""
    if asked.how == How.DAY:
        return TypedDateField(label=asked.label, required=asked.required, help_text=asked.hint)
    if asked.how == How.CHOICE:
        return choice(asked.label, asked.choices, required=asked.required, segments=len(asked.choices) <= FEW)
    limit = asked.longest if asked.how == How.TEXT else 20
    return text(asked.label, required=asked.required, limit=limit, hint=asked.hint, **TYPED_AS.get(asked.how, {}))


class FactForm(RecordForm):
    """What holds, since when, who says so. *labelled*: the programs under a label to which it may belong; *correcting*: why is asked."""

    def __init__(
        self, *args: Any, kind: str, labelled: Sequence[Episode] = (), correcting: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.names = [asked.name for asked in fields_of(kind)]
        for asked in fields_of(kind):
            self.fields[asked.name] = field_of(asked)
        self.fields["starts_on"] = TypedDateField(label=_("Since"), required=False, help_text=_("if it is known"))
        self.fields["ends_on"] = TypedDateField(label=_("Until"), required=False, help_text=_("empty: it still holds"))
        self.fields["said_by"] = choice(_("Who says so"), SaidBy.choices, required=True, segments=True)
        self.fields["said_words"] = text(_("Who exactly, or which paper"), limit=160)
        self.fields["said_on"] = TypedDateField(label=_("Said on"), required=True)
        if correcting:
            self.fields["why"] = text(_("Why is it corrected?"), limit=300, required=True)
            self.fields["ended"] = forms.CharField(required=False, widget=forms.HiddenInput)
        if labelled:
            self.fields["episode"] = _whose(labelled)

    @property
    def value(self) -> dict[str, Any]:
        """What the kind asks for, as it was typed."""
        return {name: _plain(self.cleaned_data.get(name)) for name in self.names}

    @property
    def said(self) -> dict[str, Any]:
        """Days and source."""
        return {name: self.cleaned_data[name] for name in ("starts_on", "ends_on", "said_by", "said_words", "said_on")}

    def refuse(self, error: DomainError) -> None:
        """At its field; the reason of a correction is called otherwise, since a medicine has a reason of its own."""
        if error.field == "reason" and "reason" not in self.names:
            error = DomainError(error.message, "why")
        super().refuse(error)


def shown(fact: Fact) -> dict[str, Any]:
    """What a form that corrects *fact* starts from. Who says so now is asked anew; the day stays."""
    value: dict[str, Any] = fact.value
    return value | {
        "starts_on": fact.starts_on,
        "ends_on": fact.ends_on,
        "ended": fact.ends_on.isoformat() if fact.ends_on else "",
        "said_by": fact.said_by,
        "said_words": fact.said_words,
        "said_on": fact.said_on,
    }


class EndForm(RecordForm):
    ends_on = TypedDateField(label=_("Last day"), required=True)
    reason = text(_("Why"), limit=300)


class MistakenForm(RecordForm):
    says = _("Use this when it was never true. What was true and is over, end instead.")  # type: ignore[assignment]  # lazy
    reason = text(_("Why"), limit=300, required=True)


def _whose(labelled: Sequence[Episode]) -> forms.ChoiceField:
    offered = [(str(one.pk), _("Only who may read %(program)s") % {"program": one.program.name}) for one in labelled]
    field = choice(
        _("Who may read it"), [(ALL, _("Everybody who works with the client")), *offered], required=True, segments=True
    )
    field.help_text = _("What was learned in a protected program stays with it.")
    return field


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
