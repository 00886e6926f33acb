"""Programs and the versions of their rules, by the dates they are in force."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField


class Program(models.Model):
    """What the agency offers. Its rules are those of the version in force."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(_("short name"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    template_key = models.CharField(_("template"), max_length=60, blank=True)
    """The shipped template that it was copied from; blank when the agency wrote its own."""
    unit = models.CharField(max_length=9, choices=[("person", _("A person")), ("household", _("A household"))])
    labels = LabelsField()
    """Every episode, and all that comes of it, carries them."""
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="programs", verbose_name=_("team")
    )
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="programs_closes_after_opening",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProgramVersion(models.Model):
    """The rules of a program from a day on, until the next version's day. Never edited: another one for the same day replaces it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    in_force_from = models.DateField(_("in force from"))
    content = models.JSONField()
    """The template as ``rules.reading`` reads and ``rules.writing`` writes it."""
    deviations = models.JSONField(default=list)
    """Rules loosened below their source, as ``rules.deviations.Deviation`` writes them."""
    reason = models.CharField(_("why"), max_length=300, blank=True)
    made_by = models.UUIDField(null=True)
    made_by_name = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="programs_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.program_id}"
