"""A package that is frozen and not handed over yet, over HTTP: what may not go out is neither printed nor downloaded."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from goldthread.casework.documents.actions import remove
from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.packages.actions import handing, making
from goldthread.casework.packages.actions.releases import revoke
from goldthread.casework.packages.models import Package
from goldthread.foundation.audit.models import Event
from goldthread.foundation.files import storage
from goldthread.foundation.lib.errors import DomainError
from tests.access.world import browser
from tests.casework.contacts.making import AT, TODAY, episode_of
from tests.casework.packages.test_packages import EYES, UNTIL, Moving

pytestmark = pytest.mark.django_db


@pytest.fixture
def moving() -> Iterator[Moving]:
    with time_machine.travel(AT, tick=False):
        found = Moving(["identity", "documents"])
        episode_of(found.dana, found.ann)
        yield found


@pytest.fixture
def web(moving: Moving) -> Client:
    return browser(moving.ann)


def ready(moving: Moving) -> Package:
    """Frozen with one paper, its file made."""
    paper = moving.document("insurance", "Insurance card")
    package = moving.package()
    making.choose(
        package=package,
        sections=["identity", "documents"],
        papers=list(DocumentVersion.objects.filter(document=paper)),
        by=moving.by,
    )
    _found, _papers, seen = making.looked_at(package, EYES, moving.by)
    package = making.freeze(package=package, eyes=EYES, seen=seen, by=moving.by)
    making.keep_file(package=package.pk, digest=package.digest, data=b"PK all of it", by=moving.by)
    return Package.objects.get(pk=package.pk)


def stays(web: Client, moving: Moving, package: Package, words: str) -> None:
    """Neither printed nor downloaded, and told why; the page offers neither."""
    home = f"/clients/{moving.dana.pk}/packages/{package.pk}/"
    for name in ("print/", "file/"):
        answer: Any = web.get(f"{home}{name}", follow=True)
        assert answer.redirect_chain == [(home, 302)], name
        assert words in unescape(answer.content.decode()), name
    page = unescape(web.get(home).content.decode())
    assert words in page
    assert f"{home}file/" not in page
    assert f"{home}print/" not in page
    assert "It stays here" in page
    assert "Hand it over" not in page
    assert not Event.objects.filter(action__in=["packages.printed", "packages.downloaded"]).exists()


def test_what_may_go_out_is_printed_and_downloaded(web: Client, moving: Moving) -> None:
    home = f"/clients/{moving.dana.pk}/packages/{ready(moving).pk}/"
    assert web.get(f"{home}print/").status_code == 200
    assert web.get(f"{home}file/").content == b"PK all of it"
    page = web.get(home).content.decode()
    assert f"{home}print/" in page
    assert f"{home}file/" in page


def test_nothing_goes_out_under_a_release_that_was_taken_back(web: Client, moving: Moving) -> None:
    package = ready(moving)
    revoke(release=moving.release, revoked_on=TODAY, why="Dana said so on the phone", by=moving.by)
    stays(web, moving, package, "This release was revoked.")


def test_or_that_has_ended(moving: Moving) -> None:
    package = ready(moving)
    with time_machine.travel(AT + (UNTIL - TODAY) + timedelta(days=1), tick=False):
        stays(browser(moving.ann), moving, package, "This release has ended.")


def test_nor_what_was_given_up(web: Client, moving: Moving) -> None:
    package = ready(moving)
    making.give_up(package=package, why="She stays", by=moving.by)
    home = f"/clients/{moving.dana.pk}/packages/{package.pk}/"
    answer = web.get(f"{home}file/", follow=True)
    assert "This package was given up." in unescape(answer.content.decode())
    assert "Download what was sent" not in answer.content.decode()


def test_nor_a_paper_that_was_removed_since(web: Client, moving: Moving) -> None:
    """It was of somebody else of the same name."""
    package = ready(moving)
    remove(document=package.papers.get().document, why="Another Dana's", by=moving.by)
    stays(web, moving, package, "A paper in it was removed since.")
    with pytest.raises(DomainError, match="A paper in it was removed"):
        handing.hand_over(package=package, to="Joan", how="secure_mail", on=TODAY, every_days=14, by=moving.by)
    again = making.open_again(package=package, by=moving.by)
    _found, papers, _seen = making.looked_at(again, EYES, moving.by)
    assert papers == []


def test_what_went_out_can_be_looked_at_after_the_release_ended(web: Client, moving: Moving) -> None:
    package = ready(moving)
    handing.hand_over(package=package, to="Joan", how="secure_mail", on=TODAY, every_days=14, by=moving.by)
    revoke(release=moving.release, revoked_on=TODAY, why="Dana said so on the phone", by=moving.by)
    home = f"/clients/{moving.dana.pk}/packages/{package.pk}/"
    assert web.get(f"{home}file/").content == b"PK all of it"
    assert "Download what was sent" in web.get(home).content.decode()


def test_a_file_that_is_lost_is_made_again(web: Client, moving: Moving) -> None:
    package = ready(moving)
    assert package.file
    storage.path_of(package.file.digest).unlink()
    home = f"/clients/{moving.dana.pk}/packages/{package.pk}/"
    answer = web.get(f"{home}file/", follow=True)
    assert answer.status_code == 200
    assert "cannot be read any more" in answer.content.decode()
    assert "It could not be made. Try again" in answer.content.decode()
