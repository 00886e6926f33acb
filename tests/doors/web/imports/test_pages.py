"""A file over HTTP, as somebody brings it: chosen, matched, checked, decided on, brought in, taken back."""

import io
from datetime import date
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from goldthread.casework.imports.enums import State
from goldthread.casework.imports.models import Finding, Import
from goldthread.casework.imports.tasks import step
from goldthread.casework.record.queries import timeline
from goldthread.doors.web.timeline.lines import line_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.workforce.enums import Role
from goldthread.people.persons.actions.create import create_person
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.record.test_timeline import ALL
from tests.casework.tasks.making import program
from tests.doors.web.clients.people import TODAY, team_with
from tests.factories import AT

pytestmark = pytest.mark.django_db
BY = Actor(at=AT, today=TODAY)
FILE = b'Client,Born,Color\nAna Ortiz,3/4/61,teal\n"Lee, Bo",5/6/70,=1+1\nEva,1/1/2090,\n'


@pytest.fixture
def page() -> Client:
    return browser(team_with(Role.INTAKE))


def choose(page: Client, data: bytes = FILE, **more: str) -> Import:
    answer = page.post("/imports/new/", {"file": SimpleUploadedFile("old list.csv", data), **more})
    assert answer.status_code == 302, answer.content.decode()
    return Import.objects.get(pk=answer.headers["Location"].split("/")[-2])


def checked(page: Client, data: bytes = FILE) -> Import:
    run = choose(page, data)
    sent = {"version": "1", "column-0": "name", "column-1": "birth_date", "column-2": "keep"}
    assert page.post(f"/imports/{run.pk}/match/", sent).status_code == 302
    return step(run.pk, BY)


def text(page: Client, run: Import, more: str = "") -> str:
    answer = page.get(f"/imports/{run.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_way(page: Client) -> None:
    run = checked(page)
    assert "2 new clients would come in" in text(page, run)
    assert "The date of birth is in the future." in text(page, run)
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert Import.objects.get().state == State.CHECKED  # one row is refused
    page.post(f"/imports/{run.pk}/leave/", {"leave": "yes"})
    for _press in range(2):
        page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert "Being brought in" in text(page, run)
    step(run.pk, BY)
    assert "2 clients came in" in text(page, run)
    assert page.get(f"/imports/{run.pk}/state/").headers["HX-Refresh"] == "true"
    page.post(f"/imports/{run.pk}/undo/")
    step(run.pk, BY)
    assert "has gone again" in text(page, run)
    assert Person.objects.count() == 0


def test_what_is_no_table_is_told_and_nothing_is_kept(page: Client) -> None:
    for data, words in ((b"%PDF-1.7", "PDF"), (b"\0\1", "no text")):
        answer = page.post("/imports/new/", {"file": SimpleUploadedFile("clients.csv", data)})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert page.post("/imports/new/").status_code == 422
    assert Import.objects.count() == 0


def test_a_form_sent_twice_is_one_file(page: Client) -> None:
    form = {"form_id": str(UUID(int=5))}
    assert choose(page, **form) == choose(page, **form)


def test_refused_choices_stay_on_the_page(page: Client) -> None:
    run = choose(page)
    answer = page.post(
        f"/imports/{run.pk}/match/",
        {"version": "1", "column-0": "keep", "column-1": "birth_date", "column-2": "pronouns"},
    )
    assert answer.status_code == 422
    assert '<option value="pronouns" selected>' in answer.content.decode()
    for broken in ({}, {"version": "x"}, {"version": "9"}, {"version": "1", "column-0": "nonsense"}):
        assert page.post(f"/imports/{run.pk}/match/", broken).status_code == 422


def test_another_row_of_captions_makes_other_columns(page: Client) -> None:
    run = choose(page, b"Old list,2019,x\nClient,Born,Color\nAna Ortiz,3/4/61,teal\n")
    page.post(f"/imports/{run.pk}/match/", {"version": "1", "header": "2", "column-0": "name"})
    run.refresh_from_db()
    assert run.captions == ["Client", "Born", "Color"]


def test_another_row_of_captions_is_looked_at_before_it_is_checked(page: Client) -> None:
    """Their words may be none that Goldthread knows: somebody says what they hold."""
    run = choose(page, b"Name,Phone,City\nWer,Nummer,Ort\nAna Ortiz,215-555-0142,Here\n")
    assert run.captions == ["Name", "Phone", "City"]
    answer = page.post(f"/imports/{run.pk}/match/", {"version": "1", "header": "2", "column-0": "name"}, follow=True)
    assert 'value="2"' in answer.content.decode()
    run.refresh_from_db()
    assert (run.state, run.captions, run.rows) == (State.MATCHING, ["Wer", "Nummer", "Ort"], 1)


def test_another_sheet_of_the_workbook(page: Client) -> None:
    book = Workbook()
    book.active.title = "2024"
    book.active.append(("Name", "DOB"))
    book.active.append(("Ana Ortiz", "3/4/61"))
    other = book.create_sheet("Elsewhere")
    other.append(("Wer", "Wann", "Wo"))
    other.append(("Bo Lee", "5/6/70", "Here"))
    out = io.BytesIO()
    book.save(out)
    run = choose(page, out.getvalue())
    assert "<option selected>2024</option><option>Elsewhere</option>" in text(page, run)
    page.post(f"/imports/{run.pk}/match/", {"version": "1", "sheet": "Elsewhere", "header": "1", "column-0": "name"})
    run.refresh_from_db()
    assert (run.state, run.captions, run.reading) == (State.MATCHING, ["Wer", "Wann", "Wo"], {"sheet": "Elsewhere"})
    sent = {"version": "2", "sheet": "Elsewhere", "header": "1"}
    sent |= {"column-0": "name", "column-1": "birth_date", "column-2": "leave"}
    page.post(f"/imports/{run.pk}/match/", sent)
    run = step(run.pk, BY)
    assert (run.state, run.rows, run.refused) == (State.CHECKED, 1, 0)
    assert "Bo Lee" in text(page, run)


def test_the_sheet_to_mend_runs_nothing(page: Client) -> None:
    run = checked(page, FILE + b"Zed,1/1/2091,=HYPERLINK(1)\n")
    sheet = page.get(f"/imports/{run.pk}/refused/").content.decode("utf-8-sig").splitlines()
    assert sheet[0] == "Client,Born,Color,Why it is refused"
    assert sheet[2] == "Zed,1/1/2091,'=HYPERLINK(1),Born: The date of birth is in the future."


def test_days_of_the_sheet_to_mend_are_read_as_the_file_showed_them(page: Client) -> None:
    """31/12/1980 shows that 5/6/70 is the 5th of June; the row that is refused does not show it by itself."""
    run = checked(page, b"Client,Born,Phone\nAna Ortiz,31/12/1980,\nBo Lee,5/6/70,gone\nEva,40/40/70,\n")
    sent = {"version": str(run.version), "column-0": "name", "column-1": "birth_date", "column-2": "phone"}
    page.post(f"/imports/{run.pk}/match/", sent)
    run = step(run.pk, BY)
    sheet = page.get(f"/imports/{run.pk}/refused/").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[:2] for line in sheet[1:]] == [["Bo Lee", "1970-06-05"], ["Eva", "40/40/70"]]


