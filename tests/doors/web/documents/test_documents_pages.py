"""Documents over HTTP: uploaded, looked at, renewed, removed; what intake sees; what is refused, with everything typed kept."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldthread.casework.documents.models import Document, DocumentVersion
from goldthread.casework.tasks.models import Task
from goldthread.doors.web.middleware import LARGEST
from goldthread.foundation.audit.models import Event
from goldthread.foundation.files import storage
from goldthread.foundation.lib.ids import new_id
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from goldthread.people.persons.models import Person
from tests.access.world import browser
from tests.casework.contacts.making import episode_of
from tests.doors.web.clients.people import TODAY, client_of, team_with
from tests.foundation.files.corpus import image, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    return team_with(Role.CASE_MANAGER)


@pytest.fixture
def dana(worker: Staff) -> Person:
    return client_of(worker, worker.memberships.get().team, given="Dana", family="Ruiz")


@pytest.fixture
def page(worker: Staff) -> Client:
    return browser(worker)


def form(data: bytes = b"a card", **given: Any) -> dict[str, Any]:
    told = {"form_id": str(new_id()), "kind": "letter", "title": "From the landlord"}
    return told | {"file": SimpleUploadedFile("../../lies.exe", data)} | given


def at(dana: Person, *path: Any) -> str:
    return "/".join([f"/clients/{dana.pk}/documents", *map(str, path), ""])


def kept(page: Client, dana: Person, data: bytes = b"a card", **given: Any) -> Document:
    assert page.post(at(dana, "add"), form(data, **given)).status_code == 302
    return Document.objects.latest("pk")


def test_a_document_is_uploaded_once_listed_looked_at_and_every_read_is_recorded(page: Client, dana: Person):
    sent = form(expires_on=TODAY.replace(year=TODAY.year + 1).isoformat())
    for _time in range(2):
        sent["file"] = SimpleUploadedFile("../../lies.exe", b"a card")
        assert page.post(at(dana, "add"), sent).status_code == 302
    document = Document.objects.get()
    assert "From the landlord" in page.get(at(dana)).content.decode()
    seen = page.get(at(dana, document.pk), headers={"HX-Request": "true"})
    assert "a card" in seen.content.decode()
    assert "<html" not in seen.content.decode()
    assert page.get(at(dana, document.pk)).status_code == 200
    answer = page.get(at(dana, document.pk, "file"))
    assert answer.content == b"a card"
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == (
        "default-src 'none'; frame-ancestors 'none'; sandbox",
        "nosniff",
        "DENY",
    )
    assert "attachment" in page.get(f"{at(dana, document.pk, 'file')}?download")["Content-Disposition"]
    read = Event.objects.filter(object_id=str(document.pk)).values_list("action", flat=True)
    assert {"documents.added", "documents.looked_at", "documents.opened", "documents.downloaded"} <= set(read)
    task = Task.objects.get(source_kind="document")
    assert f"/documents/{document.pk}/" in page.get(f"/clients/{dana.pk}/tasks/").content.decode()
    assert task.title == "Renew: From the landlord"


def test_a_pdf_is_framed_by_our_own_pages_alone_and_an_image_comes_drawn_anew(page: Client, dana: Person):
    paper = kept(page, dana, pdf())
    answer = page.get(at(dana, paper.pk, "file"))
    assert answer["Content-Type"] == "application/pdf"
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in page.get(at(dana, paper.pk))["Content-Security-Policy"]
    photo = kept(page, dana, image("PNG"), kind="identification")
    assert page.get(at(dana, photo.pk, "file"))["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"data": b"PK\x03\x04" + bytes(40)}, "archive"),
        ({"data": b""}, "empty"),
        ({"file": ""}, "Choose a file"),
        ({"kind": "spell"}, "kind"),
        ({"dated_on": "2199-01-01"}, "not come yet"),
        ({"dated_on": "2999-01-01"}, "too far ahead"),
        ({"dated_on": "someday"}, "someday"),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_nothing_else(
    page: Client, dana: Person, given: dict[str, Any], words: str
):
    answer = page.post(at(dana, "add"), form(**given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "From the landlord" in answer.content.decode()
    assert not Document.objects.exists()


def test_ten_gigabytes_are_refused_before_they_are_read(page: Client, dana: Person):
    answer = page.post(at(dana, "add"), form(), CONTENT_LENGTH=10 * 1024**3)
    assert answer.status_code == 413
    assert "25 MB" in answer.content.decode()
    assert LARGEST < 30 * 1024**2


def test_it_is_renewed_not_needed_removed_and_brought_back(page: Client, dana: Person):
    document = kept(page, dana, expires_on=TODAY.isoformat())
    assert "ends " in page.get(at(dana)).content.decode()
    again = {"form_id": str(new_id()), "file": SimpleUploadedFile("b.txt", b"newer"), "expires_on": TODAY.isoformat()}
    assert page.get(at(dana, document.pk, "renew")).status_code == 200
    assert page.post(at(dana, document.pk, "renew"), again).status_code == 302
    first, _second = DocumentVersion.objects.order_by("number")
    assert page.get(at(dana, document.pk, "file")).content == b"newer"
    assert page.get(at(dana, first.pk, "file")).content == b"a card"
    assert "An older version" in page.get(at(dana, first.pk)).content.decode()
    assert page.post(at(dana, document.pk, "not-needed")).status_code == 302
    assert not Task.objects.filter(source_kind="document", state="open").exists()
    assert page.post(at(dana, document.pk, "remove"), {"why": ""}).status_code == 422
    assert page.post(at(dana, document.pk, "remove"), {"why": "His brother's"}).status_code == 302
    body = page.get(at(dana)).content.decode()
    assert "No documents yet" in body
    assert "1 removed" in body
    assert page.post(at(dana, document.pk, "renew"), again | {"form_id": str(new_id())}).status_code == 422
    assert page.post(at(dana, document.pk, "bring-back")).status_code == 302
    assert "No documents yet" not in page.get(at(dana)).content.decode()


def test_intake_brings_papers_of_identity_and_sees_no_others(page: Client, dana: Person):
    letter = kept(page, dana)
    intake = browser(team_with(Role.INTAKE))
    card = kept(intake, dana, kind="insurance", title="Blue card")
    body = intake.get(at(dana)).content.decode()
    assert "Blue card" in body
    assert "From the landlord" not in body
    for path in ((letter.pk,), (letter.pk, "file"), (letter.pk, "renew")):
        assert intake.get(at(dana, *path)).status_code == 404
    assert intake.post(at(dana, "add"), form(kind="court_order")).status_code == 422
    assert page.get(at(dana, card.pk)).status_code == 200


def test_the_same_file_brought_twice_is_pointed_out_to_who_sees_both(page: Client, dana: Person):
    letter = kept(page, dana)
    assert "The same file" not in page.get(at(dana, letter.pk)).content.decode()
    other = kept(page, dana, b"another letter", title="From the court")
    again = kept(page, dana, title="Notice of rent")
    said = page.get(at(dana, again.pk)).content.decode()
    assert f'<a href="{at(dana, letter.pk)}" dir="auto">From the landlord</a>' in said
    assert "From the court" not in said
    assert "Notice of rent" in page.get(at(dana, letter.pk)).content.decode().split("The same file is here")[1]
    assert "The same file" not in page.get(at(dana, other.pk)).content.decode()
    intake = browser(team_with(Role.INTAKE))
    card = kept(intake, dana, kind="insurance", title="Blue card")
    assert "The same file" not in intake.get(at(dana, card.pk)).content.decode(), "intake sees no letters"
    assert page.post(at(dana, letter.pk, "remove"), {"why": "twice"}).status_code == 302
    said = page.get(at(dana, again.pk)).content.decode()
    assert "From the landlord" not in said


def test_the_list_asks_seventeen_questions_however_long_it_is(
    page: Client, dana: Person, django_assert_num_queries: Any
):
    for _time in range(2):
        kept(page, dana)
        page.get(at(dana))
        with django_assert_num_queries(17):
            page.get(at(dana))


def several(*files: tuple[str, bytes], **given: Any) -> dict[str, Any]:
    return form(file=[SimpleUploadedFile(name, data) for name, data in files], **given)


def held_in(answer: Any) -> list[str]:
    return re.findall(r'name="held" value="([^"]+)"', answer.content.decode())


def test_of_several_files_only_the_refused_one_is_asked_for_again(page: Client, dana: Person):
    sent = several(
        ("front.txt", b"the front"), ("back.zip", b"PK\x03\x04" + bytes(40)), photo=SimpleUploadedFile("p.jpg", image())
    )
    answer = page.post(at(dana, "add"), sent)
    said = answer.content.decode()
    assert (answer.status_code, "back.zip: This is an archive" in said, "From the landlord" in said) == (
        422,
        True,
        True,
    )
    assert ("front.txt" in said, "p.jpg" in said, Document.objects.exists()) == (True, True, False)
    tokens = held_in(answer)
    stranger = browser(team_with(Role.INTAKE))
    stolen = stranger.post(at(dana, "add"), form(kind="insurance", file="", held=tokens))
    assert (stolen.status_code, held_in(stolen)) == (422, [])
    again = several(("back.txt", b"the back"), form_id=sent["form_id"], held=tokens)
    for _time in range(2):
        again["file"] = [SimpleUploadedFile("back.txt", b"the back")]
        assert page.post(at(dana, "add"), again).status_code == 302
    titles = list(Document.objects.order_by("title").values_list("title", flat=True))
    assert titles == [f"From the landlord ({number})" for number in (1, 2, 3)]


def test_a_good_file_need_not_be_chosen_again_when_something_else_was_wrong(page: Client, dana: Person):
    answer = page.post(at(dana, "add"), form(dated_on="2999-01-01"))
    (token,) = held_in(answer)
    good = form(file="", held=[token])
    lost = page.post(at(dana, "add"), good | {"held": [token[:-3] + "abc"]})
    assert (lost.status_code, "Choose it once more" in lost.content.decode()) == (422, True)
    assert page.post(at(dana, "add"), good).status_code == 302
    assert page.get(at(dana, Document.objects.get().pk, "file")).content == b"a card"
    many = several(*((f"{n}.txt", b"words") for n in range(11)))
    assert "At most 10 files" in page.post(at(dana, "add"), many).content.decode()


def test_a_file_that_is_lost_is_told_of_and_is_no_error(page: Client, dana: Person):
    paper = kept(page, dana)
    file = DocumentVersion.objects.get().file
    storage.remove(file.digest)
    answer = page.get(at(dana, paper.pk, "file"))
    assert (answer.status_code, "a backup may hold it" in answer.content.decode()) == (410, True)
    assert "cannot be read any more" in page.get(at(dana, paper.pk)).content.decode()


def test_a_paper_meets_what_is_asked_and_the_page_says_so(page: Client, dana: Person, worker: Staff):
    episode_of(dana, worker)
    asked = re.findall(r'value="([^"]+:first-assessment)"', page.get(at(dana, "add")).content.decode())
    said = page.post(at(dana, "add"), form(serves=asked[0]), follow=True).content.decode()
    assert "It meets: " in said
    assert "Meets: " in said
    paper = Document.objects.get()
    renewing = page.get(at(dana, paper.pk, "renew")).content.decode()
    assert "was the wrong paper" in renewing
    old = {"dated_on": "2020-01-02", "instead": "1", "form_id": str(new_id())}
    page.post(at(dana, paper.pk, "renew"), old | {"file": SimpleUploadedFile("b.txt", b"older")})
    seen = page.get(at(dana, paper.pk)).content.decode()
    assert "on 2 Jan 2020" in seen
    assert "the wrong paper" in seen
