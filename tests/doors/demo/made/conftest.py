"""The demo agency, made once for all tests of this folder: making it takes ten seconds."""

from collections.abc import Iterator

import pytest
import pytest_django

from goldthread.doors.demo import make_demo
from tests.conftest import NOW, TODAY
from tests.databases import untouched, within_agency


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """On 19 November 2026. Gone when the folder's last test has ended."""
    with django_db_blocker.unblock():
        within_agency()
        with untouched():
            make_demo(TODAY, NOW)
            yield
