"""``{% url %}``, ``{% translate %}`` and ``|date`` as in Django, but worked out once. Built into every template (settings): a
page of ours has thirty of the one and fifty of the other, a week seventy of the third, and each costs 10 to 30 µs."""

from datetime import date as Date
from typing import Any

from django import template
from django.template.defaultfilters import date as date_filter
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from goldthread.foundation.lib.written import written_day
from goldthread.foundation.ui.addresses import address

register = template.Library()


class Address(URLNode):
    """The address of a page whose arguments are given by place. No part of it depends on the page that shows it."""

    def render(self, context: template.Context) -> SafeString:
        """Django's hook."""
        return escape(address(self.view_name.resolve(context), *[one.resolve(context) for one in self.args]))


class Words(TranslateNode):
    """A fixed text, translated once for each language."""

    def __init__(self, node: TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, node.asvar, node.message_context)
        self.made: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        """Django's hook."""
        language = get_language()
        made = self.made.get(language)
        if made is None:
            made = self.made[language] = super().render(context)
        return made


@register.filter("date", expects_localtime=True, is_safe=False)
def dated(value: Any, form: str | None = None) -> str:
    """Django's filter. The words of a day (no instant) are kept."""
    return written_day(value, form) if form and type(value) is Date else date_filter(value, form)


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> URLNode:
    """Django's tag. With arguments by name, or an ``as`` that forgives a missing page, it stays Django's own."""
    node = parse_url(parser, token)
    return node if node.kwargs or node.asvar else Address(node.view_name, node.args, node.kwargs, node.asvar)


@register.tag
def translate(parser: template.base.Parser, token: template.base.Token) -> TranslateNode:
    """Django's tag. What is a variable, has a filter or is kept in a variable stays Django's own."""
    node = do_translate(parser, token)
    said = node.filter_expression
    is_fixed = isinstance(said.var, template.Variable) and said.var.lookups is None and not said.filters
    return Words(node) if is_fixed and not (node.asvar or node.message_context) else node
