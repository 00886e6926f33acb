"""A package as HTML: for its page, and for the worker that makes a file of it."""

from typing import Any

from django.template.loader import render_to_string

from goldthread.casework.packages.models import Package
from goldthread.casework.packages.queries import papers_in
from goldthread.casework.packages.rules import NOTICE
from goldthread.foundation.agency.queries import the_agency


def html_of(package: Package, *, back: str = "") -> str:
    """The frozen words as they go out; with a bar of buttons where there is a way *back*."""
    context: dict[str, Any] = {
        "agency": the_agency(),
        "client": package.person,
        "package": package,
        "release": package.release,
        "papers": papers_in(package),
        "notice": NOTICE if package.part_two else "",
        "back": back,
    }
    return render_to_string("packages/paper.html", context)
