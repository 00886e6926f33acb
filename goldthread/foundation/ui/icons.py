"""The sprite of drawings: made from the lucide set, plus our own mark. Run ``python -m goldthread.foundation.ui.icons`` after a change."""

import re
from pathlib import Path
from zipfile import ZipFile

import lucide

SPRITE = Path(__file__).resolve().parent / "static" / "ui" / "icons.svg"

MARK = (
    '<symbol id="mark" viewBox="0 0 18 16"><path d="M13.2 4.3A6 6 0 1 0 14 8" stroke="var(--pine, #1a5c45)" '
    'stroke-width="1.9"/><path d="M8.2 8H18" stroke="var(--gold, #b1831a)" stroke-width="1.9"/></symbol>'
)

ICONS = {
    "alert": "triangle-alert",
    "bell": "bell",
    "book": "book-open",
    "cake": "cake",
    "cal": "calendar",
    "chat": "message-square",
    "check": "check",
    "clinic": "square-plus",
    "clock": "clock",
    "columns": "columns-3",
    "doc": "file-text",
    "dog": "dog",
    "dots": "ellipsis",
    "download": "download",
    "draft": "file-pen-line",
    "eye": "eye",
    "eyeoff": "eye-off",
    "flag": "flag",
    "gear": "settings",
    "glass": "siren",
    "help": "circle-question-mark",
    "history": "history",
    "home": "house",
    "inbox": "inbox",
    "info": "info",
    "key": "key-round",
    "lang": "languages",
    "left": "chevron-left",
    "lock": "lock",
    "mail": "mail",
    "menu": "menu",
    "move": "arrow-right",
    "note": "pencil",
    "out": "log-out",
    "pair": "users-round",
    "people": "users",
    "person": "user-round",
    "phone": "phone",
    "phone-off": "phone-off",
    "pill": "pill",
    "pin": "map-pin",
    "plus": "plus",
    "print": "printer",
    "right": "chevron-right",
    "scale": "scale",
    "search": "search",
    "send": "send",
    "shield": "shield",
    "star": "star",
    "sun": "sun",
    "tag": "tag",
    "team": "network",
    "theme": "sun-moon",
    "undo": "undo-2",
    "x": "x",
}
"""Our word for a drawing, and lucide's."""


def sprite() -> str:
    """All drawings as one SVG file of symbols."""
    with ZipFile(Path(lucide.__file__).parent / "lucide.zip") as drawings:
        symbols = [_symbol(name, drawings.read(f"{theirs}.svg").decode()) for name, theirs in ICONS.items()]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{MARK}{"".join(symbols)}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    inner = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    inner = inner[inner.index(">") + 1 : inner.rindex("</svg>")]
    drawing = re.sub(r"\s+", " ", inner).strip()
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>'


if __name__ == "__main__":
    SPRITE.write_text(sprite(), "utf-8")
