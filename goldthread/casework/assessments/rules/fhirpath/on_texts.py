"""Functions on texts."""

import html
import json
import re
from base64 import b64decode, b64encode
from time import perf_counter
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.fhirpath.budget import STEPS
from goldthread.casework.assessments.rules.fhirpath.calls import Call
from goldthread.casework.assessments.rules.fhirpath.compare import describe
from goldthread.casework.assessments.rules.fhirpath.nodes import value_of
from goldthread.casework.assessments.rules.patterns import PATIENCE, PatternError, compiled, within_time
from goldthread.casework.assessments.rules.problems import ExpressionError

Rows = list[Any]


def _text(call: Call, rows: Rows) -> str | None:
    """The one text of *rows*, None when there is none."""
    if len(rows) > 1:
        raise ExpressionError(_("%(name)s() was asked of several values") % {"name": call.name})
    value = value_of(rows[0]) if rows else None
    if value is not None and not isinstance(value, str):
        said = {"name": call.name, "found": describe(value)}
        raise ExpressionError(_("%(name)s() was asked of %(found)s, not of a text") % said)
    return value


def _on_text(work: Any) -> Any:
    """A function on one text; empty when the text or one of the values it takes is."""

    def function(call: Call, rows: Rows, *values: Any) -> Rows:
        text = _text(call, rows)
        if text is None or any(value is None for value in values):
            return []
        result = work(call, text, *values)
        return [] if result is None else result if isinstance(result, list) else [result]

    return function


def _substring(call: Call, rows: Rows, start: int | None, length: Any = None) -> Rows:
    text = _text(call, rows)
    if text is None or start is None or not 0 <= start < len(text):
        return []
    return [text[start:] if length is None else text[start : start + max(length, 0)]]


def _replace(call: Call, text: str, what: str, by: str) -> str:
    count = text.count(what) if what else len(text) + 1
    call.budget.text(len(text) + count * len(by))
    return text.replace(what, by)


def _pattern(call: Call, text: str, pattern: str, flags: str = "", whole: bool = False) -> bool:
    if set(flags) - {"i", "m"}:
        raise ExpressionError(_("%(name)s() takes the flags i and m") % {"name": call.name})
    call.budget.spend(200)
    try:
        ready = compiled(f"(?s){pattern}", flags)
        return _timed(call, ready.fullmatch if whole else ready.search, text) is not None
    except PatternError as error:
        raise ExpressionError(_("its pattern cannot be used: %(why)s") % {"why": error}) from error


def _timed(call: Call, what: Any, text: str, *more: Any) -> Any:
    """A match that is counted by its time: those of all expressions together end after two seconds."""
    began = perf_counter()
    try:
        return within_time(what, text, *more)
    finally:
        call.budget.left -= int((perf_counter() - began) * STEPS / PATIENCE)


def _replace_matches(call: Call, text: str, pattern: str, by: str) -> str:
    call.budget.spend(200)
    call.budget.text(len(text) + (len(text) + 1) * len(by))
    groups = re.sub(r"\$(\d)", r"\\g<\1>", by.replace("\\", "\\\\"))
    try:
        return str(_timed(call, compiled(pattern).sub, text, groups))
    except PatternError as error:
        raise ExpressionError(_("its pattern cannot be used: %(why)s") % {"why": error}) from error


def _join(call: Call, rows: Rows, separator: str | None = "") -> Rows:
    values = [value for row in rows if (value := value_of(row)) is not None]
    if not all(isinstance(value, str) for value in values):
        raise ExpressionError(_("join() was asked of what is no text"))
    call.budget.text(sum(len(value) for value in values) + len(values) * len(separator or ""))
    return [(separator or "").join(values)] if values else []


def _encode(call: Call, text: str, form: str) -> str | None:
    raw = text.encode()
    if form == "hex":
        return raw.hex()
    if form == "base64":
        return b64encode(raw).decode()
    return b64encode(raw, b"-_").decode() if form in ("urlbase64", "base64url") else None


def _decode(call: Call, text: str, form: str) -> str | None:
    try:
        if form == "hex":
            return bytes.fromhex(text).decode()
        if form in ("base64", "urlbase64", "base64url"):
            return b64decode(text.replace("-", "+").replace("_", "/"), validate=True).decode()
    except ValueError as error:
        raise ExpressionError(_("decode() was asked of what is not written so")) from error
    return None


def _escape(call: Call, text: str, form: str) -> str | None:
    if form == "html":
        return html.escape(text).replace("&#x27;", "&#39;")
    return json.dumps(text, ensure_ascii=False)[1:-1] if form == "json" else None


def _unescape(call: Call, text: str, form: str) -> str | None:
    if form == "html":
        return html.unescape(text)
    if form != "json":
        return None
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError as error:
        raise ExpressionError(_("unescape() was asked of what is not written so")) from error


TEXT = ("text",)
TABLE: dict[str, tuple[Any, ...]] = {
    "indexOf": (_on_text(lambda call, text, what: text.find(what)), TEXT, 1),
    "lastIndexOf": (_on_text(lambda call, text, what: text.rfind(what)), TEXT, 1),
    "substring": (_substring, ("whole", "whole"), 1),
    "startsWith": (_on_text(lambda call, text, what: text.startswith(what)), TEXT, 1),
    "endsWith": (_on_text(lambda call, text, what: text.endswith(what)), TEXT, 1),
    "contains": (_on_text(lambda call, text, what: what in text), TEXT, 1),
    "upper": (_on_text(lambda call, text: text.upper()),),
    "lower": (_on_text(lambda call, text: text.lower()),),
    "trim": (_on_text(lambda call, text: text.strip()),),
    "length": (_on_text(lambda call, text: len(text)),),
    "toChars": (_on_text(lambda call, text: list(text)),),
    "split": (_on_text(lambda call, text, by: text.split(by) if by else list(text)), TEXT, 1),
    "join": (_join, TEXT, 0),
    "replace": (_on_text(_replace), ("text", "text"), 2),
    "matches": (_on_text(_pattern), ("text", "text"), 1),
    "matchesFull": (
        _on_text(lambda call, text, pattern, flags="": _pattern(call, text, pattern, flags, True)),
        ("text", "text"),
        1,
    ),
    "replaceMatches": (_on_text(_replace_matches), ("text", "text"), 2),
    "encode": (_on_text(_encode), TEXT, 1),
    "decode": (_on_text(_decode), TEXT, 1),
    "escape": (_on_text(_escape), TEXT, 1),
    "unescape": (_on_text(_unescape), TEXT, 1),
}
