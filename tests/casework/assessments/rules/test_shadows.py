"""What FHIR lets stand beside the value of an extension: translations of the words of scores, bands and safety."""

import pytest

from goldthread.casework.assessments.rules.definition import DefinitionError, read_questionnaire
from tests.casework.assessments.rules.samples import TRANSLATION, item, questionnaire


def test_the_words_of_an_extension_are_translated():
    spanish = [{"url": "lang", "valueCode": "es"}, {"url": "content", "valueString": "Pregunte ahora"}]
    says = {
        "url": "says",
        "valueString": "Ask now",
        "_valueString": {"extension": [{"url": TRANSLATION, "extension": spanish}]},
    }
    watched = item("q", "integer", extension=[{"url": "urn:goldthread:safety", "extension": [says]}])
    found = read_questionnaire(questionnaire(watched)).by_link["q"]
    assert found.safety.says.within("es") == "Pregunte ahora"


def test_what_does_not_belong_there_is_refused():
    watched = item("q", "integer", extension=[{"url": "urn:test", "valueInteger": 1, "shadow": "x"}])
    with pytest.raises(DefinitionError):
        read_questionnaire(questionnaire(watched))
