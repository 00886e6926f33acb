"""An expression that was typed, checked: the same in every form of the builder."""

from django import forms
from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath import compiled
from goldthread.casework.assessments.rules.problems import ExpressionError


def check_expression(form: forms.Form, name: str, text: str, *, needed: bool = False) -> None:
    """Tell at the field *name* of *form* why *text* is no expression; or (*needed*) that there is none."""
    if not text.strip():
        if needed:
            form.add_error(name, _("Write the expression."))
        return
    try:
        compiled(text)
    except ExpressionError as error:
        form.add_error(name, str(error))
