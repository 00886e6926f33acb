from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.people.persons.enums import AlertKind
from goldthread.people.persons.models.person import Person


class Alert(models.Model):
    """Something to know before a call or a visit, looked at again on its review date."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="alerts", db_index=False)
    kind = models.CharField(_("kind"), max_length=12, choices=AlertKind.choices)
    short = models.CharField(_("in three words"), max_length=40)
    words = models.CharField(_("what to know and do"), max_length=500, blank=True)
    review_on = models.DateField(_("look at it again on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["person", "ended_on"], name="persons_alert_by_person")]
        constraints = [models.CheckConstraint(condition=~Q(short=""), name="persons_alert_says_something")]

    def __str__(self) -> str:
        return f"{self.kind} alert {self.pk}"
