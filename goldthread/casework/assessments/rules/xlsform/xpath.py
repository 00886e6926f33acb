"""Expressions of XLSForm (a part of XPath) said in FHIRPath. What has no counterpart is refused by name."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

TOKEN = re.compile(
    r"\s*(?:(?P<name>\$\{[^}]*\})|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<word>[A-Za-z_][\w:-]*)|(?P<sign><=|>=|!=|\.\.|[=<>+*(),.\-|/\[\]@]))"
)
LONGEST = 4_000
DEEPEST = 30


class XPathError(ValueError):
    """An expression that cannot be said in FHIRPath, and why."""


@dataclass(frozen=True, slots=True)
class Said:
    """``path``: in FHIRPath. ``kind``: ``number``, ``text``, ``boolean``, ``date``, ``choice``, ``choices`` or ``any``."""

    path: str
    kind: str
    literal: str | None = None


Refer = Callable[[str], Said]
"""Says the answers of the question called so (``""``: the one the expression is on). XPathError when there is none."""


def translate(source: str, refer: Refer) -> Said:
    """*source* in FHIRPath. XPathError says what is not supported."""
    if len(source) > LONGEST:
        raise XPathError(_("it is longer than %(most)s characters") % {"most": LONGEST})
    reader = _Reader(_tokens(source), refer)
    found = reader.choice()
    if reader.kind != "end":
        raise XPathError(_("it cannot be read from “%(rest)s” on") % {"rest": reader.word})
    return found


def _tokens(source: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    source = source.rstrip()
    while at < len(source):
        match = TOKEN.match(source, at)
        if not match:
            raise XPathError(_("it cannot be read from “%(rest)s” on") % {"rest": source[at:].strip()[:20]})
        kind = str(match.lastgroup)
        found.append((kind, match.group(kind)))
        at = match.end()
    return [*found, ("end", "")]


def quoted(text: str) -> str:
    """*text* as FHIRPath writes a text."""
    plain = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{plain}'"


class _Reader:
    """Reads by precedence: or, and, comparison, sum, product, sign, what stands alone."""

    def __init__(self, tokens: list[tuple[str, str]], refer: Refer) -> None:
        self.tokens = tokens
        self.at = 0
        self.refer = refer
        self.depth = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    @property
    def word(self) -> str:
        return self.tokens[self.at][1]

    def take(self, *words: str) -> str:
        """The next token when it is one of *words*, else nothing."""
        if self.kind in ("sign", "word") and self.word in words:
            self.at += 1
            return self.tokens[self.at - 1][1]
        return ""

    def need(self, word: str) -> None:
        if not self.take(word):
            raise XPathError(_("“%(word)s” is missing before “%(rest)s”") % {"word": word, "rest": self.word})

    def choice(self) -> Said:
        self.depth += 1
        if self.depth > DEEPEST:
            raise XPathError(_("it is nested too deep"))
        found = self.both()
        while self.take("or"):
            found = Said(f"({yes(found)} or {yes(self.both())})", "boolean")
        self.depth -= 1
        return found

    def both(self) -> Said:
        found = self.comparison()
        while self.take("and"):
            found = Said(f"({yes(found)} and {yes(self.comparison())})", "boolean")
        return found

    def comparison(self) -> Said:
        found = self.sum()
        while sign := self.take("=", "!=", "<=", ">=", "<", ">"):
            found = compared(found, sign, self.sum())
        return found

    def sum(self) -> Said:
        found = self.product()
        while sign := self.take("+", "-"):
            found = Said(f"({number(found)} {sign} {number(self.product())})", "number")
        return found

    def product(self) -> Said:
        found = self.signed()
        while sign := self.take("*", "div", "mod"):
            written = "/" if sign == "div" else sign
            found = Said(f"({number(found)} {written} {number(self.signed())})", "number")
        return found

    def signed(self) -> Said:
        if self.take("-"):
            return Said(f"(0 - {number(self.signed())})", "number")
        return self.alone()

    def alone(self) -> Said:
        kind, word = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Said(word, "number", word)
        if kind == "text":
            return Said(quoted(word[1:-1]), "text", word[1:-1])
        if kind == "name":
            return self.refer(word[2:-1].strip())
        if word == ".":
            return self.refer("")
        if word == "(":
            found = self.choice()
            self.need(")")
            return found
        if kind == "word" and self.take("("):
            return self.call(word)
        raise XPathError(_("“%(word)s” is not supported") % {"word": word or "…"})

    def call(self, name: str) -> Said:
        given: list[Said] = []
        while not self.take(")"):
            if given:
                self.need(",")
            given.append(self.choice())
        least, most, work = FUNCTIONS.get(name, (0, 0, None))
        if work is None:
            raise XPathError(_("%(name)s() is not supported") % {"name": name})
        if not least <= len(given) <= most:
            raise XPathError(_("%(name)s() takes another number of values") % {"name": name})
        return work(*given)


def yes(said: Said) -> str:
    """As a condition: what is not true is false, also when it is empty."""
    if said.kind != "boolean":
        raise XPathError(_("a condition was expected, not %(what)s") % {"what": said.path})
    return said.path


def number(said: Said) -> str:
    """As a number: the name of a choice counts as the number it is."""
    if said.kind == "number":
        return said.path
    if said.kind == "choice":
        return f"{said.path}.code.toDecimal()"
    if said.kind in ("text", "any"):
        return f"{said.path}.toDecimal()"
    raise XPathError(_("a number was expected, not %(what)s") % {"what": said.path})


def text(said: Said) -> str:
    """As a text; what is not answered is an empty one."""
    if said.literal is not None:
        return quoted(said.literal)
    path = f"{said.path}.code" if said.kind in ("choice", "choices") else said.path
    return f"iif({path}.exists(), {path}.select($this.toString()).join(' '), '')"


def compared(one: Said, sign: str, other: Said) -> Said:
    """A comparison. With an empty text it asks whether there is an answer."""
    if other.literal == "" or one.literal == "":
        asked = one if other.literal == "" else other
        empty = f"{asked.path}.empty()"
        return Said(empty if sign == "=" else f"{empty}.not()", "boolean")
    left, right = _sides(one, other)
    if sign == "!=":
        return Said(f"iif({left} = {right}, false, true)", "boolean")
    return Said(f"iif({left} {sign} {right}, true, false)", "boolean")


def _sides(one: Said, other: Said) -> tuple[str, str]:
    kinds = {one.kind, other.kind}
    if "number" in kinds and "boolean" not in kinds and "date" not in kinds and not _is_code(one, other):
        return number(one), number(other)
    return _side(one), _side(other)


def _is_code(one: Said, other: Said) -> bool:
    """A choice compared with a number that is written out: by its name, as the form does."""
    return "choice" in (one.kind, other.kind) and (one.literal or other.literal) is not None


def _side(said: Said) -> str:
    if said.kind in ("choice", "choices"):
        return f"{said.path}.code"
    return quoted(said.literal) if said.kind == "number" and said.literal else said.path


def _if(condition: Said, then: Said, otherwise: Said) -> Said:
    kind = then.kind if then.kind == otherwise.kind else "text" if "text" in (then.kind, otherwise.kind) else then.kind
    return Said(f"iif({yes(condition)}, {then.path}, {otherwise.path})", kind)


def _selected(question: Said, name: Said) -> Said:
    if question.kind not in ("choice", "choices"):
        raise XPathError(_("selected() was asked of what is no choice"))
    return Said(f"({question.path}.where(code = {text(name)}).exists())", "boolean")


def _regex(question: Said, pattern: Said) -> Said:
    if pattern.literal is None:
        raise XPathError(_("regex() takes a pattern that is written out"))
    return Said(f"iif({question.path}.matchesFull({quoted(pattern.literal)}), true, false)", "boolean")


def _concat(*given: Said) -> Said:
    return Said(f"({' & '.join(text(one) for one in given)})", "text")


def _coalesce(one: Said, other: Said) -> Said:
    return Said(f"iif({one.path}.exists(), {one.path}, {other.path})", one.kind)


def _round(value: Said, places: Said | None = None) -> Said:
    return Said(f"({number(value)}).round({places.path if places else 0})", "number")


def _of_numbers(name: str) -> Callable[..., Said]:
    def work(*given: Said) -> Said:
        return Said(f"({' | '.join(number(one) for one in given)}).{name}()", "number")

    return work


FUNCTIONS: dict[str, tuple[int, int, Callable[..., Said]]] = {
    "not": (1, 1, lambda one: Said(f"({yes(one)}).not()", "boolean")),
    "true": (0, 0, lambda: Said("true", "boolean")),
    "false": (0, 0, lambda: Said("false", "boolean")),
    "boolean": (1, 1, lambda one: one if one.kind == "boolean" else Said(f"{one.path}.exists()", "boolean")),
    "if": (3, 3, _if),
    "selected": (2, 2, _selected),
    "count-selected": (1, 1, lambda one: Said(f"{one.path}.count()", "number")),
    "count": (1, 1, lambda one: Said(f"{one.path}.count()", "number")),
    "sum": (1, 1, lambda one: Said(f"{one.path}.sum()", "number")),
    "min": (1, 20, _of_numbers("min")),
    "max": (1, 20, _of_numbers("max")),
    "coalesce": (2, 2, _coalesce),
    "concat": (1, 20, _concat),
    "string": (1, 1, lambda one: Said(text(one), "text")),
    "string-length": (1, 1, lambda one: Said(f"({text(one)}).length()", "number")),
    "contains": (2, 2, lambda one, other: Said(f"({text(one)}).contains({text(other)})", "boolean")),
    "starts-with": (2, 2, lambda one, other: Said(f"({text(one)}).startsWith({text(other)})", "boolean")),
    "regex": (2, 2, _regex),
    "number": (1, 1, lambda one: Said(number(one), "number")),
    "int": (1, 1, lambda one: Said(f"({number(one)}).truncate()", "number")),
    "abs": (1, 1, lambda one: Said(f"({number(one)}).abs()", "number")),
    "round": (1, 2, _round),
    "pow": (2, 2, lambda one, other: Said(f"({number(one)}).power({number(other)})", "number")),
    "sqrt": (1, 1, lambda one: Said(f"({number(one)}).sqrt()", "number")),
    "today": (0, 0, lambda: Said("today()", "date")),
    "now": (0, 0, lambda: Said("now()", "date")),
    "date": (1, 1, lambda one: Said(f"({text(one)}).toDate()", "date")),
}
