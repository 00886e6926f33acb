"""A section of a program's rules that is changed as text, and read back as sentences: who it is for, who comes first."""

from collections.abc import Iterable
from dataclasses import replace
from textwrap import indent
from typing import Any, ClassVar

import yaml
from django import forms
from django_stubs_ext import StrOrPromise

from goldthread.doors.web.entry import StaffRequest
from goldthread.doors.web.programs.forms import ChangeForm
from goldthread.doors.web.settings.saving import saved
from goldthread.foundation.programs import queries
from goldthread.foundation.programs.actions import change_rules
from goldthread.foundation.programs.models import Program
from goldthread.foundation.programs.rules.deviations import Deviation
from goldthread.foundation.programs.rules.nodes import read_yaml
from goldthread.foundation.programs.rules.problems import TemplateError
from goldthread.foundation.programs.rules.reading import from_content
from goldthread.foundation.programs.rules.template import Template
from goldthread.foundation.programs.rules.writing import to_content

LONGEST = 12_000


class SectionForm(ChangeForm):
    """One section of a template as text. ``section``: its key; ``words``: what the field is called."""

    section: ClassVar[str]
    words: ClassVar[StrOrPromise]
    text = forms.CharField(max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 18}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = self.words


def written(template: Template, section: str) -> str:
    """The *section* of *template* as the text that is changed."""
    content = to_content(template).get(section, {"source": "judgement"})
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)


def read_section(form: SectionForm, template: Template) -> Template | None:
    """The rules with the section of *form*; None when nothing was sent, or it is wrong."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        found = read_yaml(f"{form.section}:\n" + indent(form.cleaned_data["text"], "  "), "")
    except TemplateError as error:
        form.refuse_problems(_moved(error), "text")
        return None
    lines = {path: line - 1 for path, line in found.lines.items()}  # the head is ours
    if found.problems:
        form.refuse_problems(_moved(TemplateError(found.problems)), "text")
        return None
    given = found.value.get(form.section) if isinstance(found.value, dict) else found.value
    try:
        return from_content(to_content(template) | {form.section: given}, lines=lines)
    except TemplateError as error:
        form.refuse_problems(error, "text")
        return None


def _moved(error: TemplateError) -> TemplateError:
    """The mistakes by the lines that somebody typed: the head is ours."""
    return TemplateError([replace(one, line=max(0, one.line - 1)) for one in error.problems])


def save_section(
    request: StaffRequest,
    form: SectionForm,
    program: Program,
    after: Template,
    deviations: Iterable[Deviation] = (),
) -> bool:
    """Make *after* another version of the rules of *program*. False: show the form again."""
    said = form.cleaned_data
    return saved(
        form,
        lambda: change_rules(
            program=program,
            template=after,
            in_force_from=said["in_force_from"],
            by=request.viewer.actor,
            reason=said["reason"],
            deviations=deviations,
            version_seen=said["version"] or 0,
        ),
        lambda: queries.latest(program).number,
    )
