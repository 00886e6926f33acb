"""A clock that only an urgent referral starts: every other client is left alone by it."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

SCENARIO = """
program: act-intensive
enrolled: 2026-01-15
events:
  - {{on: 2026-01-15, kind: referred{name}}}
ask: [2026-01-17]
"""


@pytest.mark.parametrize(("name", "state", "due"), [("", "not_yet", None), (", name: urgent", "overdue", "2026-01-16")])
def test_only_an_urgent_referral_asks_for_an_urgent_assessment(tmp_path, name, state, due):
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO.format(name=name))
    out = StringIO()
    call_command("programs", "try", str(file), "--json", stdout=out)
    rows = {row["key"]: row for row in json.loads(out.getvalue())[0]["requirements"]}
    assert (rows["urgent-assessment"]["state"], rows["urgent-assessment"]["due"]) == (state, due)
