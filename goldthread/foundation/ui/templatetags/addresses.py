"""``{% url %}`` as in Django, but with addresses that are worked out once. Built into every template (settings)."""

from django import template
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parse
from django.utils.html import escape
from django.utils.safestring import SafeString

from goldthread.foundation.ui.addresses import address

register = template.Library()


class Address(URLNode):
    """The address of a page whose arguments are given by place. No part of it depends on the page that shows it."""

    def render(self, context: template.Context) -> SafeString:
        """Django's hook."""
        return escape(address(self.view_name.resolve(context), *[one.resolve(context) for one in self.args]))


@register.tag
def url(parser: template.base.Parser, token: template.base.Token) -> URLNode:
    """Django's tag. With arguments by name, or an ``as`` that forgives a missing page, it stays Django's own."""
    node = parse(parser, token)
    return node if node.kwargs or node.asvar else Address(node.view_name, node.args, node.kwargs, node.asvar)
