"""Sensitivity labels: what needs more than a role and a relationship to be read. Stored as one integer of bits."""

from enum import IntFlag

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class Label(IntFlag):
    """The labels of the field. Values are stored: never renumber."""

    NONE = 0
    SUBSTANCE_USE = 1
    HIV = 2
    PSYCHOTHERAPY_NOTES = 4
    DOMESTIC_VIOLENCE = 8
    CHILD_WELFARE_REPORTER = 16
    MINOR_CONSENTED = 32
    SEALED = 64


LABEL_NAMES: dict[Label, StrOrPromise] = {
    Label.SUBSTANCE_USE: _("Substance use"),
    Label.HIV: _("HIV"),
    Label.PSYCHOTHERAPY_NOTES: _("Psychotherapy notes"),
    Label.DOMESTIC_VIOLENCE: _("Domestic violence"),
    Label.CHILD_WELFARE_REPORTER: _("Child-welfare reporter"),
    Label.MINOR_CONSENTED: _("Minor consented"),
    Label.SEALED: _("Sealed"),
}
NOTES_ONLY = Label.PSYCHOTHERAPY_NOTES
"""Labels of notes, never of a person's record or of what warns about them: nobody but the author of the notes is cleared
(45 CFR 164.501: notes kept apart from the rest of the record), so nobody could open such a record again."""
RECORD_LABELS = {label: name for label, name in LABEL_NAMES.items() if not label & NOTES_ONLY}
ALL_LABELS = Label(sum(label.value for label in LABEL_NAMES))


def names_of(labels: int) -> list[StrOrPromise]:
    """The names of the labels set in *labels*, in their fixed order."""
    return [name for label, name in LABEL_NAMES.items() if labels & label]


class LabelsField(models.PositiveSmallIntegerField):  # type: ignore[type-arg]  # not generic when it runs
    """The labels on a row. Every model that can hold labelled content has one, called ``labels``."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("default", 0)
        kwargs.setdefault("verbose_name", _("labels"))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what Django itself passes on
