"""What is said on screen can be said in Spanish."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from goldthread.foundation.ui import catalogue
from tests.architecture.tree import ROOT

SPANISH = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"


def keys(found: Catalog) -> set[str]:
    return {message.id if isinstance(message.id, str) else message.id[0] for message in found if message.id}


def source(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, "utf-8")
    return folder


def test_messages_are_found_in_python_and_in_templates(tmp_path: Path) -> None:
    source(
        tmp_path,
        a_py='from x import gettext as _, ngettext\n_("Save")\nngettext("%(n)d day", "%(n)d days", n)\nprint("not this")\n',
        b_html="""
          <p title="{% translate 'Close (all) of it' %}">{% translate "Somebody's" %}</p>
          {% blocktranslate with who=x %}Told {{ who }}{% endblocktranslate %} plain words
          {% blocktranslate count n=n %}one row{% plural %}{{ n }} rows{% endblocktranslate %}
        """,
    )
    assert keys(catalogue.messages(tmp_path)) == {
        "Save",
        "%(n)d day",
        "Close (all) of it",
        "Somebody's",
        "Told %(who)s",
        "one row",
    }


def test_the_sentences_of_a_table_shown_on_screen_are_messages(tmp_path: Path) -> None:
    (tmp_path / "policy.csv").write_text('role,may,to,why\nintake,client.find,agency,"They ask, first."\n', "utf-8")
    (tmp_path / "other.csv").write_text("why\nNot shown\n", "utf-8")
    assert keys(catalogue.messages(tmp_path)) == {"They ask, first."}


def test_the_words_of_shipped_programs_are_messages_of_their_own_kind(tmp_path: Path) -> None:
    shipped = tmp_path / "programs" / "shipped"
    shipped.mkdir(parents=True)
    (shipped / "try.yaml").write_text(
        "title: Tried\nplan_word: path\nrequirements: [{key: visit, title: Save}]\n"
        "waitlist: {first: [{key: a, title: Here already, title_es: Ya}]}\n",
        "utf-8",
    )
    (tmp_path / "else.yaml").write_text("title: Not read\n", "utf-8")
    (tmp_path / "a.py").write_text('_("Save")\n', "utf-8")
    found = {(message.context, message.id) for message in catalogue.messages(tmp_path) if message.id}
    assert found == {("program", "Tried"), ("program", "path"), ("program", "Save"), (None, "Save")}


def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    code = tmp_path / "code"
    code.mkdir()
    catalogue.update(path, catalogue.messages(source(code, a_py='_("Save")\n_("Old")\n')))
    path.write_text(
        path.read_text("utf-8").replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Guardar"'), "utf-8"
    )
    fresh = catalogue.update(path, catalogue.messages(source(code, a_py='_("Save")\n_("New")\n')))
    assert keys(fresh) == {"Save", "New"}
    assert fresh.get("Save").string == "Guardar"  # type: ignore[union-attr]  # it has one: else the test fails
    assert catalogue.untranslated(fresh) == ["New"]


def test_a_message_that_has_come_to_be_counted_is_new(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    code = tmp_path / "code"
    code.mkdir()
    catalogue.update(path, catalogue.messages(source(code, a_py='_("%s day")\n')))
    path.write_text(path.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "%s día"\n\n'), "utf-8")
    counted = catalogue.messages(source(code, a_py='ngettext("%s day", "%s days", many)\n'))
    assert catalogue.untranslated(catalogue.update(path, counted)) == ["%s day"]


def test_a_catalogue_written_twice_is_the_same_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    found = catalogue.messages(source(tmp_path, a_py='_("Save")\n'))
    catalogue.update(path, found)
    first = path.read_bytes()
    catalogue.update(path, found)
    assert path.read_bytes() == first


def test_a_translation_that_loses_a_placeholder_is_told() -> None:
    words = Catalog(locale="es")
    words.add("Told %(who)s", string="Dicho a %(quien)s")
    words.add("%(n)d day", string="%(n)d día")
    words.add(("one row", "%(n)s rows"), string=("una fila", "%(n)s filas"))
    assert catalogue.broken(words) == ["Told %(who)s"]


@pytest.mark.thorough
def test_the_spanish_catalogue_has_every_message() -> None:
    missing = keys(catalogue.messages(settings.PACKAGE)) - keys(catalogue.read(SPANISH))
    assert missing == set(), "run goldthread messages"


def test_every_message_is_translated_into_spanish() -> None:
    assert catalogue.untranslated(catalogue.read(SPANISH)) == []


def test_every_translation_has_the_placeholders_of_its_message() -> None:
    assert catalogue.broken(catalogue.read(SPANISH)) == []


def test_no_title_of_a_clients_page_is_left_in_english() -> None:
    """It is composed in Python, where ``makemessages`` sees only what is marked."""
    unmarked = re.compile(r'"tab_title": "(?!PDF")')
    assert [
        file.name for file in (ROOT / "goldthread/doors/web").rglob("*.py") if unmarked.search(file.read_text("utf-8"))
    ] == []
