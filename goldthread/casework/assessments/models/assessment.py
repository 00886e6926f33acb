"""What was answered, and what it amounts to."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.enums import AssessmentState
from goldthread.casework.assessments.models.instrument import InstrumentVersion
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Assessment(models.Model):
    """Answers to one version of an instrument. While it is open several people may contribute; what was signed is never edited:
    a correction is a new assessment that ``replaces`` it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="assessments")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="assessments")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("worker"))
    """Who began it, and answers for it."""
    state = models.CharField(max_length=9, choices=AssessmentState.choices, default=AssessmentState.OPEN)
    assessed_on = models.DateField(_("day"))
    """Local date of the agency on which it was asked."""
    answers = models.JSONField(default=dict)
    """While open: item → what was typed, unchecked."""
    skipped = models.JSONField(default=dict)
    """While open: item → why it has no answer (``Skipped``)."""
    touched = models.JSONField(default=dict)
    """While open: item → ``{"n": how many-th save, "by": id of the worker, "at": …, "w": open page, "s": its how many-th save}``.
    Two people never overwrite one item unseen."""
    saves = models.PositiveIntegerField(default=0)
    response = models.JSONField(null=True)
    """Once signed: the FHIR QuestionnaireResponse."""
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    signed_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it corrects another, or was voided."""
    voided_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    voided_at = models.DateTimeField(null=True)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-assessed_on", "-id"], name="assessments_by_person"),
            models.Index(fields=["staff", "-saved_at"], condition=Q(state="open"), name="assessments_open_by_staff"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(signed_at__isnull=False, signed_by__isnull=False, response__isnull=False),
                name="assessments_signed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="voided") | (Q(voided_by__isnull=False) & ~Q(reason="")),
                name="assessments_voided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class Score(models.Model):
    """One number that a signed assessment came to, as it was worked out on signing. Charts and needs read it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=60)
    """Key of the instrument: scores of all its versions are drawn together."""
    name = models.CharField(max_length=60)
    """Key of the score within it: ``total``, a subscale, a life domain."""
    title = models.CharField(max_length=200)
    value = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    """None: not enough was answered; ``why`` says so."""
    place = models.PositiveSmallIntegerField(default=0)
    """Its place among the scores of the instrument."""
    lowest = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    highest = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    """The ends of the scale, for drawing."""
    band = models.CharField(max_length=120, blank=True)
    severity = models.PositiveSmallIntegerField(null=True)
    """0 none, 1 mild, 2 moderate, 3 strong, 4 severe: of the band."""
    why = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    current = models.BooleanField(default=True)
    """Its assessment is neither corrected nor voided."""
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(
                fields=["person", "instrument", "name", "on"], condition=Q(current=True), name="assessments_scores"
            )
        ]
        constraints = [models.UniqueConstraint(fields=["assessment", "name"], name="assessments_score_once")]

    def __str__(self) -> str:
        return f"{self.instrument} {self.name}"
