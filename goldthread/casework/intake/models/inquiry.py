from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.enums import Caller, Came, CloseReason, InquiryState, Result
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.enums import Urgency
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person

URGENCIES = [
    (Urgency.CRISIS.value, _("Crisis")),
    (Urgency.URGENT.value, _("Urgent")),
    (Urgency.ROUTINE.value, _("Routine")),
]


class Inquiry(models.Model):
    """Somebody asks for help, for themselves or for another. Kept as it is typed: ``said`` holds every field as it was written;
    the other columns are what lists, searches and due dates need of it, worked out by ``actions.writing``.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=4, choices=InquiryState.choices, default=InquiryState.OPEN)
    came = models.CharField(_("how it came"), max_length=8, choices=Came.choices, default=Came.PHONE)
    urgency = models.CharField(_("how urgent"), max_length=7, choices=URGENCIES, default=Urgency.ROUTINE.value)
    caller = models.CharField(_("who asks"), max_length=12, choices=Caller.choices, blank=True)
    display_name = models.CharField(_("about whom"), max_length=200, blank=True)
    search_text = models.CharField(max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    said = models.JSONField(default=dict)
    """What was written, by the name of the field: a text, or a list of texts where several can be chosen."""
    touched = models.JSONField(default=dict)
    """Of each field that was changed: in which version, by which open page, and what stood there before."""
    client = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries", db_index=False
    )
    """Who it is about, once that is settled."""
    new_person = models.BooleanField(default=False)
    """Somebody looked: it is none of those who are known."""
    owner = models.ForeignKey(
        Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries", verbose_name=_("whose")
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="inquiries")
    """Who sees to it while it is nobody's own."""
    due_on = models.DateField(_("answer by"))
    labels = LabelsField()
    """Of the programs asked for: that somebody asks is told as little as that they are there."""
    version = models.PositiveIntegerField(default=1)
    received_by = models.UUIDField(null=True)
    """None: it came in by a public page."""
    received_at = models.DateTimeField()
    received_on = models.DateField()
    """On the agency's wall calendar."""
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(state="open"), name="intake_open_by_due"),
            models.Index(fields=["-received_at", "-id"], name="intake_newest"),
            models.Index(fields=["owner", "due_on"], condition=Q(state="open"), name="intake_open_by_owner"),
            models.Index(fields=["client"], name="intake_by_client"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", finished_at__isnull=True) | Q(state="done", finished_at__isnull=False),
                name="intake_done_has_an_instant",
            )
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk}"


class AskedProgram(models.Model):
    """A program that an inquiry asks for, or for which somebody looked whether it fits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="asked", db_index=False)
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="asked_for")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "program"], name="intake_asked_once")]

    def __str__(self) -> str:
        return f"{self.inquiry_id} asks for {self.program_id}"


class Outcome(models.Model):
    """What came of an inquiry for one program (None: as a whole). Never edited; one that was taken back is ``voided``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="outcomes")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, null=True, related_name="outcomes")
    result = models.CharField(max_length=10, choices=Result.choices)
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, related_name="+")
    source_kind = models.CharField(max_length=30, blank=True)
    source_id = models.UUIDField(null=True)
    """The row of another room that goes on with it: a place on the waitlist, a hand-off."""
    reason = models.CharField(_("why"), max_length=20, choices=CloseReason.choices, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)
    told = models.TextField(_("what they were told"), max_length=2000, blank=True)
    override = models.CharField(_("why although not eligible"), max_length=300, blank=True)
    judged = models.JSONField(default=dict)
    """How the criteria stood at that moment: verdict, and of each criterion its answer."""
    labels = LabelsField()
    voided = models.BooleanField(default=False)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["source_kind", "source_id"], name="intake_outcome_by_source")]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry", "program"],
                condition=Q(voided=False, program__isnull=False),
                name="intake_one_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result} of {self.inquiry_id}"
