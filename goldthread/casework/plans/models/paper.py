"""Plans as files: what the worker makes of a version."""

from django.db import models

from goldthread.casework.plans.models.plan import PlanVersion
from goldthread.foundation.files.models import StoredFile
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff


class Paper(models.Model):
    """A version as a file for printing, asked for by somebody and made by the worker. One for each stand of what it shows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="papers", db_index=False)
    form = models.CharField(max_length=10)
    """``plain``, ``large`` or ``fridge``."""
    language = models.CharField(max_length=12)
    stand = models.CharField(max_length=64)
    """SHA-256 of the words and signatures that it shows."""
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.CharField(max_length=20, blank=True)
    """Why there is none: ``libraries`` are missing on the server, or making it ``failed``."""
    asked_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "form", "language", "stand"], name="plans_paper_once"),
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"
