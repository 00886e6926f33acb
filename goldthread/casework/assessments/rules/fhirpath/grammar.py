"""An expression read into a tree, once: ``fhirpathpy`` has the grammar (from ANTLR), we refuse what it would let pass.

Its own ``parse`` swallows mistakes (``1 + + `` is read as ``1``) and stops where it likes, so the parser is driven here: every
mistake is an error, and the whole text has to be used. Reading one takes some 15 ms, hence the cache.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from goldthread.casework.assessments.rules.problems import ExpressionError

LONGEST = 6_000
"""Characters. The longest published ones have about 2 000."""
DEEPEST = 40
"""Brackets in brackets."""
DEEPEST_TREE = 120
"""Nodes in nodes: ``a.b.c`` is three deep, so is ``1 + 2 + 3``."""
MOST_TOKENS = 1_500
OPENING, CLOSING = "([{", ")]}"
TEXTS = re.compile(r"'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`|//[^\n\r]*|/\*.*?\*/", re.DOTALL)
TOKENS = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tree:
    """One node: its kind as the grammar calls it, what it is written as, and the nodes below."""

    kind: str
    text: str
    below: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression ready to be worked out."""

    source: str
    tree: Tree
    texts: frozenset[str]
    """The texts written in it: among them the linkIds it may depend on."""
    names: frozenset[str]
    """The variables it reads (``%name``)."""
    functions: frozenset[str]
    """The functions it calls."""


@lru_cache(maxsize=4096)
def compiled(source: str) -> Compiled:
    """*source* read. ExpressionError says where it is wrong."""
    _check_size(source)
    tree = _parse(source)
    nodes = list(_every(tree))
    return Compiled(
        source=source,
        tree=tree,
        texts=frozenset(unquoted(node.text) for node in nodes if node.kind == "StringLiteral"),
        names=frozenset(variable_name(node) for node in nodes if node.kind == "ExternalConstant"),
        functions=frozenset(node.below[0].text.strip("`") for node in nodes if node.kind == "Functn"),
    )


def unquoted(text: str) -> str:
    """What a text in quotes (or a name in backticks) says, its escapes resolved."""
    inner = text[1:-1] if text[:1] in ("'", "`") else text
    return re.sub(r"\\(u[0-9a-fA-F]{4}|.)", _escape, inner, flags=re.DOTALL)


def variable_name(node: Tree) -> str:
    """The name of ``%name``, ``%`name``` or ``%'name'``."""
    return unquoted(node.below[0].text if node.below else node.text.lstrip("%"))


def _escape(found: re.Match[str]) -> str:
    what = found.group(1)
    if len(what) > 1:
        return chr(int(what[1:], 16))
    return {"r": "\r", "n": "\n", "t": "\t", "f": "\f"}.get(what, what)


def _check_size(source: str) -> None:
    if not source.strip():
        raise ExpressionError(_("it is empty"))
    if len(source) > LONGEST:
        raise ExpressionError(_("it is longer than %(most)s characters") % {"most": LONGEST})
    bare = TEXTS.sub("''", source)
    if len(TOKENS.findall(bare)) > MOST_TOKENS:
        raise ExpressionError(_("it has more than %(most)s words and signs") % {"most": MOST_TOKENS})
    depth = deepest = 0
    for letter in bare:
        depth += (letter in OPENING) - (letter in CLOSING)
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        raise ExpressionError(_("it has brackets in brackets deeper than %(most)s") % {"most": DEEPEST})


def _parse(source: str) -> Tree:
    # fhirpathpy takes a tenth of a second to import, and most pages need no expression
    from antlr4 import CommonTokenStream, InputStream, Token
    from antlr4.error.ErrorListener import ErrorListener
    from fhirpathpy.parser.generated.FHIRPathLexer import FHIRPathLexer
    from fhirpathpy.parser.generated.FHIRPathParser import FHIRPathParser

    class Strict(ErrorListener):  # type: ignore[misc]  # antlr has no types
        def syntaxError(self, recognizer: Any, symbol: Any, line: int, column: int, message: str, error: Any) -> None:
            said = {"place": column + 1, "why": message.partition(" expecting ")[0]}
            raise ExpressionError(_("it cannot be read at character %(place)s: %(why)s") % said)

    lexer = FHIRPathLexer(InputStream(source))
    tokens = CommonTokenStream(lexer)
    parser = FHIRPathParser(tokens)
    for reader in (lexer, parser):
        reader.removeErrorListeners()
        reader.addErrorListener(Strict())
    try:
        root = parser.expression()
    except RecursionError as error:
        raise ExpressionError(_("it is nested too deep")) from error
    if tokens.LA(1) != Token.EOF:
        raise ExpressionError(_("it cannot be read from “%(rest)s” on") % {"rest": tokens.LT(1).text})
    return _tree(root)


WRAPPERS = frozenset(("TermExpression", "InvocationTerm", "LiteralTerm", "ParenthesizedTerm", "ExternalConstantTerm"))


def _tree(node: Any, depth: int = 0) -> Tree:
    """ANTLR's node as a Tree; nodes that only hold another are left out."""
    if depth > DEEPEST_TREE:
        raise ExpressionError(_("it is nested too deep"))
    kind, words, below = _parts_of(node)
    while kind in WRAPPERS and len(below) == 1:
        kind, words, below = _parts_of(below[0])
    text = node.getText() if kind == "TypeSpecifier" else words
    return Tree(kind, text, tuple(_tree(child, depth + 1) for child in below))


def _parts_of(node: Any) -> tuple[str, str, list[Any]]:
    """Kind, own words, and the nodes below."""
    children = list(node.getChildren())
    words = "".join(child.getText() for child in children if not hasattr(child, "getChildren"))
    below = [child for child in children if hasattr(child, "getChildren")]
    return type(node).__name__.removesuffix("Context"), words, below


def _every(tree: Tree) -> list[Tree]:
    found, waiting = [], [tree]
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting += node.below
    return found
