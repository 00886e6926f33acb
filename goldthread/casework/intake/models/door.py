from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.foundation.agency.models import Team
from goldthread.foundation.programs.models import Program


class PublicDoor(models.Model):
    """The public page of a program. Without a row the page is closed: nobody opens a door by forgetting."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, primary_key=True, related_name="door")
    open = models.BooleanField(_("anybody can ask on a public page"), default=False)
    words_en = models.TextField(_("what the program is, in English"), max_length=1000, blank=True)
    words_es = models.TextField(_("what the program is, in Spanish"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"door of {self.program_id}"


class IntakeSettings(models.Model):
    """How this agency takes people in. There is one row, with id 1; without it the defaults hold."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who answers inquiries")
    )
    """For inquiries without labels; those with labels go to the team of the program."""
    numbers = models.JSONField(default=list)
    """The emergency numbers of the public pages: ``[{"number": "911", "en": "…", "es": "…"}]``. Empty: those of rules.NUMBERS."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="intake_settings_only_one")]

    def __str__(self) -> str:
        return "settings of intake"
