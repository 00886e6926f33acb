"""Every widget of Django's is shown by <c-field>, with its label, its hint and its errors."""

import re

import pytest
from django import forms
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

COMPILER = CottonCompiler()
CHOICES = [("a", "First way"), ("b", "Second way")]


def shown(field: forms.Field, data: dict[str, str | list[str]] | None = None, part: str = "field", **extra: str) -> str:
    form = type("One", (forms.Form,), {"it": field})(data)
    attributes = "".join(f' {name}="{value}"' for name, value in extra.items())
    source = COMPILER.process(f'<c-{part} :field="form.it"{attributes} />')
    return Template(source).render(Context({"form": form}))


PLAIN = [
    (forms.CharField(label="What"), '<input type="text"'),
    (forms.EmailField(label="What"), '<input type="email"'),
    (forms.IntegerField(label="What"), '<input type="number"'),
    (forms.CharField(label="What", widget=forms.PasswordInput), '<input type="password"'),
    (forms.CharField(label="What", widget=forms.Textarea), "<textarea"),
    (forms.ChoiceField(label="What", choices=CHOICES), "<select"),
    (forms.MultipleChoiceField(label="What", choices=CHOICES), "multiple"),
    (forms.FileField(label="What"), '<input type="file"'),
    (forms.BooleanField(label="What"), '<input type="checkbox"'),
]


@pytest.mark.parametrize(("field", "control"), PLAIN)
def test_a_control_has_a_label_that_names_it(field: forms.Field, control: str) -> None:
    html = shown(field)
    assert control in html
    assert re.search(r'<label[^>]*for="id_it"[^>]*>', html)
    assert "What" in html


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("part", ["field", "segments"])
def test_every_choice_is_a_label_with_its_control_inside_a_named_group(widget: type[forms.Widget], part: str) -> None:
    field = forms.MultipleChoiceField if widget is forms.CheckboxSelectMultiple else forms.ChoiceField
    html = shown(field(label="What", choices=CHOICES, widget=widget), part=part)
    assert re.search(r"<legend>\s*What", html)
    for value, words in CHOICES:
        assert re.search(rf'<label[^>]*><input [^>]*value="{value}"[^>]*>{words}</label>', html)


def test_a_date_in_three_parts_is_one_group_of_three_controls() -> None:
    html = shown(forms.DateField(label="What", widget=forms.SelectDateWidget(years=[2026])))
    assert html.count("<select") == 3
    assert "<legend>" in html


def test_a_hidden_field_is_only_its_control() -> None:
    html = shown(forms.CharField(label="What", widget=forms.HiddenInput)).strip()
    assert html == '<input type="hidden" name="it" id="id_it">'


def test_a_hint_and_an_error_are_tied_to_the_control_and_what_was_typed_stays() -> None:
    html = shown(forms.IntegerField(label="What", help_text="a number"), {"it": "many"})
    assert 'value="many"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_it-hint id_it-error"' in html
    assert re.search(r'id="id_it-hint">a number<', html)
    assert re.search(r'id="id_it-error">.*Enter a whole number', html, re.DOTALL)


def test_a_hint_given_on_the_page_takes_the_place_of_the_fields_own() -> None:
    html = shown(forms.CharField(label="What", help_text="own"), hint="given")
    assert ">given<" in html
    assert ">own<" not in html


def test_choices_that_are_wrong_say_so_for_the_group() -> None:
    html = shown(forms.ChoiceField(label="What", choices=CHOICES, widget=forms.RadioSelect), {"it": ""})
    assert re.search(r'<fieldset[^>]*aria-invalid="true"[^>]*aria-describedby="id_it-error"', html)


def words_of(*required: bool) -> list[str]:
    fields = {f"f{number}": forms.CharField(required=needed) for number, needed in enumerate(required)}
    source = COMPILER.process("".join(f'<c-field :field="form.{name}" />' for name in fields))
    form = type("Some", (forms.Form,), fields)()
    return re.findall(r'class="must">(\w+)<', Template(source).render(Context({"form": form})))


def test_the_label_says_which_fields_differ_from_most() -> None:
    assert words_of(True, False, False) == ["needed"]
    assert words_of(True, True, True, False) == ["optional"]
    assert words_of(True, False) == ["needed"]
    assert words_of(True, True) == []
    assert words_of(False, False) == []


def test_the_summary_of_errors_leads_to_the_fields_and_to_the_first_choice_of_a_group() -> None:
    class Two(forms.Form):
        name = forms.CharField(label="Name")
        way = forms.ChoiceField(label="Way", choices=CHOICES, widget=forms.RadioSelect)

    source = COMPILER.process('<c-form :form="form" action="/there/">fields</c-form>')
    html = Template(source).render(Context({"form": Two({}), "csrf_token": "token"}))
    assert 'href="#id_name">Name</a>' in html
    assert 'href="#id_way_0">Way</a>' in html
    assert 'value="token"' in html
    assert 'action="/there/"' in html
