"""The words of a hand-off are corrected by who wrote them, while it is open; how they stood before is kept."""

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.actions.hand_offs import SOURCE, Elsewhere, check_words, client_of, tell_of_hand_off
from goldthread.casework.intake.enums import HandOffState
from goldthread.casework.intake.models import HandOff, HandOffWords
from goldthread.foundation.audit.actions import record
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError

WORDS = {"organization": 160, "phone": 60, "wanted": 300, "said": 2000, "together": 200, "spoke_to": 120}
"""What is corrected, and how long it can be."""


def may_correct(hand_off: HandOff, by: Actor) -> bool:
    """Is it open, and *by* who wrote it?"""
    return hand_off.state == HandOffState.OPEN and by.staff is not None and hand_off.made_by == by.staff


@transaction.atomic
def correct_hand_off(*, hand_off: HandOff, to: Elsewhere, version_seen: int, by: Actor) -> HandOff:
    """What was written of *hand_off* becomes *to*, also on the timeline; its day is not changed. The same words change nothing.

    DomainError: answered already, somebody else's, no organization or nothing said of how, or it changed since it was read.
    """
    row = (
        HandOff.objects.select_for_update(of=("self",)).select_related("inquiry__client", "client").get(pk=hand_off.pk)
    )
    if row.state != HandOffState.OPEN:
        raise DomainError(_("Somebody has answered this already. Look again."))
    if not may_correct(row, by):
        raise DomainError(_("Only who wrote it corrects it. Ask them, or write an answer."))
    check_words(to)
    words = {name: getattr(to, name).strip()[:longest] for name, longest in WORDS.items()}
    before = {name: getattr(row, name) for name in WORDS}
    if words == before:
        return row
    if row.version != version_seen:
        raise DomainError(_("Somebody else has just changed this. Look again, then decide."))
    HandOffWords.objects.create(hand_off=row, **before, labels=row.labels, corrected_by=by.staff, corrected_at=by.at)
    for name, text in words.items():
        setattr(row, name, text)
    row.version += 1
    row.save(update_fields=[*WORDS, "version"])
    client = client_of(row)
    tell_of_hand_off(row, client, by)
    changed = ",".join(name for name in WORDS if words[name] != before[name])
    record(
        by=by,
        action="intake.referral_corrected",
        kind=SOURCE,
        object_id=row.pk,
        client=client.pk if client else None,
        details={"fields": changed},
    )
    return row
