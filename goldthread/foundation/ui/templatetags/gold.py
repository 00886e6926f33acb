"""Template tags and filters of the house. Those used inside loops are plain and quick."""

from datetime import date, datetime
from functools import cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldthread.foundation.ui.icons import ICONS

register = template.Library()

VARIANTS = {"primary": "primary", "danger": "danger", "small": "sm", "bare": "bare", "plain": ""}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite. It says nothing to a screen reader: a word stands beside it."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    if name != "mark" and name not in ICONS:
        raise template.TemplateSyntaxError(f"There is no icon called {name!r}")
    box = "0 0 18 16" if name == "mark" else "0 0 24 24"
    href = static("ui/icons.svg")
    return format_html('<svg aria-hidden="true" viewBox="{}"><use href="{}#{}"/></svg>', box, href, name)


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """*value* as people say it: *today*, *yesterday*, *Thu 3 Dec*, with the year when it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if today:
        near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((value - today).days)
        if near:
            return near
    return date_format(value, "D j M" if today and value.year == today.year else "j M Y")


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """How long ago, with the day itself: *12 days ago, 19 Nov*."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    days = (today - value).days
    if days <= 1:
        return day(value, today)
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days} + ", " + date_format(value, "j M")


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and the last word of a name."""
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper() if words else ""


@register.filter
def first_word(name: str) -> str:
    """The first word of a name."""
    return name.split()[0] if name.split() else ""


@register.filter
def variant_class(variant: str) -> str:
    """The class of a kind of button."""
    return VARIANTS[variant]


@register.filter
def widget_kind(field: forms.BoundField) -> str:
    """How a field is laid out: chips for choices, a switch for yes or no, the whole width for long text, else plain."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "switch"
    return "long" if isinstance(widget, forms.Textarea) else "plain"


@register.filter
def described(field: forms.BoundField) -> SafeString:
    """The control, tied to its hint and errors for who hears the page."""
    attributes: dict[str, Any] = {"aria-describedby": f"{field.auto_id}-more"}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.simple_tag
def debugging() -> bool:
    """Is this an installation for development?"""
    return bool(settings.DEBUG)
