"""What the worker does for packages: the PDF takes seconds of processor time that a page has not."""

import io
import zipfile

from django.utils.text import slugify

from goldthread.casework.documents.models import DocumentVersion
from goldthread.casework.packages.actions.making import file_failed, keep_file
from goldthread.casework.packages.models import Package
from goldthread.casework.packages.queries import papers_in
from goldthread.doors.web.packages.printing import html_of
from goldthread.doors.web.plans.tasks import pdf_of
from goldthread.foundation.files.actions import read
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""Of every file in the ZIP: two of the same package are the same bytes, and tell no hour."""
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}


@job()
def make_file(by: Actor, package: str) -> None:
    """Make the ZIP of a frozen package: its words, and its papers. Made already: nothing."""
    found = Package.objects.select_related("release", "person").get(pk=package)
    if found.file_id is not None or not found.digest:
        return
    try:
        html = html_of(found)
        pdf = pdf_of(html)
        words = ("package.pdf", pdf) if pdf is not None else ("package.html", html.encode())
        data = zipped([words, *(named(one, at) for at, one in enumerate(papers_in(found), 1))])
    except Exception:
        file_failed(package=found.pk)  # who waits is told; the queue tries again
        raise
    keep_file(package=found.pk, digest=found.digest, data=data, by=by)


def named(paper: DocumentVersion, number: int) -> tuple[str, bytes]:
    """A paper under a name that no other has, with its bytes."""
    ending = ENDINGS.get(paper.file.media_type, "txt")
    title = slugify(paper.document.title)[:60] or paper.document.kind
    return f"papers/{number:02d}-{title}.{ending}", read(paper.file)


def zipped(files: list[tuple[str, bytes]]) -> bytes:
    """*files* as a ZIP."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in files:
            into.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()
