"""What files of enrollments are brought into."""

import pytest

from goldthread.foundation.programs.models import Program
from tests.casework.imports.actions.test_happenings import RULES
from tests.casework.tasks.making import program


@pytest.fixture
def care() -> Program:
    """A program called *Care*."""
    made = program(RULES)
    made.name = "Care"
    made.save()
    return made


@pytest.fixture
def families() -> Program:
    """A program called *Families* that serves households."""
    made = program(RULES.replace("title: Tried", "title: Tried\nserves: household"))
    assert made.unit == "household"
    made.name = "Families"
    made.save()
    return made
