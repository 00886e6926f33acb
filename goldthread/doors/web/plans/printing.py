"""A version of the plan as HTML: for its pages, and for the worker that makes a PDF of it."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from goldthread.casework.plans.models import PlanVersion
from goldthread.casework.plans.queries import signatures_of
from goldthread.doors.web.plans.drawing import with_paths
from goldthread.doors.web.plans.fitting import FITS
from goldthread.doors.web.plans.mailing import language_for
from goldthread.doors.web.plans.shown import Document, Seen, Work, document_of
from goldthread.foundation.agency.queries import the_agency
from goldthread.foundation.programs.queries import template_on


def paper_of(
    version: PlanVersion, *, form: str, language: str, back: str = "", fit: str = "roomy", fits: bool = True
) -> str:
    """The HTML of *version* as it is printed, headings in *language*; with a bar of buttons where there is a way *back*. *fit*: how
    tight the page for the refrigerator is set; *fits*: whether it is one sheet then."""
    with translation.override(language_for(language)):
        signatures = [one for one in with_paths(signatures_of(version)) if one.state != "withdrawn"]
        doc, most = written_in(version), FITS[fit].most
        context: dict[str, Any] = {
            "agency": the_agency(),
            "client": version.plan.person,
            "version": version,
            "doc": doc,
            "rules": template_on(version.plan.episode.program, version.starts_on or version.made_at.date()),
            "signatures": signatures,
            "form": form,
            "language": language_for(language),
            "back": back,
            "fit": fit if form == "fridge" else "",
            "most": most,
            "too_long": form == "fridge" and not fits,
            "cut": most is not None and _is_cut(doc, *most),
            "title": _("%(name)s, plan") % {"name": version.plan.person.display_name},
        }
        return render_to_string("plans/paper.html", context)


def written_in(version: PlanVersion) -> Document:
    """What *version* says, part by part."""
    return document_of(Seen(version.content, [], {}, Work()))


def _is_cut(doc: Document, goal: int, steps: int, step: int, part: int) -> bool:
    """Does anything not stand there whole?"""
    return any(
        len(one.words) > goal or len(one.steps) > steps or any(len(line.words) > step for line in one.steps)
        for one in doc.goals
    ) or any(len(one.text) > part for one in doc.after if one.part.key != "discharge")
