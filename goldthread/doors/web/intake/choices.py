"""What there is to choose from on the page of an inquiry, in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.eligibility.rules.words import SOURCES
from goldthread.casework.intake.enums import Caller, Came, CloseReason
from goldthread.casework.intake.models.inquiry import URGENCIES
from goldthread.people.facts.enums import SaidBy
from goldthread.people.facts.rules.fields import COVERAGES, EVERY, INCOMES
from goldthread.people.persons.enums import DateKind, Interpreter
from goldthread.people.persons.rules import languages

STATES = (
    *"AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME".split(),  # noqa: SIM905 - twenty words read better than twenty strings
    *"MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA PR".split(),  # noqa: SIM905 - as above
    *"RI SC SD TN TX UT VT VA VI WA WV WI WY GU AS MP".split(),  # noqa: SIM905 - as above
)


def choices() -> dict[str, Any]:
    """Every list of the page."""
    return {
        "ways": Came.choices,
        "callers": Caller.choices,
        "urgencies": list(reversed(URGENCIES)),
        "sources": [(str(word), name) for word, name in SOURCES.items()],
        "incomes": INCOMES,
        "every": EVERY,
        "coverages": COVERAGES,
        "sayers": SaidBy.choices,
        "births": DateKind.choices,
        "interpreters": Interpreter.choices,
        "languages": languages(),
        "states": STATES,
        "reasons": CloseReason.choices,
        "yes_no": [("yes", _("Yes")), ("no", _("No"))],
    }
