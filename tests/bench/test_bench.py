"""The bench's own arithmetic and data: figures are only as good as these."""

from bench import data
from bench.measuring import percentile
from bench.operations import OPERATIONS
from bench.session import Session


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


def test_hidden_fields_of_a_form_are_read_whatever_the_order_of_attributes() -> None:
    page = (
        '<input type="hidden" name="csrfmiddlewaretoken" value="abc">'
        '<input value="7" name="version" type="hidden"><input name="given" value="Ada">'
    )

    class Canned(Session):
        def get(self, path: str):  # type: ignore[no-untyped-def]
            return type("Answer", (), {"text": page})

    assert Canned(1).form_on("/x/") == {"csrfmiddlewaretoken": "abc", "version": "7"}
