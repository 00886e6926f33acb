"""Appointments, who is to be there, and the secret links of calendars."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.schedule.enums import AppointmentKind, AppointmentState, Ride, Unit
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class Series(models.Model):
    """How some appointments follow each other. Each of them is a row of its own; a change of *this and following* makes a new series."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    every = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=5, choices=Unit.choices)
    until = models.DateField()

    def __str__(self) -> str:
        return f"every {self.every} {self.unit}"


class Appointment(models.Model):
    """An agreed time. ``client`` empty: the worker's own. Instants are kept with the zone in which they were agreed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments", db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    workers = models.ManyToManyField(Staff, through="AppointmentWorker", related_name="appointments")
    kind = models.CharField(_("kind"), max_length=16, choices=AppointmentKind.choices)
    title = models.CharField(_("what for"), max_length=120, blank=True)
    place = models.CharField(_("where"), max_length=160, blank=True)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    zone = models.CharField(max_length=64)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, related_name="appointments", db_index=False)
    state = models.CharField(max_length=20, choices=AppointmentState.choices, default=AppointmentState.PLANNED)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    ride = models.CharField(_("ride"), max_length=20, choices=Ride.choices, blank=True)
    ride_from = models.CharField(_("from where"), max_length=160, blank=True)
    ride_confirmed = models.BooleanField(_("the ride is confirmed"), default=False)
    contact = models.UUIDField(null=True, unique=True)
    """Id of the signed contact that settled it: that room lies above."""
    task = models.UUIDField(null=True)
    """Id of the task for which it was made. No foreign key: a task that nothing asks for any more disappears."""
    group = models.UUIDField(null=True)
    """What joins the appointments of several clients at one time of the same workers: a row for each client, as of a group's note."""
    labels = LabelsField()
    made_by = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["client", "starts_at"], name="schedule_by_client"),
            models.Index(fields=["series", "starts_at"], name="schedule_by_series"),
            models.Index(fields=["task"], condition=Q(task__isnull=False), name="schedule_by_task"),
            models.Index(fields=["group"], condition=Q(group__isnull=False), name="schedule_by_group"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="schedule_end_after_start"),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "kept"]) | ~Q(reason="") | Q(contact__isnull=False),
                name="schedule_not_kept_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=False) | Q(episode__isnull=True), name="schedule_episode_of_client"
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"


class AppointmentWorker(models.Model):
    """A worker who is to be there. The times are kept here too: who is busy when is asked for every appointment made."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="places", db_index=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["staff", "starts_at"], name="schedule_by_worker")]
        constraints = [models.UniqueConstraint(fields=["appointment", "staff"], name="schedule_worker_once")]

    def __str__(self) -> str:
        return f"{self.staff_id} at {self.appointment_id}"


class CalendarFeed(models.Model):
    """The secret link under which a worker's own calendar program reads the appointments. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.staff_id}"
