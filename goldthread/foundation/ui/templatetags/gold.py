"""Template tags and filters of the house. Those used inside loops are plain and quick."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from html import escape
from typing import Any

from django import forms, template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.db import models
from django.templatetags.static import static
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from goldthread.foundation.lib.spoken import spoken
from goldthread.foundation.lib.written import written_day
from goldthread.foundation.ui import icons
from goldthread.foundation.ui.toasts import undo_of

register = template.Library()
register.filter("spoken", spoken)

KEPT_MOST = 500
"""Variants of one ``unchanging`` part that are kept; then it begins anew."""
VARIANTS = {"primary": "primary", "danger": "danger", "small": "sm", "bare": "bare", "plain": "", "mend": "mend sm"}

PARTS = {
    "year": gettext_lazy("year"),
    "month": gettext_lazy("month"),
    "day": gettext_lazy("day"),
    "0": gettext_lazy("date"),
    "1": gettext_lazy("time"),
}
"""What the controls of a date in several parts are called."""
NEAR = {0: gettext_lazy("today"), 1: gettext_lazy("tomorrow"), -1: gettext_lazy("yesterday")}
"""Days that have a name of their own, by how far off they are."""


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing from the sprite. It says nothing to a screen reader: a word stands beside it."""
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    try:
        box = icons.box(name)
    except KeyError as missing:
        raise template.TemplateSyntaxError(f"There is no icon called {name!r}") from missing
    return format_html(
        '<svg aria-hidden="true" viewBox="{}"><use href="{}#{}"/></svg>', box, static("ui/icons.svg"), name
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any) -> SafeString:
    """The options of a list, as pairs of value and words; *chosen* is the value that is marked."""
    return mark_safe(  # noqa: S308  escaped here: hundreds a page
        "".join(
            f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>{escape(str(words))}</option>'
            for value, words in choices
        )
    )


class Unchanging(template.Node):
    """What ``unchanging`` encloses: made once for each language, from its own words and the values it names."""

    def __init__(self, nodes: template.NodeList, named: dict[str, template.base.FilterExpression]) -> None:
        self.nodes = nodes
        self.named = named
        self.made: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        """Django's hook. The enclosed part sees no variable of the page but those named, and they are what it is kept under:
        what is kept for all can hold nothing of one."""
        values = {name: expression.resolve(context) for name, expression in self.named.items()}
        key = (get_language(), *values.values())
        made = self.made.get(key)
        if made is None:
            made = self.nodes.render(context.new(values))
            if len(self.made) >= KEPT_MOST:
                self.made.clear()
            self.made[key] = made
        return made


@register.tag
def unchanging(parser: template.base.Parser, token: template.base.Token) -> Unchanging:
    """``{% unchanging navigation %} … {% endunchanging %}`` around parts that are the same on every page of a language on
    which the variables named are the same (hashable, and what is equal looks the same); none named: the language alone."""
    nodes = parser.parse(("endunchanging",))
    parser.delete_first_token()
    return Unchanging(nodes, {name: parser.compile_filter(name) for name in token.split_contents()[1:]})


@register.filter
def day(value: date | datetime | None, today: date | None = None) -> str:
    """*value* as people say it: *today*, *yesterday*, *Thu 3 Dec*, with the year when it is another one."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(timezone.get_current_timezone()).date()
    if today and value.toordinal() - today.toordinal() in NEAR:
        return str(NEAR[value.toordinal() - today.toordinal()])
    return written_day(value, "D j M" if today and value.year == today.year else "j M Y")


@register.filter
def day_in_words(value: date) -> str:
    """*value* written out, as in a sentence: *Tuesday 24 November*; in Spanish *martes 24 de noviembre*."""
    return written_day(value, pgettext("a day written out, in Django's letters for dates", "l j F"))


@register.filter
def ago(value: date | datetime | None, today: date) -> str:
    """How long ago, with the day itself: *12 days ago, 19 Nov*."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(timezone.get_current_timezone()).date()
    days = (today - value).days
    if days <= 1:
        return day(value, today)
    on = written_day(value, "j M" if value.year == today.year else "j M Y")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days} + ", " + on


