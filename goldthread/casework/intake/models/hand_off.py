from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.episodes.models import Episode
from goldthread.casework.intake.enums import HandOffState
from goldthread.casework.intake.models.inquiry import Inquiry
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person


class HandOff(models.Model):
    """Somebody was referred elsewhere: whom to, what was said, who called together; until it is known whether they were seen there.

    Organization and telephone are text; the directory takes them over when it comes. It hangs on an inquiry, or on a client.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(
        Inquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_offs", db_index=False
    )
    client = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_offs", db_index=False
    )
    """Only of one that was made on the client's record; else it is the inquiry's."""
    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organization = models.CharField(_("where to"), max_length=160)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    wanted = models.CharField(_("what for"), max_length=300, blank=True)
    said = models.TextField(_("what was said"), max_length=2000, blank=True)
    together = models.CharField(_("who called together"), max_length=200, blank=True)
    """Empty: nobody called together, they were given the number."""
    spoke_to = models.CharField(_("who answered there"), max_length=120, blank=True)
    made_on = models.DateField()
    ask_on = models.DateField(_("ask on"))
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=HandOffState.choices, default=HandOffState.OPEN)
    ended_on = models.DateField(null=True)
    labels = LabelsField()
    version = models.PositiveIntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["client", "-made_at"], name="intake_hand_off_by_client"),
            models.Index(fields=["ask_on", "id"], condition=Q(state="open"), name="intake_hand_off_to_ask"),
            models.Index(fields=["inquiry", "-made_at"], name="intake_hand_off_by_inquiry"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(inquiry__isnull=False, client__isnull=True) | Q(inquiry__isnull=True, client__isnull=False),
                name="intake_hand_off_of_one",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True) | (~Q(state="open") & Q(ended_on__isnull=False)),
                name="intake_hand_off_ends_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"hand-off {self.pk}"


class HandOffWords(models.Model):
    """The words of a hand-off as they stood before its writer corrected them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hand_off = models.ForeignKey(HandOff, on_delete=models.CASCADE, related_name="before", db_index=False)
    organization = models.CharField(max_length=160)
    phone = models.CharField(max_length=60, blank=True)
    wanted = models.CharField(max_length=300, blank=True)
    said = models.TextField(max_length=2000, blank=True)
    together = models.CharField(max_length=200, blank=True)
    spoke_to = models.CharField(max_length=120, blank=True)
    labels = LabelsField()
    corrected_by = models.UUIDField(null=True)
    corrected_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hand_off", "-corrected_at"], name="intake_hand_off_before")]

    def __str__(self) -> str:
        return f"earlier words of {self.hand_off_id}"


class HandOffAnswer(models.Model):
    """Somebody asked: were they seen there? ``open``: not known yet, asked again later."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hand_off = models.ForeignKey(HandOff, on_delete=models.CASCADE, related_name="answers", db_index=False)
    answer = models.CharField(_("were they seen there?"), max_length=10, choices=HandOffState.choices)
    on = models.DateField()
    note = models.TextField(_("note"), max_length=1000, blank=True)
    labels = LabelsField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["hand_off", "-made_at"], name="intake_hand_off_asked")]

    def __str__(self) -> str:
        return f"{self.answer} of {self.hand_off_id}"
