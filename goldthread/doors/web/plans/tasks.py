"""Plans are made into PDF by the worker: it takes seconds of processor time, which a page has not."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from PIL import ImageFile

from goldthread.casework.plans import actions
from goldthread.casework.plans.models import Paper
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.jobs import job
from goldthread.foundation.ui import bundle

KINDS = {".css": "text/css", ".woff2": "font/woff2"}
STATIC = Path(bundle.__file__).resolve().parent / "static" / "ui"


@job()
def make_paper(by: Actor, paper: str) -> None:
    """Make the file that *paper* asks for. Made already: nothing."""
    from goldthread.doors.web.plans.paper import paper_of  # here: its pages know this job

    found = Paper.objects.select_related("version__plan__episode__program", "version__plan__person").get(pk=paper)
    if found.file_id is not None:
        return
    html = paper_of(found.version, form=found.form, language=found.language)
    actions.keep_paper(paper=found.pk, data=pdf_of(html), by=by)


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
