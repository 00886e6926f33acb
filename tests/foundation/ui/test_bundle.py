"""One style sheet, one script: small files in, two requests out."""

import re

from django.contrib.staticfiles import finders

from goldthread.foundation.ui import bundle
from tests.architecture.tree import ROOT


def text_of(path: str) -> str:
    found = finders.find(path)
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:
        return file.read()


def test_the_bundle_begins_with_the_order_of_the_layers_and_holds_the_rooms_styles() -> None:
    sheet = text_of("ui/goldthread.css")
    assert sheet.index("@layer tokens, base, frame, parts, screens, thread, print;") < sheet.index("@font-face")
    for file in (ROOT / "goldthread/doors/web").glob("*/styles/*.css"):
        assert file.read_text("utf-8").strip() in sheet


def test_every_rule_stands_in_a_layer() -> None:
    for file in bundle.sources("styles/*.css"):
        plain = re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)
        plain = re.sub(r"@layer [\w, ]+;|@font-face\s*\{[^}]*\}", "", plain)
        depth_zero = re.findall(r"^(\S.*?)\s*\{", plain, flags=re.MULTILINE)
        assert all(start.startswith("@layer") for start in depth_zero), file


def test_gold_is_the_thread_and_nothing_else() -> None:
    for file in bundle.sources("styles/*.css"):
        if file.stem.endswith(("tokens", "thread")):
            continue
        lines = [line for line in file.read_text("utf-8").splitlines() if re.search(r"var\(--gold", line)]
        strangers = [line for line in lines if not re.search(r"\.gold|\.mend|swatch-gold", line)]
        assert strangers == [], file


def test_no_template_has_a_style_a_script_or_a_handler_of_its_own() -> None:
    """The content policy forbids them: they would silently do nothing."""
    inline = re.compile(r"<[^>{]*\s(?:style|on[a-z]+)=[\"']|<style|<script(?![^>]*\ssrc=)", re.IGNORECASE)
    for file in (ROOT / "goldthread").rglob("*.html"):
        if "mail" in file.parts or "email" in file.parts:
            continue
        assert not inline.search(file.read_text("utf-8")), file
