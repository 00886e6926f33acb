"""Reading the public pages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from goldthread.casework.intake.models import IntakeSettings, PublicDoor
from goldthread.casework.intake.rules.numbers import NUMBERS


def open_doors(today: date) -> list[PublicDoor]:
    """The public pages that are open on *today*, by the name of the program. One query."""
    still = Q(program__closed_on__isnull=True) | Q(program__closed_on__gt=today)
    rows = PublicDoor.objects.filter(still, open=True, program__opened_on__lte=today)
    return list(rows.select_related("program").order_by("program__name"))


def door_of(key: str, today: date) -> PublicDoor | None:
    """The open page of the program with the short name *key*; None: there is none, or it is closed."""
    return next((door for door in open_doors(today) if door.program.key == key), None)


def the_settings() -> IntakeSettings:
    """How this agency takes people in; the defaults where nobody said."""
    return IntakeSettings.objects.select_related("team").first() or IntakeSettings()


def numbers_of(settings: IntakeSettings) -> Sequence[dict[str, Any]]:
    """The emergency numbers of the public pages."""
    return settings.numbers or NUMBERS
