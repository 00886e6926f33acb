from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from goldthread.casework.intake.enums import OfferAnswer, PlaceState, RemovalReason, Touched
from goldthread.casework.intake.models.inquiry import Inquiry
from goldthread.foundation.agency.models import Team
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.lib.labels import LabelsField
from goldthread.foundation.programs.models import Program
from goldthread.foundation.workforce.models import Staff

OPEN_STATES = (PlaceState.WAITING.value, PlaceState.OFFERED.value, PlaceState.ACCEPTED.value)
OPEN = Q(state__in=OPEN_STATES)


class Place(models.Model):
    """A place on the waitlist of a program. It hangs on the inquiry: who waits is whom that is about, known here or not.

    The order is ``rank``, ``since``, ``id``. Ranks are worked out from ``answers`` (what a person said) and from what is known, by the
    rules in force; a job does so again when either changes.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="places")
    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="waiting", db_index=False)
    state = models.CharField(max_length=8, choices=PlaceState.choices, default=PlaceState.WAITING)
    rank = models.PositiveSmallIntegerField(default=0)
    """Which of the groups of the rules, from 0; as many as there are groups: none of them."""
    group = models.CharField(max_length=60, blank=True)
    """The key of that group."""
    answers = models.JSONField(default=dict)
    """What a person said, by the key of the group: true or false. It comes before what is worked out."""
    since = models.DateField(_("waits since"))
    contact_on = models.DateField(_("call by"), null=True)
    owner = models.ForeignKey(Staff, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who stays in touch: the owner, else the team."""
    note = models.TextField(_("note"), max_length=1000, blank=True)
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(_("why"), max_length=14, choices=RemovalReason.choices, blank=True)
    end_note = models.TextField(_("note"), max_length=1000, blank=True)
    labels = LabelsField()
    """Of the program."""
    version = models.PositiveIntegerField(default=1)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["program", "rank", "since", "id"], condition=OPEN, name="intake_waiting_in_order"),
            models.Index(fields=["program", "contact_on"], condition=OPEN, name="intake_waiting_to_call"),
            models.Index(fields=["program", "-ended_on", "-id"], name="intake_waited"),
            models.Index(fields=["contact_on", "id"], condition=OPEN, name="intake_to_call_anywhere"),
            models.Index(fields=["since", "id"], condition=Q(state="accepted"), name="intake_to_enrol"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "program"], condition=OPEN, name="intake_waits_once"),
            models.CheckConstraint(
                condition=(OPEN & Q(ended_on__isnull=True)) | (~OPEN & Q(ended_on__isnull=False)),
                name="intake_place_ends_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"place {self.pk}"


class Touch(models.Model):
    """Somebody who waits was called, or tried."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="touches", db_index=False)
    on = models.DateField(_("when"))
    how = models.CharField(_("how it went"), max_length=11, choices=Touched.choices)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    labels = LabelsField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "-made_at"], name="intake_touch_by_place")]

    def __str__(self) -> str:
        return f"touch {self.pk}"


class Offer(models.Model):
    """A place that was offered: by when it is answered, and what the answer was. One at a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="offers", db_index=False)
    made_on = models.DateField()
    answer_by = models.DateField(_("answer by"))
    why_now = models.CharField(_("why before others"), max_length=300, blank=True)
    why_over = models.CharField(_("why though no place is free"), max_length=300, blank=True)
    said = models.TextField(_("what was said"), max_length=1000, blank=True)
    answer = models.CharField(_("answer"), max_length=9, choices=OfferAnswer.choices, blank=True)
    answered_on = models.DateField(null=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    labels = LabelsField()
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    answered_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["answer_by"], condition=Q(answer=""), name="intake_offer_open"),
            models.Index(fields=["place", "-made_at"], name="intake_offer_by_place"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(answer=""), name="intake_one_offer"),
            models.CheckConstraint(condition=Q(answer_by__gte=F("made_on")), name="intake_offer_ends_after_start"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="intake_answer_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
