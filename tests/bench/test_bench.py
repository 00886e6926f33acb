"""The bench's own arithmetic and data: figures are only as good as these."""

from bench import data
from bench.forms import form_on
from bench.measuring import percentile
from bench.operations import OPERATIONS


def test_percentiles_are_values_that_occurred() -> None:
    values = list(range(1, 201))
    assert percentile(values, 50) == 100
    assert percentile(values, 95) == 190
    assert percentile([7.0], 95) == 7.0


def test_people_are_the_same_every_time_and_a_hundred_for_each_worker() -> None:
    assert data.client(4711) == data.client(4711)
    assert data.client(1) != data.client(2)
    assert [data.worker_of(i) for i in (0, 99, 100, 199, 200)] == [0, 0, 1, 1, 2]
    assert data.search_terms(3) == data.search_terms(400)[:3]
    assert all(len(term) == 4 for term in data.search_terms(50))


def test_every_operation_says_what_it_measures() -> None:
    assert OPERATIONS
    assert all(operation.says for operation in OPERATIONS.values())


def test_a_form_is_read_as_a_browser_would_send_it() -> None:
    page = """
      <form method="get"><input name="q" value="x"></form>
      <form method="post">
        <input value="7" name="version" type="hidden"><input name="given" value="Ada &amp; Co">
        <input type="checkbox" name="labels" value="1" checked><input type="checkbox" name="labels" value="2" checked>
        <input type="checkbox" name="no" value="1"><input type="radio" name="kind" value="a"><button name="b">B</button>
        <input type="radio" name="kind" value="c" checked>
        <select name="language"><option value="">-</option><option value="es" selected>Spanish</option></select>
        <select name="first"><option value="one">1</option><option value="two">2</option></select>
        <textarea name="note">\nSaid so.</textarea>
      </form>"""
    assert form_on(page) == {
        "version": "7",
        "given": "Ada & Co",
        "labels": ["1", "2"],
        "kind": "c",
        "language": "es",
        "first": "one",
        "note": "Said so.",
    }
