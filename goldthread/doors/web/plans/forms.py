"""The forms of the plan: a part, a line of any kind (its fields come from the kind), what a review says of a goal."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.casework.plans.enums import GoalState, Helped, SignatureRole
from goldthread.casework.plans.models import PlannedService
from goldthread.casework.plans.rules.document import line, lines, part, reviewed
from goldthread.casework.plans.rules.editing import PutLine, Review, SetPart
from goldthread.casework.plans.rules.shape import GOALS, KINDS, LONGEST_PART, OBJECTIVES, PARTS, Field, How
from goldthread.doors.web.clients.forms.base import TypedDateField
from goldthread.doors.web.forms import OnceForm
from goldthread.doors.web.plans.words import ANSWERS, choice_words
from goldthread.foundation.lib.errors import EditConflict
from goldthread.foundation.ui.templatetags.gold import day

LONG = 200
"""Fields that hold more letters than this are written in a box of several lines."""
WIDE = 160


class SeenForm(OnceForm):
    """A form that carries what stood there when it was opened: two people never overwrite each other unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def stood(self) -> dict[str, Any]:
        """What stood in the fields when the form was opened. Nonsense (made by hand) is nothing."""
        try:
            found = json.loads(self.data.get("seen", "") or "{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def renewed(self, seen: Mapping[str, Any]) -> None:
        """The same form, with all that was typed, on top of what stands there now."""
        sent: Any = self.data
        renewed = sent.copy()
        renewed["seen"] = json.dumps(seen)
        self.data = renewed


class PartForm(SeenForm):
    """The text of a part."""

    text = forms.CharField(
        required=False, strip=False, max_length=LONGEST_PART, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, key: str, content: Mapping[str, Any], data: Any = None) -> None:
        there = part(content, key)
        super().__init__(data, initial={"text": there, "seen": json.dumps({"text": there})}, auto_id=f"id_{key}_%s")
        self.key = key
        self.fields["text"].label = PARTS[key].title
        self.fields["text"].help_text = PARTS[key].hint
        self.fields["text"].widget.attrs["dir"] = "auto"

    def edit(self) -> SetPart:
        """What was typed, as an edit."""
        return SetPart(self.key, self.cleaned_data["text"], str(self.stood().get("text", "")))


class LineForm(SeenForm):
    """A line of *kind*: new, or the one called *pk*."""

    def __init__(
        self,
        kind: str,
        content: Mapping[str, Any],
        *,
        pk: UUID | None,
        needs: Iterable[tuple[str, str]] = (),
        names: Iterable[str] = (),
        start: Mapping[str, Any] | None = None,
        data: Any = None,
    ) -> None:
        known = KINDS[kind]
        there = line(content, kind, pk) if pk else None
        stood = {one.name: (there or {}).get(one.name) or _nothing(one) for one in known.fields}
        initial = {**stood, **(start or {}), "seen": json.dumps(stood if there else {})}
        super().__init__(data, initial=initial, auto_id=f"id_{str(pk or kind)[-8:]}_%s")
        self.kind, self.pk, self.content = known, pk, content
        self.offered = list(needs)
        self.names = list(names)
        for one in known.fields:
            if not one.old or stood[one.name]:
                self.fields[one.name] = self._field(one, there)
        if self.names:  # offered by the browser itself; anybody else can be typed
            self.fields["words"].widget.attrs["list"] = "names-offered"

    def _field(self, one: Field, there: Mapping[str, Any] | None) -> forms.Field:
        label = one.label
        if one.name == "from_need":
            return forms.CharField(required=False, max_length=one.longest, widget=forms.HiddenInput)
        if one.name == "goal" and (there is None) and self.initial.get("goal"):
            return forms.CharField(widget=forms.HiddenInput)
        if one.how == How.DAY:
            return TypedDateField(label=label, required=False)
        if one.how == How.FLAG:
            return forms.BooleanField(label=label, required=False)
        if one.how == How.CHOICE:
            return _choice(one, label)
        if one.how == How.IDS:
            return forms.MultipleChoiceField(
                label=label, choices=self.offered, required=False, widget=forms.CheckboxSelectMultiple
            )
        if one.how == How.ID:
            return forms.ChoiceField(label=label, choices=self._of(one), required=False)
        return _text(one, label, first=one is self.kind.fields[0])

    def _of(self, one: Field) -> list[tuple[str, str]]:
        rows = lines(self.content, one.of[0])
        if one.of[0] == OBJECTIVES and self.initial.get("goal"):
            rows = [row for row in rows if row.get("goal") == self.initial["goal"]]
        whole = _("The whole plan") if one.of[0] == GOALS else "—"
        return [("", whole), *((row["id"], row.get("words", "")) for row in rows)]

    def edit(self) -> PutLine:
        """What was typed, as an edit; of a new line under the form's own id, so that a second click adds no second line."""
        values = {
            one.name: _plain(self.cleaned_data.get(one.name)) for one in self.kind.fields if one.name in self.fields
        }
        if "needs" in values:
            values["needs"] = [*values["needs"], *self._not_offered()]
        return PutLine(self.kind.key, str(self.pk or self.own_id), values, self.stood())

    def _not_offered(self) -> list[str]:
        """The needs of the goal that have no box here: they are not open any more, or not for this reader. They stay."""
        there = line(self.content, self.kind.key, self.pk) if self.pk else None
        offered = {pk for pk, _words in self.offered}
        return [pk for pk in (there or {}).get("needs", ()) if pk not in offered]

    def renew_from(self, content: Mapping[str, Any]) -> None:
        """On top of what stands in the line now; of one that was taken away, nothing: it is added anew."""
        there = line(content, self.kind.key, self.pk or self.own_id)
        self.renewed({one.name: there.get(one.name) or _nothing(one) for one in self.kind.fields} if there else {})


class ReviewForm(SeenForm):
    """What the review says of a goal."""

    answer = forms.ChoiceField(
        label=gettext_lazy("What became of it?"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=gettext_lazy("Why, in a sentence"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, content: Mapping[str, Any], goal: str, data: Any = None) -> None:
        said = reviewed(content, goal)
        stood = {"answer": said.get("answer", ""), "why": said.get("why", "")}
        super().__init__(data, initial={**stood, "seen": json.dumps(stood)}, auto_id=f"id_r{goal[-8:]}_%s")
        self.goal = goal

    def edit(self) -> Review:
        """What was chosen, as an edit."""
        seen = {name: str(value) for name, value in self.stood().items()}
        return Review(self.goal, self.cleaned_data["answer"], self.cleaned_data["why"], seen)

    def renew_from(self, content: Mapping[str, Any]) -> None:
        """On top of what the review says now."""
        said = reviewed(content, self.goal)
        self.renewed({"answer": said.get("answer", ""), "why": said.get("why", "")})


class ReasonForm(OnceForm):
    """Why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class CloseForm(OnceForm):
    """What became of a goal that is closed between reviews."""

    state = forms.ChoiceField(
        label=gettext_lazy("What became of it?"),
        choices=[(one.value, one.label) for one in (GoalState.MET, GoalState.STOPPED)],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=gettext_lazy("Why, in a sentence"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class CommentForm(OnceForm):
    """What the worker is to change."""

    comment = forms.CharField(
        label=gettext_lazy("What is to be changed"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class EmailForm(OnceForm):
    """Where the link to sign with goes."""

    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)


class ServiceForm(SeenForm):
    """What became of a service."""

    confirmed_on = TypedDateField(label=gettext_lazy("They said yes on"), required=False)
    started_on = TypedDateField(label=gettext_lazy("Started on"), required=False)
    ended_on = TypedDateField(label=gettext_lazy("Ended on"), required=False)
    helped = forms.ChoiceField(
        label=gettext_lazy("Did it help? In the person's own judgement"),
        choices=Helped.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    helped_words = forms.CharField(
        label=gettext_lazy("In their words"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    @classmethod
    def of(cls, service: PlannedService, data: Any) -> "ServiceForm":
        """What is known of *service*."""
        names = ("confirmed_on", "started_on", "ended_on", "helped", "helped_words")
        known = {name: getattr(service, name) for name in names}
        seen = json.dumps({name: _plain(value) for name, value in known.items()})
        return cls(data, initial=known | {"seen": seen})

    @property
    def said(self) -> dict[str, Any]:
        """What now stands in the fields."""
        return {name: value for name, value in self.values.items() if name != "seen"}

    def seen_then(self) -> dict[str, Any]:
        """What stood in the fields when the form was opened, as the fields say it."""
        stood = self.stood()
        return {name: self._seen(self.fields[name], stood.get(name)) for name in self.said}

    @staticmethod
    def _seen(field: forms.Field, value: Any) -> Any:
        try:
            return field.clean(value if isinstance(value, str) else "")
        except forms.ValidationError:
            return None

    def met(self, conflict: EditConflict) -> None:
        """Somebody else wrote meanwhile: say what, at its field. Sent once more, this one's words stand."""
        words = _("Somebody else wrote here meanwhile: %(what)s. Save again to put yours instead.")
        for one in conflict.conflicts:
            self.add_error(one.field, words % {"what": _theirs(one.theirs)})
        self.renewed(self.stood() | {one.field: _plain(one.theirs) for one in conflict.conflicts})


class SignerForm(forms.Form):
    """Somebody else who is asked."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=160)
    role = forms.ChoiceField(
        label=gettext_lazy("As"),
        required=False,
        choices=[one for one in SignatureRole.choices if one[0] not in ("client", "worker")],
        initial=SignatureRole.FAMILY,
    )


def _theirs(value: Any) -> StrOrPromise:
    """What somebody else wrote of a service, or took out."""
    if isinstance(value, date):
        return day(value)
    return dict(Helped.choices).get(value, value) or _("nothing")


def _nothing(one: Field) -> Any:
    return {How.FLAG: False, How.IDS: []}.get(one.how, "")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value


def _choice(one: Field, label: StrOrPromise) -> forms.ChoiceField:
    choices = [(word, choice_words(one, word)) for word in one.of]
    if len(choices) <= 6:
        return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)


def _text(one: Field, label: StrOrPromise, *, first: bool) -> forms.CharField:
    attrs = {"dir": "auto", "autocomplete": "off"}
    long = one.longest > LONG
    widget = forms.Textarea(attrs={**attrs, "rows": 2}) if long else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=first, max_length=one.longest, widget=widget)
