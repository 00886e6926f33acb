"""The aftercare of an episode that has ended, and each contact of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.aftercare.enums import AfterState, Ended
from goldthread.casework.episodes.models import Episode
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.enums import Mode
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

MODES = [(mode.value, mode.value) for mode in Mode]


class Aftercare(models.Model):
    """What was planned when an episode ended. Open while a contact of it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="aftercare")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="aftercare", verbose_name=_("client"), db_index=False
    )
    """The client of the episode; of a household, whom the goodbye was begun for: the contacts are with the family."""
    after_death = models.BooleanField(default=False)
    planned_by = models.UUIDField(null=True)
    planned_at = models.DateTimeField()
    how_ended = models.CharField(max_length=6, choices=Ended.choices, blank=True)
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="aftercare_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["episode"], condition=Q(ended_at__isnull=True), name="aftercare_one_open"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, how_ended="") | (Q(ended_at__isnull=False) & ~Q(how_ended="")),
                name="aftercare_ended_how",
            ),
        ]

    def __str__(self) -> str:
        return f"aftercare of {self.episode_id}"


class AftercareContact(models.Model):
    """One contact that is to be made, by a worker, on a day. The note that was signed about it says that it was."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    aftercare = models.ForeignKey(Aftercare, on_delete=models.PROTECT, related_name="contacts", db_index=False)
    title = models.CharField(_("what for"), max_length=120)
    mode = models.CharField(_("how"), max_length=12, choices=MODES)
    due_on = models.DateField(_("by"))
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", verbose_name=_("worker"))
    state = models.CharField(max_length=7, choices=AfterState.choices, default=AfterState.PLANNED)
    tries = models.PositiveSmallIntegerField(default=0)
    """Signed notes of tries in which nobody was reached."""
    made_on = models.DateField(null=True)
    contact = models.UUIDField(null=True)
    """The note. No foreign key: that room is above this one."""
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why it was closed without having been made."""
    closed_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    labels = LabelsField()

    class Meta:
        indexes = [models.Index(fields=["aftercare", "due_on"], name="aftercare_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="made") | Q(made_on__isnull=False, contact__isnull=False), name="aftercare_made_when"
            ),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(reason=""), name="aftercare_closed_why"),
        ]

    def __str__(self) -> str:
        return f"aftercare contact {self.pk}"
