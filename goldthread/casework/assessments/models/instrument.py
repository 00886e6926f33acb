"""What is asked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.enums import Built, MadeBy, VersionState
from goldthread.foundation.lib.ids import new_id


class Instrument(models.Model):
    """The definition of an assessment, through all its versions."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("name"), max_length=200)
    made_by = models.CharField(max_length=9, choices=MadeBy.choices)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class InstrumentVersion(models.Model):
    """One edition of an instrument: a FHIR R4 Questionnaire. Once in use it is never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=VersionState.choices, default=VersionState.DRAFT)
    content = models.JSONField()
    """The Questionnaire, as it was installed or built."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the content in canonical form: the same file installs once."""
    edit = models.PositiveIntegerField(default=1)
    """Counts the changes while it is being built."""
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    in_use_since = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="assessments_version_once"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="in_use"), name="assessments_one_version_in_use"
            ),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="draft"), name="assessments_one_version_being_built"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument_id} {self.number}"


class BuildingStep(models.Model):
    """One change of a version that is being built: who changed what, and what it was before, so that it can be taken back.

    Its id is that of the form that was sent: sent twice, it is done once. Steps are gone once the version is in use.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="steps", db_index=False)
    edit = models.PositiveIntegerField()
    """The number of the change: ``InstrumentVersion.edit`` after it."""
    what = models.CharField(max_length=20, choices=Built.choices)
    item = models.CharField(max_length=255, blank=True)
    """linkId of the item, or name of the score, that was changed."""
    before = models.JSONField(null=True)
    """The Questionnaire before the change; None once there are many newer ones, or it was taken back."""
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "edit"], name="assessments_building_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.edit}"
