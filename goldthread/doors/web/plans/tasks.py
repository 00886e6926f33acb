"""What the worker does for plans: PDF, which take seconds of processor time that a page has not; mails with a link to sign."""

import io
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse
from PIL import ImageFile

from goldthread.casework.plans import actions
from goldthread.casework.plans.models import Paper
from goldthread.doors.web.plans.fitting import FITS
from goldthread.doors.web.plans.mailing import send_link
from goldthread.doors.web.plans.printing import paper_of
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.ui import bundle

KINDS = {".css": "text/css", ".woff2": "font/woff2"}
STATIC = Path(bundle.__file__).resolve().parent / "static" / "ui"


@job()
def make_paper(by: Actor, paper: str) -> None:
    """Make the file that *paper* asks for. Made already: nothing."""
    found = Paper.objects.select_related("version__plan__episode__program", "version__plan__person").get(pk=paper)
    if found.file_id is not None:
        return
    try:
        data = made_of(found)
    except Exception:
        actions.paper_failed(paper=found.pk)  # who waits is told; the queue tries again
        raise
    actions.keep_paper(paper=found.pk, data=data, by=by)


@job()
def mail_link(by: Actor, signature: str, link: str, origin: str) -> None:
    """Mail the link to sign, unless it was mailed, used or replaced meanwhile. Its secret is made here, and never queued."""
    found = actions.link_to_mail(UUID(signature), UUID(link), by.at)
    if found is None:
        return
    address = origin + reverse("plans:by_link", args=[actions.secret_of(UUID(link))])
    send_link(found.sent_to, address, found.version.plan.person.language)
    actions.link_mailed(found, by)


def made_of(paper: Paper) -> bytes | None:
    """*paper* as a file. The one for the refrigerator in the largest letters in which it is one page."""
    data: bytes | None = None
    for fit in FITS if paper.form == "fridge" else ("roomy",):
        data = pdf_of(paper_of(paper.version, form=paper.form, language=paper.language, fit=fit))
        if data is None or paper.form != "fridge" or pages_of(data) == 1:
            break
    return data


def pages_of(data: bytes) -> int:
    """How many pages a PDF that was made here has."""
    from pypdf import PdfReader  # here: 6 MB that only the worker needs

    return len(PdfReader(io.BytesIO(data)).pages)


def pdf_of(html: str) -> bytes | None:
    """*html* as a tagged PDF (PDF/UA-1). None: a library that WeasyPrint needs (Pango) is not on this machine."""
    try:
        import weasyprint  # here: half a second and libraries of the system, which only the worker needs
        from weasyprint import urls
    except OSError:
        return None
    ImageFile.LOAD_TRUNCATED_IMAGES = (
        False  # WeasyPrint lets cut images pass, in the whole process: uploads refuse them
    )

    class Ours(weasyprint.URLFetcher):  # type: ignore[misc]  # it has no types
        """Our own style sheet and fonts by name, and nothing else: no text of a plan reaches a file or the network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            file = STATIC / Path(urlsplit(url).path).name
            if file.suffix not in KINDS or not file.is_file():
                raise ValueError("Not one of ours.")
            return urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": KINDS[file.suffix]})

    page = weasyprint.HTML(string=html, base_url="https://paper.invalid/", url_fetcher=Ours())
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made
