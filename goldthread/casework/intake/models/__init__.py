"""Inquiries, what came of them, places on waitlists, hand-offs, and the doors by which inquiries come in."""

from goldthread.casework.intake.models.door import IntakeSettings, PublicDoor
from goldthread.casework.intake.models.hand_off import HandOff, HandOffAnswer, HandOffWords
from goldthread.casework.intake.models.inquiry import AskedProgram, Inquiry, Outcome
from goldthread.casework.intake.models.knock import Knock
from goldthread.casework.intake.models.waiting import Offer, Place, Touch

__all__ = [
    "AskedProgram",
    "HandOff",
    "HandOffAnswer",
    "HandOffWords",
    "Inquiry",
    "IntakeSettings",
    "Knock",
    "Offer",
    "Outcome",
    "Place",
    "PublicDoor",
    "Touch",
]
