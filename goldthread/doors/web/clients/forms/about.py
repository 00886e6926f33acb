"""Who the person is: birth, sex and gender, race and ethnicity, languages; and a new client."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.doors.web.clients.forms.base import RecordForm, TypedDateField, choice, several, text, yes_no
from goldthread.people.persons.enums import ContactKind, DateKind, Gender, Interpreter, RaceEthnicity, Sex
from goldthread.people.persons.rules import languages


class AboutForm(RecordForm):
    pronouns = text(_("Pronouns"), limit=40, hint=_("for example she/her"), list="pronoun-list")
    birth_date = TypedDateField(
        past=True,
        label=_("Date of birth"),
        required=False,
        help_text=_("as you like: 3/4/1961, 4 Mar 1961"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date_kind = choice(_("How sure"), DateKind.choices, segments=True, required=True)
    sex = choice(_("Sex on records"), Sex.choices)
    gender = choice(_("Gender"), Gender.choices)
    gender_words = text(_("Gender, in their own words"), limit=60)
    race_ethnicity = several(_("Race and ethnicity, all that they say"), RaceEthnicity.choices)
    language = forms.ChoiceField(label=_("Language they speak best"), required=False)
    other_languages = several(_("Other languages"), [])
    interpreter = choice(_("Interpreter"), Interpreter.choices, segments=True, required=True)
    deceased = yes_no(_("Has died"))
    died_on = TypedDateField(past=True, label=_("Date of death, if known"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_languages(self.fields["language"], self.fields["other_languages"])


class NewClientForm(RecordForm):
    """The least that makes a client: a name. Everything else can follow."""

    given = text(_("First name"))
    family = text(_("Last name"))
    preferred = text(_("Name they go by"), hint=_("if it is another"))
    birth_date = TypedDateField(
        past=True,
        label=_("Date of birth"),
        required=False,
        help_text=_("as you like: 3/4/1961, 4 Mar 1961"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_date_kind = choice(_("How sure"), DateKind.choices, segments=True, required=True)
    pronouns = text(_("Pronouns"), limit=40, list="pronoun-list")
    language = forms.ChoiceField(label=_("Language they speak best"), required=False)
    interpreter = choice(_("Interpreter"), Interpreter.choices, segments=True, required=True)
    phone = text(_("Phone"), limit=40, inputmode="tel")
    phone_kind = choice(_("Kind of phone"), [c for c in ContactKind.choices if c[0] != "email"], required=True)
    safe_to_text = yes_no(_("Safe to text"))
    safe_to_leave_message = yes_no(_("Safe to leave a message"))
    worker = forms.ChoiceField(label=_("Worker"), required=False, help_text=_("leave empty to assign later"))

    def __init__(self, *args: Any, workers: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_languages(self.fields["language"])
        self.offer_workers(workers)

    def offer_workers(self, workers: list[tuple[Any, str]]) -> None:
        """Put *workers* (ids and names) into the list to choose from. What was chosen is checked against these."""
        worker: Any = self.fields["worker"]
        worker.choices = [("", "—"), *((str(pk), name) for pk, name in workers)]


def offer_languages(*fields: Any) -> None:
    """Put the languages, in the reader's own words, into *fields*."""
    offered = languages()
    for field in fields:
        empty = [] if isinstance(field, forms.MultipleChoiceField) else [("", "—")]
        field.choices = [*empty, *offered]