def test_decisions_one_by_one_and_all_at_once(page: Client) -> None:
    known = create_person(
        by=BY,
        names_given=[{"kind": "legal", "given": "Ana", "family": "Ortiz"}],
        values={"birth_date": date(1961, 3, 4)},
        client=True,
    )
    run = checked(page, b"Client,Born,Color\nAna Ortiz,3/4/61,teal\nBo Lee,5/6/70,\nLee Bo,5/6/70,\n")
    assert "Ana Ortiz</a>" in text(page, run)
    assert Finding.objects.get(row=2).twin_id == known.pk
    page.post(f"/imports/{run.pk}/decide/", {"row-2": "same", "row-4": ""})
    assert Finding.objects.get(row=2).decision == "same"
    page.post(f"/imports/{run.pk}/decide/", {"all": "file:same"})
    page.post(f"/imports/{run.pk}/decide/", {"row-2": "nonsense"})
    page.post(f"/imports/{run.pk}/decide/", {"all": "nonsense"})
    assert list(Finding.objects.order_by("row").values_list("decision", flat=True)) == ["same", "same"]
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert step(run.pk, BY).brought == 1


def test_given_up(page: Client) -> None:
    run = checked(page)
    page.post(f"/imports/{run.pk}/give-up/")
    assert "Nothing of this file came in" in text(page, run)
    assert page.post(f"/imports/{run.pk}/give-up/").status_code == 302


def test_files_page_by_page(page: Client) -> None:
    for number in range(27):
        choose(page, FILE, form_id=str(UUID(int=number + 1)))
    first = page.get("/imports/").content.decode()
    assert first.count("old list.csv") == 25
    assert (
        page.get("/imports/?after=" + first.split("?after=")[1].split('"')[0]).content.decode().count("old list.csv")
        == 2
    )
    assert page.get("/imports/?after=x").status_code == 200


def test_queries_do_not_grow_with_what_is_alike(page: Client) -> None:
    counts = []
    for many in (2, 20):
        rows = b"".join(b"Ana Ortiz%d,3/4/61,\nAna Ortiz%d,3/4/61,\n" % (n, n) for n in range(many))
        run = checked(page, b"Client,Born,Color\n" + rows)
        with CaptureQueriesContext(connection) as asked:
            text(page, run)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_enrollments_are_brought_from_their_own_kind_of_file(page: Client) -> None:
    """A row that may be two clients shows both; the one chosen gets it, and the timeline says from which file."""
    born = {"values": {"birth_date": date(1961, 3, 4)}, "client": True}
    two = [
        create_person(by=BY, names_given=[{"kind": "legal", "given": "Ana", "family": "Ortiz"}], **born) for _n in "12"
    ]
    care = program()
    run = choose(page, f"Name,DOB,Program,Start\nAna Ortiz,3/4/61,{care.name},1/2/2025\n".encode(), what="episodes")
    assert '<option value="program" selected>Program</option>' in text(page, run)
    fields = {f"column-{n}": key for n, key in enumerate(("name", "birth_date", "program", "opened"))}
    assert page.post(f"/imports/{run.pk}/match/", {"version": "1", **fields}).status_code == 302
    run = step(run.pk, BY)
    shown = text(page, run)
    assert "1 enrollment would come in" in shown
    assert all(f'value="same:{one.pk}"' in shown for one in two)
    page.post(f"/imports/{run.pk}/decide/", {"row-2": f"same:{two[1].pk}"})
    assert f'value="same:{two[1].pk}" selected' in text(page, run)
    page.post(f"/imports/{run.pk}/bring/", {"version": run.version})
    assert step(run.pk, BY).brought == 1
    assert "1 enrollment came in" in text(page, run)
    (told,) = timeline(two[1], ALL).entries
    assert [str(mark.words) for mark in line_of(told, two[1].pk).marks] == ["From old list.csv"]
