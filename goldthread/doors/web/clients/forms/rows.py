"""The forms of the rows that hang on a person: names, ways to reach them, numbers, alerts, family, worker."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.casework.caseload.models import BY_HAND
from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, several, text, yes_no
from goldthread.foundation.lib.labels import RECORD_LABELS
from goldthread.people.persons.enums import (
    AddressKind,
    AlertKind,
    ContactKind,
    IdentifierKind,
    NameKind,
    RelationshipKind,
)


class NameForm(RecordForm):
    kind = choice(_("Kind"), NameKind.choices, segments=True, required=True)
    given = text(_("First name"))
    middle = text(_("Middle name"))
    family = text(_("Last name"))
    suffix = text(_("Suffix"), limit=20, hint=_("Jr., III"))
    until = TypedDateField(label=_("Used until"), required=False, help_text=_("for a former name"))


class ContactPointForm(RecordForm):
    kind = choice(_("Kind"), ContactKind.choices, segments=True, required=True)
    value = text(_("Number or address"), required=True, limit=254)
    safe_to_call = yes_no(_("Safe to call"))
    safe_to_text = yes_no(_("Safe to text"))
    safe_to_leave_message = yes_no(_("Safe to leave a message"))
    first_choice = yes_no(_("Try this first"))
    note = text(_("Note"), limit=200, hint=_("for example: her sister sometimes answers"))
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False, help_text=_("fill in when it no longer works"))


class AddressForm(RecordForm):
    kind = choice(_("Kind"), AddressKind.choices, segments=True, required=True)
    line1 = text(_("Street"), limit=160)
    line2 = text(_("Apartment, unit"))
    city = text(_("City"))
    region = text(_("State"), limit=40)
    postal_code = text(_("ZIP code"), limit=12, inputmode="numeric")
    directions = text(_("How to find it"), limit=300)
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(field) for field in ("line1", "city", "postal_code")):
            self.add_error("line1", _("Write at least a street, a city or a ZIP code."))
        return said


class IdentifierForm(RecordForm):
    kind = choice(_("Kind"), IdentifierKind.choices, segments=True, required=True)
    value = text(_("Number"), required=True, limit=64, hint=_("kept encrypted; shown by its last four"))
    issuer = text(_("Issued by"), limit=120, hint=_("state, school or hospital"))
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False)


class IdentifierDatesForm(RecordForm):
    """A number that is wrong is ended and entered anew: its digits are never edited."""

    issuer = text(_("Issued by"), limit=120)
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False)


class AlertForm(RecordForm):
    kind = choice(_("Kind"), AlertKind.choices, segments=True, required=True)
    short = text(_("In three words"), required=True, limit=40, hint=_("shown beside the name: Dog in yard"))
    words = forms.CharField(
        label=_("What to know and do"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = TypedDateField(label=_("Look at it again on"), required=True)
    labels = several(
        _("Only for who is cleared for"), [(str(label.value), name) for label, name in RECORD_LABELS.items()]
    )


class EndForm(RecordForm):
    """Ending a row: from when, and why where it matters."""

    ends_on = TypedDateField(label=_("Ended on"), required=True)
    reason = text(_("Why"), limit=200)


class RelationshipForm(RecordForm):
    other = forms.UUIDField(widget=forms.HiddenInput, required=False)
    given = text(_("First name"))
    family = text(_("Last name"))
    phone = text(_("Phone"), limit=40, inputmode="tel")
    kind = choice(_("Is their"), RelationshipKind.choices, required=True)
    emergency_contact = yes_no(_("Emergency contact"))
    note = text(_("Note"), limit=200, hint=_("what they may know, when to call"))
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False)


class RelationshipEditForm(RecordForm):
    kind = choice(_("Is their"), RelationshipKind.choices, required=True)
    emergency_contact = yes_no(_("Emergency contact"))
    note = text(_("Note"), limit=200)
    starts_on = TypedDateField(label=_("From"), required=False)
    ends_on = TypedDateField(label=_("To"), required=False)


class HouseholdForm(RecordForm):
    who = forms.ChoiceField(label=_("Who"), required=False, help_text=_("somebody noted above; add them there first"))
    starts_on = TypedDateField(label=_("Since"), required=False)

    def __init__(self, *args: Any, people: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.choices = [(str(pk), name) for pk, name in people]


class LabelsForm(RecordForm):
    labels = several(_("Labels"), [(str(label.value), name) for label, name in RECORD_LABELS.items()])


class PhotoForm(RecordForm):
    photo = forms.FileField(
        label=_("Photo"), help_text=_("JPEG, PNG or WebP, up to 10 MB; made small before it is kept")
    )


class AssignmentForm(RecordForm):
    staff = forms.ChoiceField(label=_("Worker"))
    kind = choice(_("As"), [(kind.value, kind.label) for kind in BY_HAND], segments=True, required=True)
    starts_on = TypedDateField(label=_("From"), required=True)
    ends_on = TypedDateField(label=_("To"), required=False, help_text=_("for cover: the last day"))
    both = yes_no(_("Both work on the first day"), _("a new primary worker; else the one before ends the day before"))
    reason = text(_("Why"), limit=300)

    def __init__(self, *args: Any, workers: list[tuple[Any, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        staff: Any = self.fields["staff"]
        staff.choices = [(str(pk), name) for pk, name in workers]
