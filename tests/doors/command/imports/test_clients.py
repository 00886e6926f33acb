"""``goldthread import clients``: what would happen, and all or nothing."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from goldthread.casework.episodes.models import Episode
from goldthread.casework.imports.models import Import
from goldthread.casework.record.models import Entry
from goldthread.casework.tasks.models import Task
from goldthread.people.persons.models import Person
from tests.casework.tasks.making import program
from tests.factories import AgencyFactory

pytestmark = pytest.mark.django_db
GOOD = 'Name,DOB,Phone\n"Ortiz, Ana",3/4/61,215-555-0142\nBo Lee,5/6/70,\n'


@pytest.fixture(autouse=True)
def agency() -> None:
    AgencyFactory()


def run(path: Path, *more: str, what: str = "clients") -> tuple[dict[str, Any], int]:
    out, code = io.StringIO(), 0
    try:
        call_command("import", what, str(path), "--json", *more, stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return json.loads(out.getvalue()), code


def write(folder: Path, text: str | bytes, name: str = "clients.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_dry_run_tells_and_writes_nothing(tmp_path: Path) -> None:
    answer, code = run(write(tmp_path, GOOD + "Eva,1/1/2030,12\n"), "--dry-run")
    assert code == 1
    assert answer["rows"] == 3
    assert [(one["row"], one["column"]) for one in answer["errors"]] == [(4, "DOB"), (4, "Phone")]
    assert (Person.objects.count(), Import.objects.count()) == (0, 0)
    assert run(write(tmp_path, GOOD), "--dry-run") == (
        {"rows": 2, "errors": [], "alike": [], "undecided": 0, "left_out": []},
        0,
    )


def test_all_or_nothing(tmp_path: Path) -> None:
    answer, code = run(write(tmp_path, GOOD + "Eva,1/1/2030,12\n"))
    assert (code, answer["brought"], Person.objects.count()) == (1, 0, 0)
    answer, code = run(write(tmp_path, GOOD))
    assert (code, answer["brought"]) == (0, 2)
    assert Person.objects.filter(client_number__isnull=False).count() == 2


def test_the_same_file_again_is_not_brought_unless_somebody_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    run(path)
    answer, code = run(path)
    assert (code, answer["undecided"], answer["brought"]) == (1, 2, 0)
    assert run(path, "--same", "skip")[0]["brought"] == 0
    assert run(path, "--same", "new")[0]["brought"] == 2


def test_a_map(tmp_path: Path) -> None:
    path = write(tmp_path, "Who,When,Color\nAna Ortiz,3/4/61,teal\n")
    by = write(tmp_path, json.dumps({"Who": "name", "When": "birth_date"}), "map.json")
    assert run(path, "--dry-run")[1] == 1  # no column is known to be the name
    assert run(path, "--map", str(by))[0]["brought"] == 1
    assert Person.objects.get().brought.get().kept == {"Color": "teal"}
    for wrong in ("{", "[1]", '{"Who": "nonsense"}', '{"Whom": "name"}'):
        answer, code = run(path, "--map", str(write(tmp_path, wrong, "wrong.json")))
        assert (code, len(answer["errors"])) == (1, 1)


def test_a_dry_run_refuses_what_bringing_refuses(tmp_path: Path) -> None:
    path = write(tmp_path, "Who,When,Then\nAna Ortiz,3/4/61,3/4/61\n")
    by = str(write(tmp_path, json.dumps({"Who": "name", "When": "birth_date", "Then": "birth_date"}), "map.json"))
    for more in (["--dry-run"], []):
        answer, code = run(path, "--map", by, *more)
        assert code == 1
        assert "cannot both be" in answer["errors"][0]["reason"]


def test_columns_that_a_map_does_not_name_are_not_remembered_as_meaning_nothing(tmp_path: Path) -> None:
    by = str(write(tmp_path, json.dumps({"Name": "name"}), "map.json"))
    assert run(write(tmp_path, "Name,DOB,DOB\nAna Ortiz,3/4/61,x\n"), "--map", by)[1] == 0
    assert run(write(tmp_path, "Name,DOB\nBo Lee,99/4/61\n"), "--dry-run")[0]["errors"][0]["column"] == "DOB"


def test_a_column_that_stands_twice_does_not_take_away_the_first(tmp_path: Path) -> None:
    assert run(write(tmp_path, "Name,DOB,DOB\nAna Ortiz,3/4/61,unsure\n"))[0]["brought"] == 1
    again = write(tmp_path, "Name,DOB,DOB\nBo Lee,5/6/70,unsure\n")
    assert run(again)[0]["brought"] == 1
    assert sorted(map(str, Person.objects.values_list("birth_date", flat=True))) == ["1961-03-04", "1970-05-06"]


def test_the_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer, code = run(write(tmp_path, GOOD), "--map", str(tmp_path / "no-map.json"), "--dry-run")
    assert (code, "no-map.json" in answer["errors"][0]["reason"]) == (1, True)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\0\1\2\3", b"PK\x03\x04x"])
def test_what_is_no_table(tmp_path: Path, data: bytes) -> None:
    answer, code = run(write(tmp_path, data))
    assert (code, answer["rows"], len(answer["errors"])) == (1, 0, 1)


def test_no_file_and_nobody(tmp_path: Path) -> None:
    assert run(tmp_path / "missing.csv")[1] == 1
    assert run(write(tmp_path, GOOD), "--by", "nobody@example.org")[1] == 1


def test_in_words(tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command(
            "import", "clients", str(write(tmp_path, GOOD + "Eva,1/1/2030,\nTotal,3,\n")), "--dry-run", stdout=out
        )
    lines = out.getvalue().splitlines()
    assert lines[0] == "Row 4, DOB: The date of birth is in the future."
    assert lines[-1] == "3 rows were looked at."


def test_enrollments_and_contacts_alike(tmp_path: Path) -> None:
    run(write(tmp_path, GOOD))
    care = program()
    stays = write(
        tmp_path, f"Name,DOB,Program,From\nAna Ortiz,3/4/61,{care.name},1/2/2025\nZed,1/1/70,{care.name},1/2/2025\n"
    )
    answer, code = run(stays, "--dry-run", what="episodes")
    assert (code, answer["rows"], [(one["row"], one["column"]) for one in answer["errors"]]) == (1, 2, [(3, "Name")])
    assert run(stays, what="episodes")[1] == 1
    assert not Episode.objects.exists()
    answer, code = run(stays, "--leave-refused", what="episodes")
    assert (code, answer["brought"], Episode.objects.get().person.display_name) == (0, 1, "Ana Ortiz")
    assert Task.objects.filter(state="open").exists()
    talks = write(tmp_path, "Number,Day,Words\n1001,3/4/2025,Came by\n")
    mapped = tmp_path / "map.json"
    mapped.write_text(json.dumps({"Number": "client_number", "Day": "date", "Words": "note"}))
    assert run(talks, "--map", str(mapped), what="contacts")[0]["brought"] == 1
    assert Entry.objects.get(source_kind="brought").text == "Came by"
