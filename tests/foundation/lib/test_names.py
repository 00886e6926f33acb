import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.foundation.lib.names import NICKNAMES, also_called, sort_key, tokens_of
from goldthread.foundation.lib.text import plain, tidy


@pytest.mark.parametrize(
    ("typed", "words"),
    [("  Núñez-O'Brien ", "nunez obrien"), ("Đặng", "dang"), ("ÅSE", "ase"), ("Łukasz", "lukasz"), ("Straße", "strasse"),
     ("O\u2019Neil", "oneil"), ("Иван", "ivan"), ("...", "")],
)  # fmt: skip
def test_words_without_accents_case_and_marks(typed: str, words: str) -> None:
    assert plain(typed) == words


def test_double_names_and_particles_are_found_in_parts_and_whole() -> None:
    assert tokens_of(["María", "García-Núñez"]) == {"maria", "garcia", "nunez", "garcianunez"}
    assert tokens_of(["Oscar de la Hoya"]) == {"oscar", "de", "la", "hoya", "delahoya", "lahoya"}
    assert tokens_of(["St. John"]) == {"st", "john", "stjohn"}
    assert tokens_of(["", "Wu", "Jr."]) == {"wu", "jr"}
    assert tokens_of(["van"]) == {"van"}


def test_sorted_by_last_name() -> None:
    assert sort_key("José", "De la Cruz", "A.") == "de la cruz, jose, a"
    assert sort_key("Cher", "") == "cher"


def test_nicknames_both_ways() -> None:
    assert "william" in also_called("bill")
    assert "bill" in also_called("william")
    assert "jose" in also_called("pepe")
    assert "francisco" in also_called("paco")
    assert also_called("xyzzy") == frozenset()


def test_the_nickname_table_is_normalised() -> None:
    for line in NICKNAMES.read_text(encoding="utf-8").splitlines():
        names = line.split(",")
        assert all(plain(name) == name and name.isalpha() for name in names), line
        assert len(names) == len(set(names)), line


@given(st.text(max_size=60))
def test_normalised_text_is_plain_and_stays_so(text: str) -> None:
    once = plain(text)
    assert once == plain(once) == tidy(once)
    assert once.isascii()
    assert all(token.isalnum() for token in tokens_of([text]))
