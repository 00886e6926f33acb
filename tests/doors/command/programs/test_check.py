"""``goldthread programs``: files checked, templates listed."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from goldthread.foundation.programs.shipped import FOLDER

WRONG = "template: a\ntitel: A\nrequirements: []\n"


def run(*arguments):
    """Exit code and what was written."""
    out = StringIO()
    try:
        call_command("programs", *arguments, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def test_every_shipped_file_is_right():
    files = [str(path) for path in sorted(FOLDER.glob("*.yaml"))]
    code, text = run("check", *files)
    assert code == 0
    assert text.splitlines() == [f"{file}: nothing wrong" for file in files]


def test_mistakes_have_file_and_line_and_end_with_1(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(WRONG)
    code, text = run("check", str(file))
    assert code == 1
    assert f"{file}:2: “titel” is not known here. Did you mean “title”?" in text.splitlines()


def test_the_same_as_json(tmp_path):
    wrong, right = tmp_path / "wrong.yaml", FOLDER / "hospice.yaml"
    wrong.write_text(WRONG)
    code, text = run("check", str(wrong), str(right), "--json")
    assert code == 1
    first, second = json.loads(text)
    assert (first["file"], first["ok"], first["problems"][0]["line"]) == (str(wrong), False, 1)
    assert {problem["line"] for problem in first["problems"]} == {1, 2}
    assert second == {"file": str(right), "ok": True, "problems": []}


@pytest.mark.parametrize(("content", "part"), [(None, "cannot be opened"), (b"\xff\xfe\x00", "not text in UTF-8")])
def test_what_cannot_be_read_is_said(tmp_path, content, part):
    file = tmp_path / "x.yaml"
    if content is not None:
        file.write_bytes(content)
    code, text = run("check", str(file))
    assert code == 1
    assert part in text


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + (FOLDER / "hospice.yaml").read_bytes())
    assert run("check", str(file))[0] == 0


def test_the_list_names_templates_and_requirements():
    code, text = run("list")
    assert code == 0
    lines = {line.split("\t")[0]: line for line in text.splitlines()}
    assert len(lines) == 16
    assert "ifsp-45" in lines["early-intervention"]
