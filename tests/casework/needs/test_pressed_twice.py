"""Two presses of one button that arrive at once write one row: whoever waits for the other finds what it wrote."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from goldthread.casework.needs import actions as needs
from goldthread.casework.skills import actions as skills
from goldthread.foundation.lib.ids import new_id
from goldthread.people.facts import actions as facts
from tests.casework.assessments.asking import TODAY, actor, care

pytestmark = pytest.mark.django_db
FACT = {"kind": "medicine", "value": {"name": "Aspirin"}, "said_by": "client", "said_on": TODAY}
NEED = {"domain": "housing", "words": "A home"}
SKILL = {"skill": "money", "level": 2, "on": TODAY, "evidence": "Paid the rent"}


@pytest.mark.parametrize(
    ("room", "act", "said"),
    [(facts, facts.state_fact, FACT), (needs, needs.raise_need, NEED), (skills, skills.record_step, SKILL)],
)
def test_the_second_finds_what_the_first_wrote(
    monkeypatch: pytest.MonkeyPatch, room: ModuleType, act: Callable[..., Any], said: dict[str, Any]
) -> None:
    there = care()
    again = {**said, "person": there.person, "form_id": new_id(), "by": actor(there.worker)}
    first: list[Any] = []

    def waiting(_person: object) -> None:
        if not first:
            first.append(None)
            first[0] = act(**again)

    monkeypatch.setattr(room, "_lock", waiting, raising=False)
    assert act(**again) == first[0]
