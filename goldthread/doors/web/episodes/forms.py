"""The forms of enrolment. Each keeps what was typed and knows its own id against double clicks."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, several, text, yes_no


def long_text(label: Any, limit: int, hint: Any = "") -> forms.CharField:
    """Some lines of text."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=limit,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )


class EnrollForm(RecordForm):
    """Six fields at most; *who* only where there is somebody else to choose, *why over* only where no place is free."""

    program = forms.ChoiceField(label=_("Program"))
    members = several(_("Who"), [])
    enrolled_on = TypedDateField(label=_("First day"), required=True)
    referred_on = TypedDateField(label=_("Referred on"), required=False)
    staff = forms.ChoiceField(label=_("Worker"), required=False)
    cosign = yes_no(_("The worker's notes need a co-signature"))
    why_over = text(_("No place is free. Why one more all the same?"), limit=300)

    def __init__(
        self,
        *args: Any,
        programs: list[tuple[str, str]],
        members: list[tuple[str, str]],
        workers: list[tuple[Any, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["program"].choices = [("", "—"), *programs] if len(programs) > 1 else programs
        offered["staff"].choices = [("", _("nobody yet")), *((str(pk), name) for pk, name in workers)]
        offered["members"].choices = members
        offered["members"].help_text = _("Several only in a program that serves whole households.")
        if len(members) < 2:
            del self.fields["members"]
        if not self.data.get("why_over"):
            self._why_over = self.fields.pop("why_over")

    def ask_why_over(self) -> None:
        """Show the field that asks why, where no place is free."""
        if "why_over" not in self.fields:
            self.fields["why_over"] = self._why_over


class TransferForm(RecordForm):
    """*staying* is there where something is agreed, *confirmed* only when the new worker is busy at one of those times."""

    to_staff = forms.ChoiceField(label=_("New worker"))
    on = TypedDateField(label=_("From"), required=True)
    reason = text(_("Why"), limit=300, required=True)
    note = long_text(_("What the new worker must know"), 4000, _("It stands on the hand-over page."))
    staying = several(_("Appointments that stay with the worker of now"), [])
    cosign = yes_no(_("The new worker's notes need a co-signature"))
    confirmed = yes_no(_("Move them all the same"))

    def __init__(
        self, *args: Any, workers: list[tuple[Any, str]], agreed: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["to_staff"].choices = [("", "—"), *((str(pk), name) for pk, name in workers)]
        offered["staying"].choices = agreed
        offered["staying"].help_text = _("All others go to the new worker from the first day on. Tick what stays.")
        if not agreed:
            del self.fields["staying"]
        if not self.data.get("asked"):
            del self.fields["confirmed"]

    def ask_to_confirm(self) -> None:
        """Show the box that moves them all the same."""
        self.fields["confirmed"] = yes_no(_("Move them all the same"))

    @property
    def asked(self) -> list[forms.BoundField]:
        """What is asked for, without the box, which stands beside what it confirms."""
        return [field for field in self.visible_fields() if field.name != "confirmed"]


class PauseForm(RecordForm):
    starts_on = TypedDateField(label=_("First day of the pause"), required=True)
    reason = text(_("Why"), limit=300, required=True, hint=_("for example: in hospital, in jail, away"))


class ResumeForm(RecordForm):
    on = TypedDateField(label=_("The day it goes on"), required=True)


class MoveForm(RecordForm):
    """*confirmed* is there once it was said what would happen."""

    to = forms.ChoiceField(label=_("To which program"))
    on = TypedDateField(label=_("First day there"), required=True)
    reason = forms.ChoiceField(label=_("Why the old one ends"))

    def __init__(
        self, *args: Any, programs: list[tuple[str, str]], reasons: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["to"].choices = [("", "—"), *programs] if len(programs) > 1 else programs
        offered["reason"].choices = [("", "—"), *reasons] if len(reasons) > 1 else reasons


class JoinForm(RecordForm):
    person = forms.ChoiceField(label=_("Who joins"))
    joined_on = TypedDateField(label=_("First day"), required=True)
    reason = text(_("Why"), limit=300, hint=_("for example: born, moved in, came back"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["person"].choices = [("", "—"), *people] if len(people) > 1 else people


class LeaveForm(RecordForm):
    left_on = TypedDateField(label=_("Last day"), required=True)
    reason = text(_("Why"), limit=300, required=True, hint=_("for example: lives elsewhere, grown up"))


class CoverForm(RecordForm):
    colleague = forms.ChoiceField(label=_("Who looks after the clients"))
    starts_on = TypedDateField(label=_("First day away"), required=True)
    ends_on = TypedDateField(label=_("Last day away"), required=True)
    note = text(_("What the colleague must know"), limit=300)

    def __init__(self, *args: Any, colleagues: list[tuple[Any, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        offered: Any = self.fields
        offered["colleague"].choices = [("", "—"), *((str(pk), name) for pk, name in colleagues)]
