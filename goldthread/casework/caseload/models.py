"""Whose client is whose, by dates. Until programs arrive this is where the gate's relationships come from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class AssignmentKind(models.TextChoices):
    PRIMARY = "primary", _("Primary worker")
    SECONDARY = "secondary", _("Second worker")
    COVER = "cover", _("Cover")


class Assignment(models.Model):
    """A client assigned to a worker (and the worker's team) from a day to a day, both included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("client"))
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("worker"))
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="assignments", verbose_name=_("team")
    )
    kind = models.CharField(_("as"), max_length=9, choices=AssignmentKind.choices, default=AssignmentKind.PRIMARY)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "client"], name="caseload_by_staff"),
            models.Index(fields=["team", "client"], name="caseload_by_team"),
            models.Index(fields=["client", "starts_on"], name="caseload_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="caseload_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False), name="caseload_ended_has_day"
            ),
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(kind="primary", ends_on__isnull=True),
                name="caseload_one_open_primary",
            ),
            models.UniqueConstraint(
                fields=["client", "staff", "kind"],
                condition=Q(ends_on__isnull=True),
                name="caseload_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"
