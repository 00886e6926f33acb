"""Answers as the screens hold them, and as a FHIR QuestionnaireResponse.

``Answers`` maps a key to the list of answers given at that place. An answer is what FHIR keeps: a mapping with one
``value…`` and whatever came with it: ``{"valueCoding": {"code": "LA6568-5"}}``, ``{"valueInteger": 3}``.

A key is the linkId. Below something that occurs several times (a repeating group, or the answers of a repeating
question) it is followed by the numbers of the turns, counted from 0, outermost first, in brackets: ``phone[1]``,
``street[0.2]``. ``Item.turns`` tells which ancestors those are. The key of a repeating group itself holds one empty
mapping for each turn: ``{"household": [{}, {}]}``; so an empty turn is kept, too.

So answers are plain JSON, a form field can be called by the key, and a draft can hold what is not finished: words typed
where a number belongs are kept as ``{"valueString": "three"}``, and ``check_answers`` says what is wrong with them.
"""

from goldthread.casework.assessments.rules.checking import check_answer, check_answers
from goldthread.casework.assessments.rules.forms import from_form, to_form
from goldthread.casework.assessments.rules.places import (
    Answer,
    Answers,
    Place,
    key_of,
    places,
    places_below,
    same_value,
    value_of,
)
from goldthread.casework.assessments.rules.responses import MOST_TURNS, from_response, to_response

__all__ = [
    "MOST_TURNS",
    "Answer",
    "Answers",
    "Place",
    "check_answer",
    "check_answers",
    "from_form",
    "from_response",
    "key_of",
    "places",
    "places_below",
    "same_value",
    "to_form",
    "to_response",
    "value_of",
]
