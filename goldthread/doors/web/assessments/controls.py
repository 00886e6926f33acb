"""The control of one question as HTML. Made in Python, every value escaped: a long instrument has a thousand of its parts, and
a template would take ten times as long (docs/adr/0034).
"""

from collections.abc import Sequence
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from goldthread.casework.assessments.enums import Skipped
from goldthread.doors.web.assessments.outcome import NOTHING
from goldthread.doors.web.assessments.rows import OWN, Row

FILES = "image/jpeg,image/png,image/webp,application/pdf,text/plain"
MOST_WIDE = 6
"""Answers beside each other; more of them are short, and stand closer."""


class Controls:
    """Makes the controls of one page: the words of its language are looked up once. *files*: the address of a kept file
    with ``FILE`` in it; empty where there are none."""

    def __init__(self, files: str = "") -> None:
        self.files = files
        self.words = {
            "skip": _("Skip"),
            "why": _("Why there is no answer"),
            "none": _("It has an answer"),
            "back": _("Take the answer back"),
            "before": _("Last time:"),
            "must": _("needed"),
            "choose": _("Choose"),
            "own": _("Something else"),
            "unit": _("Unit"),
            "time": _("Time"),
            "more": _("Read more"),
            "away": _("Take away"),
            "image": _("A photo, a scan or a paper: JPEG, PNG, WebP, PDF or plain text, at most 25 MB."),
            "number": _("number"),
        }
        self.reasons = [(reason.value, str(reason.label)) for reason in Skipped]

    def html(self, row: Row) -> SafeString:
        """The question with its control, what was answered last time, and the way to skip it."""
        grouped = (
            row.kind in ("radio", "check", "file")
            or (row.kind != "fixed" and len(row.values) > 1)
            or row.kind == "moment"
        )
        name = self._name(row)
        described = f' aria-describedby="e-{row.id}"' if row.wrong else ""
        before = (
            f'<p class="was small"><span>{self.words["before"]}</span> {escape(row.before)}</p>' if row.before else ""
        )
        about = self._about(row)
        wrong = (
            f'<p class="err" id="e-{row.id}">{"<br>".join(escape(words) for words in row.wrong)}</p>'
            if row.wrong
            else ""
        )
        inside = self._control(row, described)
        if grouped:
            top = f"<fieldset{described}><legend>{name}</legend>{about}{inside}</fieldset>"
        elif row.kind == "fixed":
            top = f'<p class="name">{name}</p>{about}{inside}'
        else:
            top = f'<label class="name" for="{row.id}-in">{name}</label>{about}{inside}'
        skip = self._skip(row) if row.typed and row.kind != "file" else ""
        return mark_safe(f"{top}{wrong}{before}{skip}")  # noqa: S308  escaped above, piece by piece

    def _name(self, row: Row) -> str:
        prefix = f'<span class="no">{escape(row.prefix)}</span> ' if row.prefix else ""
        must = f' <span class="must">{self.words["must"]}</span>' if row.required else ""
        return f"{prefix}{escape(row.text)}{must}"

    def _about(self, row: Row) -> str:
        text = f'<p class="small soft">{escape(row.help)}</p>' if row.help else ""
        if row.link:
            text += f'<p class="small"><a href="{escape(row.link)}" rel="noopener noreferrer" target="_blank">{self.words["more"]}</a></p>'
        return text

    def _control(self, row: Row, described: str) -> str:
        if row.kind in ("radio", "check"):
            return self._options(row)
        if row.kind == "select":
            return self._select(row, described)
        if row.kind == "find":
            return self._find(row, described)
        if row.kind == "fixed":
            words = "<br>".join(escape(words) for words, _more in row.values)
            unit = f" {escape(row.unit)}" if row.unit and words else ""
            return f'<output data-fixed="{escape(row.key)}">{words or NOTHING}{unit}</output>'
        if row.kind == "file":
            return self._file(row)
        if row.kind == "area":
            return self._areas(row, described)
        return self._inputs(row, described)

    def _options(self, row: Row) -> str:
        kind, name = ("radio", f"a:{escape(row.key)}") if row.kind == "radio" else ("checkbox", f"a:{escape(row.key)}")
        made = [
            f'<label class="opt"><input type="{kind}" name="{name}" value="{escape(token)}"{" checked" if chosen else ""}>'
            f"<span>{escape(words)}</span></label>"
            for token, words, chosen in row.options
        ]
        if row.own is not None:
            made.append(self._own(row, kind, name))
        look = " wide" if row.wide and row.own is None else ""
        look += " scale" if look and len(row.options) > MOST_WIDE else ""
        return f'<div class="opts{look}">{"".join(made)}</div>'

    def _own(self, row: Row, kind: str, name: str) -> str:
        key, said = escape(row.key), row.own or [""]
        words = "".join(
            f'<input class="in" name="o:{key}" value="{escape(text)}" aria-label="{self.words["own"]}" autocomplete="off" dir="auto">'
            for text in said
        )
        if kind == "checkbox":
            return f'<div class="own">{words}</div>'
        checked = " checked" if said[0] else ""
        return (
            f'<div class="own"><label class="opt"><input type="radio" name="{name}" value="{OWN}"{checked}>'
            f"<span>{self.words['own']}</span></label>{words}</div>"
        )

    def _select(self, row: Row, described: str) -> str:
        made = self._choices([("", self.words["choose"], False), *row.options])
        own = self._own(row, "checkbox", "") if row.own is not None else ""
        return f'<select class="in" id="{row.id}-in" name="a:{escape(row.key)}"{described}>{made}</select>{own}'

    def _find(self, row: Row, described: str) -> str:
        listed = "".join(f'<option value="{escape(words)}">' for _token, words, _chosen in row.options)
        fields = "".join(
            f'<input class="in" id="{row.id}-in{number or ""}" list="{row.id}-list" name="a:{escape(row.key)}" value="{escape(words)}" '
            f'{self._called(row, number)}autocomplete="off"{described}>'
            for number, (words, _more) in enumerate(row.values)
        )
        own = self._own(row, "checkbox", "") if row.own is not None else ""
        return f'{fields}<datalist id="{row.id}-list">{listed}</datalist>{own}'

    def _inputs(self, row: Row, described: str) -> str:
        key = escape(row.key)
        number = ' inputmode="decimal"' if row.type == "number" else ""
        made = []
        for n, (value, more) in enumerate(row.values):
            called = self._called(row, n)
            shown = value if row.type != "number" or is_number(value) else ""
            kind = "text" if row.type == "number" and value and not shown else row.type
            made.append(
                f'<input class="in" type="{kind}" id="{row.id}-in{n or ""}" name="a:{key}" value="{escape(value)}"{row.limits}{number} {called}'
                f'autocomplete="off"{described}{" data-many" if row.many else ""}>'
            )
            if row.kind == "moment":
                made.append(
                    f'<input class="in" type="time" name="t:{key}" value="{escape(more)}" aria-label="{escape(row.text)}: {self.words["time"]}">'
                )
        return f'<div class="ins {row.type}">{"".join(made)}{self._unit(row)}</div>'

    def _areas(self, row: Row, described: str) -> str:
        return "".join(
            f'<textarea class="in" id="{row.id}-in{n or ""}" name="a:{escape(row.key)}" rows="3" dir="auto"{row.limits} {self._called(row, n)}'
            f"{described}>\n{escape(value)}</textarea>"
            for n, (value, _more) in enumerate(row.values)
        )

    def _called(self, row: Row, number: int) -> str:
        """Further fields of a question are called by it and their number; the first is, too, where a legend says the question."""
        if len(row.values) == 1 and row.kind != "moment":
            return ""
        return (
            f'aria-label="{escape(row.text)} {number + 1}" '
            if len(row.values) > 1
            else f'aria-label="{escape(row.text)}" '
        )

    def _unit(self, row: Row) -> str:
        if row.units:
            made = self._choices(row.units)
            return f'<select class="in" name="u:{escape(row.key)}" aria-label="{escape(row.text)}: {self.words["unit"]}">{made}</select>'
        return f'<span class="soft">{escape(row.unit)}</span>' if row.unit else ""

    def _file(self, row: Row) -> str:
        key = escape(row.key)
        kept = "".join(
            f'<li><a href="{escape(self.files.replace("FILE", pk))}" target="_blank" rel="noopener">{escape(name)}</a> '
            f'<button class="btn sm bare" name="do" value="file:{escape(pk)}:{key}" data-turn>{self.words["away"]}'
            f'<span class="vh"> {escape(name)}</span></button></li>'
            for name, pk in row.values
            if pk
        )
        field = f'<input type="file" name="f:{key}" accept="{FILES}" aria-label="{escape(row.text)}"> '
        field += f'<p class="small soft">{self.words["image"]}</p>'
        return f'<ul class="files">{kept}</ul>{field if row.many or not kept else ""}'

    def _skip(self, row: Row) -> str:
        made = self._choices(
            [("", self.words["none"], False), *((value, words, value == row.skipped) for value, words in self.reasons)]
        )
        back = ""
        if row.kind == "radio":
            back = (
                f'<label class="opt back"><input type="radio" name="a:{escape(row.key)}" value="">'
                f"<span>{self.words['back']}</span></label>"
            )
        return (
            f'<details class="skip"{" open" if row.skipped else ""}><summary>{self.words["skip"]}<span class="vh">: {escape(row.text)}</span></summary>'
            f'<select class="in" name="s:{escape(row.key)}" aria-label="{self.words["why"]}: {escape(row.text)}">{made}</select>{back}</details>'
        )

    def _choices(self, options: Sequence[tuple[str, str, bool]]) -> str:
        return "".join(
            f'<option value="{escape(value)}"{" selected" if chosen else ""}>{escape(words)}</option>'
            for value, words, chosen in options
        )


def is_number(text: str) -> bool:
    """Can a number field show *text*? What was typed elsewhere is then shown as text: it must not vanish."""
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii()


def address_of_files(client: object, row: object) -> str:
    """The address of a kept file, with FILE where its id goes."""
    nobody = "00000000-0000-0000-0000-000000000000"
    return reverse("assessments:file", args=[client, row, nobody]).replace(nobody, "FILE")
