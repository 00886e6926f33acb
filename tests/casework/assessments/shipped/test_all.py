"""What every shipped instrument has to say of itself, and in which languages."""

from itertools import pairwise

import pytest

from goldthread.casework.assessments.rules.logic import Context
from goldthread.casework.assessments.rules.rehearsal import filled, trial
from goldthread.casework.assessments.shipped import shipped
from goldthread.foundation.lib.text import tidy
from tests.casework.assessments.shipped.reading import KEYS, elements, instrument

SHOWN = ("title", "description", "text", "display", "valueString")
SAID_ONCE = ("urn:goldthread:licence", "urn:goldthread:source", "urn:goldthread:attribution")
NAMES = ("item", "reverse", "lang", "content", "evidence", "said-by", "said-words", "starts-on", "ends-on")
LICENCES = {
    "Apache-2.0",
    "Public domain",
    "Free to use with attribution",
    "No permission required to reproduce, translate, display or distribute.",
}


def test_these_are_shipped() -> None:
    assert sorted(KEYS) == KEYS
    assert set(KEYS) >= {"phq-9", "phq-2", "gad-7", "audit-c", "hunger-vital-sign"}


@pytest.mark.parametrize("key", KEYS)
def test_it_is_let_in_and_says_where_it_is_from(key: str) -> None:
    questionnaire = instrument(key)
    assert questionnaire.url == f"urn:goldthread:instrument:{key}"
    assert questionnaire.version
    assert questionnaire.status == "active"
    assert questionnaire.language == "en"
    assert questionnaire.title
    assert questionnaire.licence in LICENCES
    said = {one["url"]: one.get("valueString", "") for one in questionnaire.data["extension"]}
    assert all(tidy(said[name]) for name in SAID_ONCE)


@pytest.mark.parametrize("key", KEYS)
def test_every_word_of_it_is_there_in_spanish(key: str) -> None:
    missing = [words for element in elements(instrument(key).data) for words in _only_english(element)]
    assert missing == []


@pytest.mark.parametrize("key", KEYS)
def test_where_a_band_is_strong_there_is_a_need(key: str) -> None:
    for rule in instrument(key).scores:
        assert [str(band.label) for band in rule.bands if band.severity >= 3 and not band.need_domain] == []


@pytest.mark.parametrize("key", KEYS)
def test_bands_leave_no_hole(key: str) -> None:
    for rule in instrument(key).scores:
        for before, after in pairwise(rule.bands):
            assert before.high is not None
            assert after.low is not None
            assert after.low - before.high <= 1


@pytest.mark.parametrize("key", KEYS)
def test_it_works_out_on_answers_to_everything(key: str) -> None:
    questionnaire = instrument(key)
    assert trial(questionnaire, filled(questionnaire, {}), Context()) == []


def test_each_digest_is_its_own() -> None:
    assert len({one.digest for one in shipped()}) == len(shipped())


def _only_english(element: dict[str, object]) -> list[str]:
    if element.get("url") in (*SAID_ONCE, *NAMES):
        return []
    found = []
    for name in SHOWN:
        words = element.get(name)
        if isinstance(words, str) and words and not _spanish(element.get(f"_{name}")):
            found.append(words)
    return found


def _spanish(shadow: object) -> str:
    for one in elements(shadow):
        extension = one.get("extension")
        parts = {part.get("url"): part for part in extension if isinstance(part, dict)} if extension else {}
        if parts.get("lang", {}).get("valueCode") == "es":
            return str(parts["content"]["valueString"])
    return ""


@pytest.mark.parametrize("key", KEYS)
def test_a_turn_that_nobody_filled_in_keeps_nothing_from_being_signed(key: str) -> None:
    inside = [item.link_id for item in instrument(key).by_link.values() if item.turns and item.required]
    assert inside == []
