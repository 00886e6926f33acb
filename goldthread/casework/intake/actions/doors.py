"""Opening and closing public pages, and how this agency takes people in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from goldthread.casework.intake.models import IntakeSettings, PublicDoor
from goldthread.foundation.agency.editing import change
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.models import Program

MOST_NUMBERS = 8


@transaction.atomic
def edit_door(*, program: Program, values: Mapping[str, Any], version: int, by: Actor) -> PublicDoor:
    """Open or close the public page of *program*, and its words. DomainError: open without words. EditConflict."""
    if values.get("open") and not (values.get("words_en", "").strip() and values.get("words_es", "").strip()):
        raise DomainError(_("Say in both languages what the program is: strangers read it."), "words_en")
    door, made = PublicDoor.objects.get_or_create(program=program)
    return change(
        door, values, version=door.version if made else version, by=by, action="intake.door_edited", kind="door"
    )


@transaction.atomic
def edit_settings(*, values: Mapping[str, Any], version: int, by: Actor) -> IntakeSettings:
    """Who answers inquiries, and the emergency numbers of the public pages. DomainError: too many of them. EditConflict."""
    if len(values.get("numbers", [])) > MOST_NUMBERS:
        raise DomainError(
            _("At most %(most)s numbers: who is in danger reads no list.") % {"most": MOST_NUMBERS}, "numbers"
        )
    row, made = IntakeSettings.objects.get_or_create(id=1)
    return change(
        row, values, version=row.version if made else version, by=by, action="intake.settings_edited", kind="intake"
    )
