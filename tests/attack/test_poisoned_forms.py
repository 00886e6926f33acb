"""Whatever stands in a field of any form that the demo agency shows, it is answered, and never by a fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.attack.poisoning import ROLES, Form, Page, Random, poisoned
from tests.serving import environment_of, prepare

FORM = """<form id="f" method="post" action="/go/"><input name="a" value="1"><input type="date" name="day">
<select name="s"><option value="">-</option><option value="x"><option value="y" selected></select>
<input type="radio" name="r" value="one"><input type="radio" name="r" value="two" checked>
<input type="checkbox" name="c" value="p" checked><input type="checkbox" name="c" value="q" checked>
<textarea name="t">old</textarea><input type="file" name="paper"><button name="do" value="sign">Sign</button></form>
<input form="f" name="late" value="9"><a href="/there/">There</a>"""


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = Page(FORM)
    (form,) = page.forms
    assert page.links == ["/there/"]
    assert (form.action, form.posts, form.buttons, form.files) == ("/go/", True, [("do", "sign")], ["paper"])
    assert form.fields == {
        "a": ["1"],
        "day": ["2026-11-20"],
        "s": ["y"],
        "r": ["two"],
        "c": ["p", "q"],
        "t": ["Words"],
        "late": ["9"],
    }


def test_one_field_is_odd_at_a_time() -> None:
    form = Form("/go/", True, {"a": ["1"], "b": ["2"], "csrfmiddlewaretoken": ["z"]})
    first, *rest = (sent for _what, sent in poisoned(form, ("do", "sign"), 30, Random(1)))
    assert first == {"a": ["1"], "b": ["2"], "do": ["sign"]}
    assert len(rest) == 30
    assert all(sum(sent[name] != first[name] for name in first) <= 1 for sent in rest)
    assert any(sent["b"] != ["2"] for sent in rest)


@pytest.mark.slow
@pytest.mark.sqlite
def test_every_form_of_the_demo_answers_whatever_stands_in_its_fields(tmp_path: Path) -> None:
    """Found when first run: words of lists that no page could show again, a time of 25:61, a version that never was."""
    prepare(tmp_path)
    command = [sys.executable, "-m", "tests.attack.poisoning", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment_of(tmp_path, demo=True), stdout=subprocess.PIPE, check=True
    )
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert set(told["asked"]) == set(ROLES)
    assert told["forms"] > 250, told
