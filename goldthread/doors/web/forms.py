"""What every form on a kept thing shares."""

from typing import Any

from django import forms

from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id


class OnceForm(forms.Form):
    """A form that is saved once, however often it is sent, and not over words that its reader has not seen."""

    form_id = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_id"].initial = new_id()

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, without the form's own two fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("form_id", "version")}

    @property
    def own_id(self) -> Any:
        """The id of what is made with it: a second click finds that made already."""
        return self.cleaned_data["form_id"]

    @property
    def version_seen(self) -> int:
        """The version that the reader saw; of a form without one (made by hand), the oldest: all since may conflict."""
        return int(self.cleaned_data.get("version") or 0)

    def refuse(self, error: DomainError) -> None:
        """Show *error* where it belongs: at its field, or above the form."""
        self.add_error(error.field if error.field in self.fields else None, str(error.message))
