from dataclasses import dataclass
from datetime import date

import pytest
from django.utils.translation import override

from goldthread.foundation.lib.errors import DomainError
from goldthread.people.persons import rules
from goldthread.people.persons.models import PersonName

TODAY = date(2026, 11, 19)


@dataclass
class Somebody:
    birth_date: date | None = None
    birth_date_kind: str = "exact"
    deceased: bool = False
    died_on: date | None = None


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (Somebody(), ""),
        (Somebody(date(1979, 11, 19)), "47"),
        (Somebody(date(1979, 11, 20)), "46"),
        (Somebody(date(1979, 6, 1), "estimated"), "about 47"),
        (Somebody(date(1979, 1, 1), "year"), "about 47"),
        (Somebody(date(2026, 6, 20)), "4 months"),
        (Somebody(date(2026, 10, 19)), "1 month"),
        (Somebody(date(2024, 11, 20)), "23 months"),
        (Somebody(date(1940, 2, 29), deceased=True, died_on=date(2021, 2, 28)), "died at 80"),
        (Somebody(date(1940, 2, 29), deceased=True, died_on=date(2021, 3, 1)), "died at 81"),
        (Somebody(date(1940, 2, 29), deceased=True), ""),
    ],
)
def test_ages(person: Somebody, words: str) -> None:
    assert rules.age_words(person, TODAY) == words


def test_birthdays() -> None:
    assert rules.next_birthday(Somebody(date(1979, 11, 19)), TODAY) == TODAY
    assert rules.next_birthday(Somebody(date(1979, 11, 18)), TODAY) == date(2027, 11, 18)
    assert rules.next_birthday(Somebody(date(1980, 2, 29)), TODAY) == date(2027, 3, 1)
    for unknown in (Somebody(), Somebody(date(1979, 1, 1), "year"), Somebody(date(1979, 1, 1), deceased=True)):
        assert rules.next_birthday(unknown, TODAY) is None


@pytest.mark.parametrize(
    ("names", "shown", "key"),
    [
        ([("legal", "Dana", "Whitfield", "")], "Dana Whitfield", "whitfield, dana"),
        ([("legal", "Dana", "Whitfield", "Jr."), ("preferred", "Dee", "", "")], "Dee Whitfield Jr.", "whitfield, dee"),
        ([("legal", "Dana", "Whitfield", ""), ("preferred", "Dee", "Ames", "")], "Dee Ames", "ames, dee"),
        ([("legal", "Dana", "Whitfield", ""), ("preferred", "", "Ames", "")], "Ames", "ames"),
        ([("legal", "Cher", "", "")], "Cher", "cher"),
        ([("legal", "", "Teller", "")], "Teller", "teller"),
        ([("former", "Ana", "Old", ""), ("nickname", "Annie", "", "")], "Annie", "annie"),
    ],
)
def test_the_name_shown(names: list[tuple[str, str, str, str]], shown: str, key: str) -> None:
    rows = [PersonName(kind=kind, given=given, family=last, suffix=suffix) for kind, given, last, suffix in names]
    assert rules.display_name(rows) == shown
    assert rules.shown_sort_key(rows) == key


def test_search_text_holds_whole_words_only_however_many_names() -> None:
    rows = [PersonName(kind="former", given=f"{'x' * 70}{number}") for number in range(80)]
    text = rules.search_text(rows)
    assert 3900 < len(text) <= 4000
    assert all(len(word) >= 71 for word in text.split())
    assert text.endswith(" ")


@pytest.mark.parametrize(
    ("token", "word", "rank"),
    [("mara", "mara", 0), ("marabel", "mara", 1), ("william", "bill", 2), ("tamara", "mara", 3), ("tamara", "ma", None),
     ("mara", "m", 1), ("mara", "zoe", None)],
)  # fmt: skip
def test_how_a_word_matches(token: str, word: str, rank: int | None) -> None:
    assert rules.word_rank(token, word) == rank


def test_identifiers_as_typed_and_as_compared() -> None:
    assert rules.read_identifier("medicaid", "ab-12 34") == "AB1234"
    assert rules.read_identifier("ssn", "123 45 6789") == "123456789"
    assert [rules.masked(value) for value in ("123456789", "1234", "7")] == ["•••• 6789", "•••• 34", "••••"]
    with pytest.raises(DomainError):
        rules.read_identifier("ssn", "1234567890")


def test_zip_codes() -> None:
    typed = ["19104", "191041234", "19104-1234", "1910", "K1A 0B1 "]
    assert [rules.read_zip(text) for text in typed] == ["19104", "19104-1234", "19104-1234", "1910", "K1A 0B1"]


def test_languages_in_the_readers_words() -> None:
    assert rules.language_name("es") == "Spanish"
    assert rules.language_name("") == ""
    assert rules.language_name("zz") == "Zz"
    assert rules.language_name("prs") == "Dari"
    assert [code for code, name in rules.languages() if name.lower() == code] == []
    assert rules.languages()[:2] == [("en", "English"), ("es", "Spanish")]
    with override("es"):
        assert rules.language_name("en") == "Inglés"
        assert rules.language_name("prs") == "Darí"
    with override("xx"):
        assert rules.language_name("en") == "English"


def test_nothing_ends_before_it_starts() -> None:
    rules.check_dates(None, TODAY)
    rules.check_dates(TODAY, TODAY)
    rules.check_birth_date(None, TODAY)
    with pytest.raises(DomainError):
        rules.check_dates(TODAY, date(2026, 11, 18))
