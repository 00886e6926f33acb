"""What each way out asks for besides the day and the reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from goldthread.casework.discharge.enums import Informed
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.programs.enums import Leaving

LONGEST = 2000
YES = "yes"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a way asks. ``kind``: text, long, day, choice, staff, yes."""

    key: str
    label: StrOrPromise
    hint: StrOrPromise = ""
    kind: str = "text"
    needed: bool = True
    choices: tuple[tuple[str, StrOrPromise], ...] = ()


ASKED: dict[Leaving, tuple[Asked, ...]] = {
    Leaving.ORDINARY: (),
    Leaving.DECEASED: (
        Asked("died_on", gettext_lazy("Day of the death"), kind="day"),
        Asked("informed", gettext_lazy("Who told us"), kind="choice", choices=tuple(Informed.choices)),
        Asked("told_by", gettext_lazy("Name, and how to reach them")),
        Asked(
            "family", gettext_lazy("Whom we send our condolences"), gettext_lazy("Nobody known: write “nobody known”.")
        ),
        Asked("condoles", gettext_lazy("Who calls or writes to them"), kind="staff", needed=False),
    ),
    Leaving.MOVED: (
        Asked("place", gettext_lazy("Where to (city and state)")),
        Asked("served_by", gettext_lazy("Who serves them there, if known"), needed=False),
        Asked("reached", gettext_lazy("How they can be reached there"), needed=False),
    ),
    Leaving.LOST: (
        Asked("last_known", gettext_lazy("What was heard last, and from whom"), kind="long", needed=False),
        Asked("comes_back", gettext_lazy("What happens when they come back"), kind="long", needed=False),
        Asked(
            "calls",
            gettext_lazy("Plan the program's calls afterwards all the same"),
            gettext_lazy("Nobody is called by itself: they are not found."),
            kind="yes",
            needed=False,
        ),
    ),
    Leaving.REFUSED: (
        Asked("offered", gettext_lazy("What was offered"), kind="long"),
        Asked("their_words", gettext_lazy("What they said, in their words"), kind="long", needed=False),
        Asked("way_back", gettext_lazy("What was said of the way back"), kind="long"),
        Asked("letter", gettext_lazy("A letter with the way back is printed and sent"), kind="yes", needed=False),
    ),
}


def asked_of(path: str) -> tuple[Asked, ...]:
    """What the way *path* asks. Nothing while no way is chosen."""
    return ASKED[Leaving(path)] if path else ()


def unanswered(path: str, said: Mapping[str, str]) -> list[Asked]:
    """What the way asks, and must be answered before somebody signs, and is not."""
    return [one for one in asked_of(path) if one.needed and not said.get(one.key, "").strip()]


def check_said(path: str, said: Mapping[str, str], last_day: date | None, today: date) -> None:
    """DomainError, naming the field, for what is missing or cannot be."""
    for one in unanswered(path, said):
        raise DomainError(_("“%(what)s” is not answered yet.") % {"what": one.label}, one.key)
    for one in asked_of(path):
        text = said.get(one.key, "").strip()
        if one.kind == "choice" and text and text not in [key for key, _words in one.choices]:
            raise DomainError(_("Choose one from the list."), one.key)
    if path == Leaving.DECEASED:
        died = day_of(said, "died_on")
        if died is None:
            raise DomainError(_("Write the day of the death as a date."), "died_on")
        if died > today:
            raise DomainError(_("The day of the death cannot be in the future."), "died_on")
        if last_day and last_day < died:
            raise DomainError(_("The last day cannot be before the day of the death."), "last_day")


def day_of(said: Mapping[str, str], key: str) -> date | None:
    """The day that was said; None where there is none."""
    try:
        return date.fromisoformat(said.get(key, ""))
    except ValueError:
        return None


def kept(path: str, said: Mapping[str, str]) -> dict[str, str]:
    """Of what was *said* that which the way asks, tidied; what other ways asked is forgotten."""
    return {one.key: said.get(one.key, "").strip()[:LONGEST] for one in asked_of(path) if said.get(one.key, "").strip()}
