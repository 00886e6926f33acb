"""What a program asks for after a discharge: the contacts that are planned, and by whom. Pure."""

from dataclasses import dataclass

from goldthread.foundation.programs.enums import AftercareBy, Mode
from goldthread.foundation.programs.rules.values import JUDGEMENT, Source, Span


@dataclass(frozen=True, slots=True)
class AftercareContact:
    """One contact, ``after`` so long since the day of the discharge. ``after_death``: with the family of somebody who has died,
    and then alone; the others are for those who live."""

    title: str
    after: Span
    mode: Mode = Mode.PHONE
    by: AftercareBy = AftercareBy.WORKER
    after_death: bool = False


@dataclass(frozen=True, slots=True)
class AftercareRules:
    """What is proposed at the discharge; whoever discharges changes it there."""

    contacts: tuple[AftercareContact, ...] = ()
    source: Source = JUDGEMENT


AFTERCARE = AftercareRules()
"""Of a program that says nothing: none is proposed."""
