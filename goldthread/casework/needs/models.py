"""Needs, and the decisions about those that an assessment suggests."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.needs.enums import NeedState, Strength
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Need(models.Model):
    """One thing that somebody needs, in one life domain, with what brought it up. A suggestion that was declined is kept as one
    that was, with the reason, so that it is not suggested again from the same answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="needs", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="needs")
    domain = models.CharField(_("life domain"), max_length=20)
    words = models.CharField(_("need"), max_length=300)
    strength = models.PositiveSmallIntegerField(_("how strong"), choices=Strength.choices, default=Strength.NEEDED)
    own_words = models.BooleanField(_("the person brought it up"), default=False)
    rank = models.PositiveSmallIntegerField(_("their own order"), null=True, blank=True)
    """1 is what matters most to the person; None: they have not said. What they rank comes before what others found."""
    state = models.CharField(max_length=8, choices=NeedState.choices, default=NeedState.OPEN)
    raised_on = models.DateField(_("since"))
    closed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it is not pursued (now), or how it was met."""
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True)
    """``assessment`` or ``contact``, and its id; blank: somebody said so."""
    source_item = models.CharField(max_length=255, blank=True)
    """Which answer or score of it."""
    because = models.CharField(max_length=300, blank=True)
    """That answer in words: "PHQ-9 total 14: moderate"."""
    raised_by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "state", "rank"], name="needs_by_person"),
            models.Index(fields=["source_kind", "source_id"], name="needs_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "met"]) | ~Q(reason=""), name="needs_not_pursued_with_reason"
            ),
            models.UniqueConstraint(
                fields=["source_kind", "source_id", "source_item", "domain"],
                condition=Q(source_kind="assessment"),
                name="needs_once_for_each_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"need {self.pk}"
