"""How alike two people are: expected from the requirement, levels and lines worked out by hand from weights.csv."""

import csv

import pytest

from goldthread.people.persons.likeness import Described, Name, Place, keys_of, score
from goldthread.people.persons.likeness.levels import birth_level, word_level
from goldthread.people.persons.likeness.weights import WEIGHTS, bits_of
from goldthread.people.persons.likeness.words import why

HOME = Place.said("12 Larch Street", "Apt 3", "Philadelphia", "19104", "PA")


def one(given: str, family: str, birth: str = "", **more: object) -> Described:
    return Described(names=(Name.said(given, family),), birth=birth, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("here", "there", "level"),
    [
        ("maria", "maria", "same"),
        ("de la cruz", "delacruz", "same"),
        ("maria", "mario", "slip"),
        ("jayden", "kayden", "first_letter"),
        ("bill", "william", "nickname"),
        ("katherine", "catherin", "sound"),
        ("ann", "ann marie", "part"),
        ("j", "john", "initial"),
        ("k", "john", "different"),
        ("hernandez", "ernandes", "sound"),
        ("marisol", "maribel", "close"),
        ("oliver", "beatriz", "different"),
        ("", "beatriz", "missing"),
    ],
)
def test_words_of_names(here: str, there: str, level: str) -> None:
    assert word_level(here, there, nicknames=True) == level
    assert word_level(there, here, nicknames=True) == level


@pytest.mark.parametrize(
    ("here", "there", "level"),
    [
        ("19610304", "19610304", "same"),
        ("19610304", "19610403", "swapped"),
        ("19610304", "19610314", "slip"),
        ("19610304", "19160304", "slip"),
        ("19610304", "19720304", "two_slips"),
        ("19610304", "19610522", "part"),
        ("19610304", "19850912", "different"),
        ("", "19850912", "missing"),
    ],
)
def test_dates_of_birth(here: str, there: str, level: str) -> None:
    assert birth_level(Described(birth=here), Described(birth=there)) == level


def test_a_year_alone_is_compared_as_a_year() -> None:
    about = Described(birth="19610101", birth_parts=4)
    assert birth_level(about, Described(birth="19610304")) == "same_year"
    assert birth_level(Described(birth="19620304"), about) == "near_year"
    assert birth_level(Described(birth="19640304"), about) == "different"
    assert birth_level(Described(birth="19610301", birth_parts=6), Described(birth="19610322")) == "same_month"


def test_the_same_person_under_two_names_is_strong() -> None:
    """Maiden and married name: first name, birthday and telephone agree."""
    phone = frozenset({"2410555512"})
    found = score(one("Maria", "Ortiz", "19610304", phones=phone), one("Maria", "Bell", "19610304", phones=phone))
    assert found.strong
    assert why(found) == ("same first name", "another last name", "same date of birth", "same phone number")


def test_namesakes_of_another_birthday_are_not_shown() -> None:
    assert not score(one("Maria", "Garcia", "19610304"), one("Maria", "Garcia", "19850912")).possible
    same = score(one("Maria", "Garcia"), one("Maria", "Garcia"))
    assert same.possible
    assert not same.strong, "a name alone is never beyond doubt"


def test_twins_are_told_apart() -> None:
    here = one("Luis", "Prado", "20150210", places=(HOME,), phones=frozenset({"1"}))
    there = one("Elena", "Prado", "20150210", places=(HOME,), phones=frozenset({"1"}))
    found = score(here, there)
    assert found.possible
    assert not found.strong
    assert "perhaps a twin: same birthday and last name, another first name" in why(found)
    rhyming = score(one("Jayden", "Prado", "20150210"), one("Kayden", "Prado", "20150210"))
    assert rhyming.possible
    assert "perhaps a twin: first names that rhyme" in why(rhyming)


def test_a_household_is_not_one_person() -> None:
    mother = one("Rosa", "Prado", "19880101", places=(HOME,), phones=frozenset({"1"}), emails=frozenset({"p@x.org"}))
    child = one("Elena", "Prado", "20150210", places=(HOME,), phones=frozenset({"1"}), emails=frozenset({"p@x.org"}))
    assert not score(mother, child).possible


def test_father_and_son_of_one_name() -> None:
    father = Described(names=(Name.said("John", "Bell", suffix="Sr."),), places=(HOME,))
    son = Described(names=(Name.said("John", "Bell", suffix="Jr."),), places=(HOME,))
    assert not score(father, son).strong


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (one("Chen", "Wei", "19700102"), one("Wei", "Chen", "19700102"), "first and last name swapped"),
        (one("Bill", "Moss", "19700102"), one("William", "Moss", "19700201"), "day and month of birth swapped"),
        (one("Kathryn", "Moss", "19700102"), one("Catherine", "Moss", "19700103"), "date of birth off by a digit"),
    ],
)
def test_what_people_get_wrong_is_found_and_said(here: Described, there: Described, said: str) -> None:
    found = score(here, there)
    assert found.possible
    assert score(there, here).bits == found.bits
    assert said in why(found)
    assert set(keys_of(here).values()) & set(keys_of(there).values()), "they are not even looked at"


def test_a_number_in_common_is_nearly_proof_and_two_numbers_speak_against() -> None:
    here = one("Ana", "Mora", numbers={"ssn": frozenset({"a", "b"})})
    assert score(here, one("Anna", "Moro", numbers={"ssn": frozenset({"b"})})).strong
    apart = score(here, one("Ana", "Mora", numbers={"ssn": frozenset({"c"})}))
    assert not apart.possible
    assert "another number of the same kind" in why(apart)
    assert score(here, one("Ana", "Mora", numbers={"mrn": frozenset({"c"})})).possible


def test_a_former_name_is_said() -> None:
    known = Described(names=(Name.said("Ana", "Mora"), Name.said("Ana", "Vidal")), birth="19700102")
    found = score(one("Ana", "Vidal", "19700102"), known)
    assert found.strong
    assert "by a former name or nickname" in why(found)


def test_every_weight_says_where_it_is_from() -> None:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] for row in rows)
    assert len({(row["field"], row["level"]) for row in rows}) == len(rows)
    assert bits_of(("birth", "same")) > bits_of(("birth", "swapped")) > bits_of(("birth", "slip"))


def test_keys_are_few_and_join_two_things() -> None:
    known = one("Bill", "Moss", "19700102", places=(HOME,), phones=frozenset({"2410555512"}))
    said = keys_of(known)
    assert len(said) <= 14
    assert not any(words in said for words in ("name PL", "name MS"))
    assert keys_of(Described()) == {}
