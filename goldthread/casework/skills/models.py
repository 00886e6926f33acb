"""Where somebody stands with each skill, day by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.skills.enums import Level
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class SkillStep(models.Model):
    """Somebody was seen at a level of one skill on a day. The latest of each skill is where they stand."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="skill_steps", verbose_name=_("client"), db_index=False
    )
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    skill = models.CharField(_("skill"), max_length=30)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    on = models.DateField(_("seen on"))
    evidence = models.CharField(_("what was seen"), max_length=300)
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True)
    """The note or the assessment that it was written in."""
    voided = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    labels = LabelsField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "skill", "-on"], name="skills_by_person"),
            models.Index(fields=["source_kind", "source_id"], name="skills_by_source"),
        ]

    def __str__(self) -> str:
        return f"{self.skill} {self.level}"
