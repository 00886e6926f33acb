"""One table for every kind of fact; what a kind holds is in ``rules``."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.facts.enums import FactKind, SaidBy
from goldthread.people.persons.models import Person


class Fact(models.Model):
    """A dated, sourced statement about somebody. Never edited: a correction is a new row that ``replaces`` this one; what is
    over gets its last day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="facts", verbose_name=_("client"), db_index=False
    )
    kind = models.CharField(_("what"), max_length=20, choices=FactKind.choices)
    value = models.JSONField(default=dict)
    """What the kind asks for, checked by ``rules``: ``{"name": …, "code": …}``. Said as a line by ``rules.words_of``."""
    code = models.CharField(max_length=20, blank=True)
    """What it is found by: ICD-10-CM of a diagnosis, payer of a coverage, setting of a residence."""
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    said_by = models.CharField(_("who says so"), max_length=12, choices=SaidBy.choices)
    said_words = models.CharField(_("who exactly, or which paper"), max_length=160, blank=True)
    said_on = models.DateField(_("said on"))
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True)
    """What wrote it, when it was not typed in by itself: ``assessment`` and its id."""
    ended_by = models.UUIDField(null=True)
    """The assessment that gave it its last day: taken back, the fact holds again. None: somebody ended it."""
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    mistaken = models.BooleanField(default=False)
    """It was never true: kept, shown in the history alone."""
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it replaces another, ended, or was mistaken."""
    current = models.BooleanField(default=True)
    """Neither replaced nor mistaken. It may have ended."""
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    labels = LabelsField()
    episode_id = models.UUIDField(null=True)
    """The episode that its labels come from, so that they are cleared as that episode's are; None: of no episode. No foreign
    key: episodes stand above this room."""

    class Meta:
        indexes = [
            models.Index(fields=["person", "kind", "-starts_on"], condition=Q(current=True), name="facts_current"),
            models.Index(fields=["person", "-recorded_at"], name="facts_history"),
            models.Index(fields=["source_kind", "source_id"], name="facts_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="facts_end_after_start",
            ),
            models.CheckConstraint(condition=Q(mistaken=False) | Q(current=False), name="facts_mistaken_not_current"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
