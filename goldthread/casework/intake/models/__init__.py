"""Inquiries, what came of them, and the doors by which they come in."""

from goldthread.casework.intake.models.door import IntakeSettings, PublicDoor
from goldthread.casework.intake.models.inquiry import AskedProgram, Inquiry, Outcome
from goldthread.casework.intake.models.knock import Knock

__all__ = ["AskedProgram", "Inquiry", "IntakeSettings", "Knock", "Outcome", "PublicDoor"]
