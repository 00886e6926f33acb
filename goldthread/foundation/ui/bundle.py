"""One style sheet and one script for the browser, put together from small files that stand beside what they serve.

Files are joined in the order of their names, the house's own first, then each door room's ``styles/`` and ``scripts/``.
A finder makes them static files like any other: the same in development, in tests and after collectstatic.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

HERE = Path(__file__).resolve().parent
ROOMS = HERE.parent.parent / "doors" / "web"
BUNDLES = {"ui/goldthread.css": "styles/*.css", "ui/goldthread.js": "scripts/*.js"}


def sources(pattern: str) -> list[Path]:
    """The files that make a bundle, in the order in which they are joined."""
    return [*sorted(HERE.glob(pattern)), *sorted(ROOMS.glob(f"*/{pattern}"))]


def bundle(pattern: str) -> str:
    """The text of a bundle."""
    return "\n".join(file.read_text("utf-8").strip() for file in sources(pattern)) + "\n"


class BundleFinder(BaseFinder):
    """Finds the bundles; writes them into the data folder when they are not there or no longer right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=Path(settings.DATA) / "bundles")

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        if path not in BUNDLES:
            return []
        written = self._write(path)
        return [written] if find_all else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[tuple[str, FileSystemStorage]]:
        for path in BUNDLES:
            self._write(path)
            yield path, self.storage

    def _write(self, path: str) -> str:
        file = Path(self.storage.path(path))
        text = bundle(BUNDLES[path])
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        return str(file)
