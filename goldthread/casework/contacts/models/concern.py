"""A concern about a service, and its life."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.contacts.enums import RaisedBy, Satisfied
from goldthread.casework.contacts.models.contact import Contact
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Concern(models.Model):
    """Raised → who was asked → resolved → is the person satisfied? A formal one is a *grievance*, with a clock.

    Where it stands follows from the days that are filled in.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="concerns", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="concerns")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="concerns")
    """The note in which it came up."""
    about = models.CharField(_("about which service"), max_length=200)
    what = models.TextField(_("what is the problem"), max_length=4000)
    raised_by = models.CharField(_("whose concern"), max_length=10, choices=RaisedBy.choices, default=RaisedBy.CLIENT)
    raised_on = models.DateField(_("raised on"))
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name=_("who follows it up"))
    asked = models.CharField(_("who was asked"), max_length=200, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    resolution = models.TextField(_("what came of it"), max_length=4000, blank=True)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    earlier = models.JSONField(default=list)
    """What was tried before and did not satisfy them: ``{"resolution", "resolved_on", "satisfied_on"}``, the oldest first."""
    satisfied = models.CharField(_("is the person satisfied"), max_length=6, choices=Satisfied.choices, blank=True)
    satisfied_on = models.DateField(_("asked them on"), null=True, blank=True)
    grievance = models.BooleanField(_("formal grievance"), default=False)
    grievance_on = models.DateField(_("filed on"), null=True, blank=True)
    answer_due_on = models.DateField(_("answer due"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person", "-raised_on"], name="contacts_concern_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(asked="") & Q(asked_on__isnull=True)) | (~Q(asked="") & Q(asked_on__isnull=False)),
                name="contacts_concern_asked_whom_when",
            ),
            models.CheckConstraint(
                condition=Q(grievance=False) | Q(grievance_on__isnull=False, answer_due_on__isnull=False),
                name="contacts_grievance_has_clock",
            ),
            models.CheckConstraint(
                condition=Q(satisfied="") | Q(satisfied_on__isnull=False), name="contacts_concern_satisfied_when"
            ),
        ]

    def __str__(self) -> str:
        return f"concern {self.pk}"
