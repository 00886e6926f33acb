"""The sprite of drawings: made from the lucide set, plus our own mark. Run ``python -m goldthread.foundation.ui.icons`` after a change."""

import re
from pathlib import Path
from zipfile import ZipFile

import lucide

SPRITE = Path(__file__).resolve().parent / "static" / "ui" / "icons.svg"

OURS = {
    "mark": (
        "0 0 18 16",
        '<path d="M13.2 4.3A6 6 0 1 0 14 8" stroke="var(--pine, #1a5c45)" stroke-width="1.9"/>'
        '<path d="M8.2 8H18" stroke="var(--gold, #b1831a)" stroke-width="1.9"/>',
    ),
    "gap": (
        "0 0 16 16",
        '<path stroke-width="1.5" d="M1 8h3.5M11.5 8H15M4.5 8l2-2.2M4.5 8l2.2.3M4.5 8l1.7 2.3'
        'M11.5 8l-2-2.2M11.5 8l-2.2.3M11.5 8l-1.7 2.3"/>',
    ),
}
"""Drawn for us: the box and the lines of the mark, and of a break in the thread."""

ICONS = {
    "alert": "triangle-alert",
    "ban": "ban",
    "bell": "bell",
    "book": "book-open",
    "cake": "cake",
    "cal": "calendar",
    "chat": "message-square",
    "check": "check",
    "clinic": "square-plus",
    "clock": "clock",
    "chart": "chart-column",
    "circle": "circle-dot",
    "columns": "columns-3",
    "copy": "copy",
    "devices": "monitor-smartphone",
    "doc": "file-text",
    "dog": "dog",
    "dots": "ellipsis",
    "down": "chevron-down",
    "download": "download",
    "draft": "file-pen-line",
    "eye": "eye",
    "eyeoff": "eye-off",
    "filter": "list-filter",
    "flag": "flag",
    "gear": "settings",
    "glass": "siren",
    "help": "circle-question-mark",
    "history": "history",
    "heart": "heart-handshake",
    "home": "house",
    "hour": "hourglass",
    "inbox": "inbox",
    "info": "info",
    "key": "key-round",
    "lang": "languages",
    "left": "chevron-left",
    "lock": "lock",
    "mail": "mail",
    "menu": "menu",
    "move": "arrow-right",
    "moon": "moon",
    "note": "pencil",
    "offline": "wifi-off",
    "out": "log-out",
    "pair": "users-round",
    "people": "users",
    "person": "user-round",
    "phone": "phone",
    "phone-off": "phone-off",
    "pill": "pill",
    "photo": "camera",
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
    "swap": "arrow-left-right",
    "tag": "tag",
    "team": "network",
    "theme": "sun-moon",
    "trash": "trash-2",
    "undo": "undo-2",
    "unlock": "lock-open",
    "up": "chevron-up",
    "upload": "upload",
    "x": "x",
}
"""Our word for a drawing, and lucide's."""


BOX = "0 0 24 24"


def box(name: str) -> str:
    """The view box of a drawing; KeyError when there is none of that name."""
    if name in OURS:
        return OURS[name][0]
    ICONS[name]
    return BOX


def sprite() -> str:
    """All drawings as one SVG file of symbols."""
    with ZipFile(Path(lucide.__file__).parent / "lucide.zip") as drawings:
        symbols = [_symbol(name, drawings.read(f"{theirs}.svg").decode()) for name, theirs in ICONS.items()]
    own = [f'<symbol id="{name}" viewBox="{box}">{lines}</symbol>' for name, (box, lines) in OURS.items()]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join([*own, *symbols])}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    inner = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    inner = inner[inner.index(">") + 1 : inner.rindex("</svg>")]
    drawing = re.sub(r"\s+", " ", inner).strip()
    return f'<symbol id="{name}" viewBox="{BOX}">{drawing}</symbol>'


if __name__ == "__main__":
    SPRITE.write_text(sprite(), "utf-8")
