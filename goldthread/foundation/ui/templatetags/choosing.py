"""Rows of choices, made in Python: a form that has a hundred of them spends most of its time on the loops of its template."""

from collections.abc import Iterable
from html import escape
from typing import Any, Protocol

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class Choice(Protocol):
    """One of them: what is sent, what stands there, and is it chosen?"""

    @property
    def value(self) -> str: ...
    @property
    def label(self) -> Any: ...
    @property
    def checked(self) -> bool: ...


@register.simple_tag
def chips(kind: str, name: str, choices: Iterable[Choice]) -> SafeString:
    """A chip for each of *choices*. *kind*: ``radio`` or ``checkbox``."""
    return _labels('<label class="chip">', kind, name, choices)


@register.simple_tag
def segments(name: str, choices: Iterable[Choice]) -> SafeString:
    """The pieces of a row of which one is chosen."""
    return _labels("<label>", "radio", name, choices)


@register.simple_tag
def chosen(choices: Iterable[Choice]) -> SafeString:
    """The options of a list."""
    return mark_safe(  # noqa: S308  escaped here, value by value
        "".join(
            f'<option value="{escape(one.value)}"{" selected" if one.checked else ""}>{escape(str(one.label))}</option>'
            for one in choices
        )
    )


def _labels(opens: str, kind: str, name: str, choices: Iterable[Choice]) -> SafeString:
    start = f'{opens}<input type="{escape(kind)}" name="{escape(name)}" value="'
    return mark_safe(  # noqa: S308  escaped here, value by value
        "".join(
            f'{start}{escape(one.value)}"{" checked" if one.checked else ""}>{escape(str(one.label))}</label>'
            for one in choices
        )
    )
