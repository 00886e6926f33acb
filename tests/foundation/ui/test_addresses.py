"""Addresses that are kept are those that Django works out."""

from uuid import UUID

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse
from django.urls.base import set_script_prefix
from django.utils import translation

from goldthread.foundation.ui.addresses import address

ANN, BEN = UUID(int=77), UUID("01a20250-90a6-7790-9687-a6cad6a6d213")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("clients:list", ()),
        ("clients:brief", (ANN,)),
        ("clients:brief", (BEN,)),
        ("clients:brief", (str(BEN),)),
        ("clients:row_edit", (ANN, "alerts", BEN)),
        ("clients:row_edit", (BEN, "reach", ANN)),
        ("clients:row_edit", (BEN, "reach", BEN)),
        ("clients:export", ("csv",)),
    ],
)
def test_an_address_is_what_django_says(name: str, arguments: tuple[object, ...]) -> None:
    assert address(name, *arguments) == reverse(name, args=arguments)
    assert address(name, *arguments) == reverse(name, args=arguments)  # and the second time, when it is kept


def test_a_page_that_is_not_there_has_no_address() -> None:
    with pytest.raises(NoReverseMatch):
        address("clients:nowhere")


def test_an_installation_below_a_path_has_its_own_addresses() -> None:
    plain = address("clients:brief", ANN)
    set_script_prefix("/below/")
    try:
        assert address("clients:brief", ANN) == f"/below{plain}"
    finally:
        set_script_prefix("/")
    assert address("clients:brief", ANN) == plain


def test_the_tag_of_templates_says_the_same_and_leaves_the_rarer_forms_to_django() -> None:
    page = engines["django"].from_string(
        "{% url 'clients:brief' who %} {% url 'clients:brief' pk=who %} {% url 'no:where' as gone %}[{{ gone }}]"
    )
    brief = reverse("clients:brief", args=[BEN])
    assert page.render({"who": BEN}) == f"{brief} {brief} []"


def test_words_are_translated_once_for_each_language_and_never_mixed_up() -> None:
    page = engines["django"].from_string(
        "{% translate 'Close' %} {% translate word %} {% translate 'Close' as kept %}{{ kept }} {% translate '5 % <b>' %}"
    )
    assert page.render({"word": "Close"}) == "Close Close Close 5 % <b>"
    with translation.override("es"):
        assert page.render({"word": "Close"}) == "Cerrar Cerrar Cerrar 5 % <b>"
        assert page.render({"word": "Save"}) == "Cerrar Guardar Cerrar 5 % <b>"
    assert page.render({"word": "Save"}) == "Close Save Close 5 % <b>"
