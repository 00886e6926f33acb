"""Episodes: who is enrolled in which program, from when to when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.models import Program
from goldthread.people.persons.models import Household, Person


class Episode(models.Model):
    """One enrolment, of a person or of a household, in one program. Open while ``discharged_on`` is empty."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="episodes", verbose_name=_("program"), db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes", db_index=False
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes", db_index=False
    )
    referred_on = models.DateField(_("referred on"), null=True, blank=True)
    enrolled_on = models.DateField(_("enrolled on"))
    discharged_on = models.DateField(_("discharged on"), null=True, blank=True)
    discharge_reason = models.CharField(_("why"), max_length=60, blank=True)
    discharge_note = models.TextField(_("note"), max_length=4000, blank=True)
    asked_from = models.DateField(null=True, blank=True)
    """Of an episode that came from a file: requirements ask for nothing that was due before this day (ADR 0058)."""
    continues = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continued_by")
    """Who came back within the program's window: the episode that this one goes on with."""
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    enrolled_by = models.UUIDField(null=True)
    enrolled_at = models.DateTimeField()
    discharged_by = models.UUIDField(null=True)
    discharged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-enrolled_on"], name="episodes_by_person"),
            models.Index(fields=["household", "-enrolled_on"], name="episodes_by_household"),
            models.Index(fields=["program", "enrolled_on"], name="episodes_by_program"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=True)
                | Q(person__isnull=True, household__isnull=False),
                name="episodes_person_or_household",
            ),
            models.CheckConstraint(
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("enrolled_on")),
                name="episodes_discharged_after",
            ),
            models.CheckConstraint(
                condition=Q(referred_on__isnull=True) | Q(referred_on__lte=F("enrolled_on")),
                name="episodes_referred_before",
            ),
            models.UniqueConstraint(
                fields=["program", "person"],
                condition=Q(discharged_on__isnull=True, person__isnull=False),
                name="episodes_person_open_once",
            ),
            models.UniqueConstraint(
                fields=["program", "household"],
                condition=Q(discharged_on__isnull=True, household__isnull=False),
                name="episodes_household_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"episode {self.pk}"


class EpisodeMember(models.Model):
    """A client who is served under the episode: the person of it, or each one of the household, from a day to a day. Whoever
    left a household and came back has a row for each time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="episode_places", db_index=False)
    child = models.BooleanField(_("counted by each-child rules"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    """Why they left, while others stayed."""
    joined_by = models.UUIDField(null=True)
    joined_at = models.DateTimeField(null=True)
    """When somebody wrote down that they joined; empty: they were there from the first day."""
    left_by = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True)
    """When somebody wrote down that they left; empty: they are there, or the whole episode ended."""

    class Meta:
        indexes = [models.Index(fields=["person", "episode"], name="episodes_member_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "person"], condition=Q(ends_on__isnull=True), name="episodes_member_open_once"
            ),
            models.UniqueConstraint(fields=["episode", "person", "starts_on"], name="episodes_member_once_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="episodes_member_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"


class Pause(models.Model):
    """Days on which the episode rests, for a reason: in hospital, in jail, away. Clocks stop."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    episode = models.ForeignKey(Episode, on_delete=models.CASCADE, related_name="pauses")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="episodes_pause_ends_after"
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(ends_on__isnull=True), name="episodes_pause_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"
