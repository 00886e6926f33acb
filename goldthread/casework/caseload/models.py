"""Whose client is whose, by dates: this is where the gate's relationships come from."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class AssignmentKind(models.TextChoices):
    PRIMARY = "primary", _("Primary worker")
    SECONDARY = "secondary", _("Second worker")
    COVER = "cover", _("Cover")
    AFTERCARE = "aftercare", _("Aftercare")
    """Asks how it goes after the client has left; reaches them for that alone (ADR 0055)."""


BY_HAND = (AssignmentKind.PRIMARY, AssignmentKind.SECONDARY, AssignmentKind.COVER)
"""What somebody can be made of a client. Aftercare comes of a discharge, and ends with its contacts."""


class Cover(models.Model):
    """Days on which a colleague looks after all clients and tasks of a worker who is away, both days included."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    absent = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="covers", verbose_name=_("who is away"), db_index=False
    )
    colleague = models.ForeignKey(
        Staff,
        on_delete=models.PROTECT,
        related_name="covering",
        verbose_name=_("who looks after the clients"),
        db_index=False,
    )
    starts_on = models.DateField(_("first day away"))
    ends_on = models.DateField(_("last day away"))
    note = models.CharField(_("what the colleague must know"), max_length=300, blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["colleague", "ends_on"], name="caseload_cover_by_colleague"),
            models.Index(fields=["absent", "ends_on"], name="caseload_cover_by_absent"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="caseload_cover_ends_after"),
            models.CheckConstraint(condition=~Q(absent=F("colleague")), name="caseload_cover_by_another"),
        ]

    def __str__(self) -> str:
        return f"cover from {self.starts_on} to {self.ends_on}"


class Assignment(models.Model):
    """A client assigned to a worker (and the worker's team) from a day to a day, both included.

    ``episode`` is the enrolment that the worker serves; None: the client as a whole, from before programs. What the
    episode's labels hide (that there is such an episode at all) ``labels`` hides here. A household's episode has a row
    for each member.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    client = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("client"), db_index=False
    )
    staff = models.ForeignKey(
        Staff, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("worker"), db_index=False
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="assignments", verbose_name=_("team"), db_index=False
    )
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        null=True,
        related_name="assignments",
        verbose_name=_("program"),
        db_index=False,
    )
    labels = LabelsField()
    kind = models.CharField(_("as"), max_length=9, choices=AssignmentKind.choices, default=AssignmentKind.PRIMARY)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    cosign = models.BooleanField(_("notes need a co-signature"), default=False)
    cover = models.ForeignKey(Cover, on_delete=models.PROTECT, null=True, related_name="assignments")
    """Of kind cover: the days away that it belongs to."""
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    """The assignment that was handed over to this one."""
    hand_over_note = models.TextField(_("what the new worker must know"), max_length=4000, blank=True)
    read_at = models.DateTimeField(null=True)
    """When the new worker confirmed having read the hand-over."""
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()
    ended_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "client"], name="caseload_by_staff"),
            models.Index(fields=["team", "client"], name="caseload_by_team"),
            models.Index(fields=["client", "starts_on"], name="caseload_by_client"),
            models.Index(fields=["episode", "kind", "starts_on"], name="caseload_by_episode"),
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
                condition=Q(kind="primary", ends_on__isnull=True, episode__isnull=True),
                name="caseload_one_open_primary",
            ),
            models.UniqueConstraint(
                fields=["client", "episode"],
                condition=Q(kind="primary", ends_on__isnull=True, episode__isnull=False),
                name="caseload_one_open_primary_each",
            ),
            models.UniqueConstraint(
                fields=["client", "staff", "kind"],
                condition=Q(ends_on__isnull=True, episode__isnull=True),
                name="caseload_open_once",
            ),
            models.UniqueConstraint(
                fields=["client", "staff", "kind", "episode"],
                condition=Q(ends_on__isnull=True, episode__isnull=False),
                name="caseload_open_once_each",
            ),
            models.CheckConstraint(condition=Q(cover__isnull=True) | Q(kind="cover"), name="caseload_cover_is_cover"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} from {self.starts_on}"
