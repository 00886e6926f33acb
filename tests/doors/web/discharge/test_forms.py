"""What the form of a reason says of its fields: which the chosen way needs."""

import pytest

from goldthread.doors.web.discharge.forms import ReasonForm
from goldthread.foundation.programs.shipped import shipped
from goldthread.foundation.ui.templatetags.gold import must


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("", {}),  # all are needed
        ("deceased", {"said-condoles": "optional"}),
        ("moved", {"said-served_by": "optional", "said-reached": "optional"}),
        ("lost", {"last_day": "needed", "reason": "needed"}),
        ("refused", {"said-their_words": "optional", "said-letter": "optional"}),
    ],
)
def test_what_the_way_needs_is_marked(path: str, marked: dict[str, str]) -> None:
    form = ReasonForm(rules=shipped()["hospice"], path=path, workers=[])
    assert {field.name: must(field) for field in form.visible_fields() if must(field)} == marked