@register.filter
def choice(row: models.Model, field: str) -> str:
    """What the choice in *field* of *row* is called, as ``get_FIELD_display`` says it; that makes the list of choices anew
    each time."""
    value = getattr(row, field)
    return str(_choices(type(row), field).get(value, value))


@cache
def _choices(model: type[models.Model], field: str) -> dict[Any, Any]:
    return dict(model._meta.get_field(field).flatchoices)  # type: ignore[union-attr]  # a field of choices


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
    """How a field is laid out: *hidden*, *choices* (chips), *check*, *parts* (several controls), *long* text or *plain*."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.MultiWidget | forms.SelectDateWidget):
        return "parts"
    return "long" if isinstance(widget, forms.Textarea | forms.SelectMultiple) else "plain"


@register.filter
def must(field: forms.BoundField) -> str:
    """What the label adds: *needed* or *optional*, whichever is rarer in its form; nothing where all are alike. A field that is looked at
    by the action and not by the form says so itself (``needed``)."""
    needed = [_needed(other) for other in field.form.visible_fields()]
    if len(set(needed)) < 2:
        return ""
    few_are_needed = needed.count(True) <= needed.count(False)
    if _needed(field):
        return _("needed") if few_are_needed else ""
    return "" if few_are_needed else _("optional")


def _needed(field: forms.BoundField) -> bool:
    return bool(field.field.required or getattr(field.field, "needed", False))


@register.filter
def anchor(field: forms.BoundField) -> str:
    """The id of the control to go to for this field: of the first choice, when it is a choice."""
    if widget_kind(field) in ("choices", "parts"):
        return next((part.id_for_label for part in field.subwidgets if part.id_for_label), field.auto_id)
    return field.id_for_label or field.auto_id


@register.simple_tag
def described(field: forms.BoundField, hint: str = "") -> str:
    """The ids of what explains this field: its hint and its errors. Empty when there is neither."""
    hinted = [f"{field.auto_id}-hint"] if hint or field.help_text else []
    wrong = [f"{field.auto_id}-error"] if field.errors else []
    return " ".join([*hinted, *wrong])


@register.simple_tag
def control(field: forms.BoundField, hint: str = "") -> SafeString:
    """The control itself, tied to its hint and errors for who hears the page."""
    attributes: dict[str, Any] = {"aria-describedby": described(field, hint) or None}
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs={name: value for name, value in attributes.items() if value})


@register.simple_tag
def parts(field: forms.BoundField) -> SafeString:
    """A field of several controls (a date in three lists), each with a name of its own for who hears the page."""
    widget = field.field.widget
    context = widget.get_context(
        field.html_name, field.value(), field.build_widget_attrs({"id": field.auto_id}, widget)
    )
    for number, part in enumerate(context["widget"]["subwidgets"], start=1):
        suffix = part["name"].rpartition("_")[2]
        part["attrs"] = {**part["attrs"], "aria-label": str(PARTS.get(suffix, number))}
    return mark_safe(str(widget._render(widget.template_name, context)))  # noqa: S308  Django's own template, escaped


@register.filter
def undo_address(message: Message) -> str:
    """Where the undo of a toast goes; empty when it has none (see ``foundation.ui.toasts``)."""
    return undo_of(message.extra_tags)


@register.simple_tag(takes_context=True)
def keep_key(context: template.Context) -> str:
    """The secret under which this person's unsent typing is kept on the device: the server alone can say it again."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return ""
    return salted_hmac("goldthread.keep", str(user.pk), algorithm="sha256").hexdigest()


@register.simple_tag
def debugging() -> bool:
    """Is this an installation for development?"""
    return bool(settings.DEBUG)
