"""The plan on paper: printed, and as a PDF made by the worker; nothing that people wrote reaches a file or the network."""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from PIL import Image
from pypdf import PdfReader

from goldthread.casework.episodes.models import Episode
from goldthread.casework.plans.actions import edit
from goldthread.casework.plans.models import Paper
from goldthread.casework.plans.rules.editing import PutLine, SetPart
from goldthread.doors.jobs import queue
from goldthread.doors.jobs.worker import run_all
from goldthread.doors.web.plans import tasks
from goldthread.foundation.files.actions import keep_image, read
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.workforce.enums import Role
from goldthread.foundation.workforce.models import Staff
from tests.access.world import browser
from tests.casework.plans.making import episode_of, in_force, some_id, written
from tests.factories import AgencyFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renee() -> Staff:
    AgencyFactory()
    return StaffFactory(role=Role.CASE_MANAGER)


@pytest.fixture
def by(renee: Staff, actor: Actor) -> Actor:
    return replace(actor, staff=renee.pk, name=renee.name)


@pytest.fixture
def episode(renee: Staff, by: Actor) -> Episode:
    return episode_of(renee, by)


@pytest.fixture
def web(renee: Staff) -> Client:
    return browser(renee)


def test_printed_with_spanish_headings_and_as_one_page(web: Client, episode: Episode, by: Actor) -> None:
    version = in_force(episode, by)
    url = reverse("plans:print", args=[episode.person_id, version.pk])
    assert 'class="plain"' in web.get(url).content.decode()
    fridge = web.get(url + "?form=fridge").content.decode()
    assert 'class="fridge roomy"' in fridge
    assert "Shortened to fit" not in fridge  # nothing of it was
    spanish = web.get(url + "?form=nonsense&lang=es").content.decode()
    assert '<html lang="es">' in spanish
    assert "I want my own door" in spanish


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_pdf_once(
    web: Client, episode: Episode, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = in_force(episode, by)
    url = reverse("plans:pdf", args=[episode.person_id, version.pk])
    made = []
    monkeypatch.setattr(tasks, "pdf_of", lambda html: made.append(html) or b"%PDF-made")
    for _press in range(2):
        assert web.post(url).status_code == 302
    run_all()
    paper = Paper.objects.select_related("file").get()
    assert paper.file
    assert read(paper.file) == b"%PDF-made"
    assert len(made) == 1
    assert "It is ready." in web.get(url).content.decode()
    file = web.get(reverse("plans:pdf_file", args=[episode.person_id, version.pk]))
    assert file.content == b"%PDF-made"
    assert file.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db(transaction=True)
def test_where_libraries_are_missing_it_says_so(
    web: Client, episode: Episode, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = in_force(episode, by)
    url = reverse("plans:pdf", args=[episode.person_id, version.pk])
    monkeypatch.setattr(tasks, "pdf_of", lambda html: None)
    web.post(url)
    run_all()
    assert "cannot make PDF files" in web.get(url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_pdf_that_could_not_be_made_can_be_tried_again(
    web: Client, episode: Episode, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(html: str) -> bytes:
        raise OSError

    version = in_force(episode, by)
    url = reverse("plans:pdf", args=[episode.person_id, version.pk])
    monkeypatch.setattr(tasks, "pdf_of", broken)
    web.post(url)
    run_all()
    page = web.get(url).content.decode()
    assert "could not be made just now" in page
    assert "Try again" in page
    monkeypatch.setattr(tasks, "pdf_of", lambda html: b"%PDF-made")
    web.post(url)
    run_all()
    assert "It is ready." in web.get(url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_pdf_that_nobody_makes_is_asked_for_again_after_a_minute(web: Client, episode: Episode, by: Actor) -> None:
    version = in_force(episode, by)
    url = reverse("plans:pdf", args=[episode.person_id, version.pk])
    web.post(url)
    with queue.outside_agencies():
        DBTaskResult.objects.all().delete()  # the worker was killed five times: the job lies among the failed
    web.post(url)
    with queue.outside_agencies():
        assert not DBTaskResult.objects.exists()
    Paper.objects.update(asked_at=by.at - timedelta(days=90))
    assert "Try again" in web.get(url).content.decode()
    web.post(url)
    with queue.outside_agencies():
        assert DBTaskResult.objects.get().task_path.endswith("make_paper")


def test_the_refrigerator_gets_one_page_whatever_is_in_the_plan(episode: Episode, by: Actor) -> None:
    """Small letters before shorter words; where words had to be shortened, the page says so."""
    version = written(episode, by)
    goals = [SetPart("crisis", "Call the warm line. " * 6)]
    for number in range(7):
        goal = some_id()
        goals.append(
            PutLine("goals", goal, {"words": f"Goal {number}: " + "I want my own door " * 6, "domain": "housing"})
        )
        goals += [
            PutLine(
                "steps",
                some_id(),
                {"words": f"Step {step} " + "call and ask " * 8, "goal": goal, "owner_kind": "worker"},
            )
            for step in range(7)
        ]
    short = tasks.made_of(Paper(version=version, form="fridge", language="en"))
    assert short
    assert tasks.pages_of(short) == 1
    long = tasks.made_of(Paper(version=edit(version=version, edits=goals, by=by), form="fridge", language="en"))
    assert long
    assert tasks.pages_of(long) == 1
    words = PdfReader(io.BytesIO(long)).pages[0].extract_text()
    assert "Goal 6" in words  # all goals are named, their words are what is shortened
    assert "The whole plan says more." in words
    assert "The whole plan says more." not in PdfReader(io.BytesIO(short)).pages[0].extract_text()


def test_the_pdf_is_tagged_in_our_letters_and_fetches_nothing() -> None:
    page = '<html lang="en"><title>x</title><link rel="stylesheet" href="paper.css"><h1>Plan</h1>'
    made = tasks.pdf_of(page + '<img alt="x" src="file:///etc/passwd"><img alt="y" src="http://127.0.0.1:9/x.png">')
    assert made is not None
    assert made.startswith(b"%PDF-")


@pytest.mark.django_db
def test_making_a_pdf_does_not_let_cut_images_in(by: Actor) -> None:
    """WeasyPrint changes Pillow for the whole process."""
    whole = io.BytesIO()
    Image.new("RGB", (1200, 600), "teal").save(whole, "PNG")
    assert tasks.pdf_of("<title>x</title>")
    with pytest.raises(DomainError):
        keep_image(data=whole.getvalue()[:200], by=by)
