"""Building as actions: sent twice is once, changes taken back, versions, licences, and what keeps one from being used."""

from typing import Any

import pytest

from goldthread.casework.assessments import actions
from goldthread.casework.assessments.enums import Built, MadeBy
from goldthread.casework.assessments.models import BuildingStep, InstrumentVersion
from goldthread.casework.assessments.queries.instruments import questionnaire_of
from goldthread.casework.assessments.rules.building.tree import add, without
from goldthread.casework.assessments.shipped import shipped
from goldthread.foundation.lib.actor import Actor
from goldthread.foundation.lib.errors import DomainError
from goldthread.foundation.lib.ids import new_id
from tests.casework.assessments.asking import TODAY, care, in_use, phq9, signed
from tests.factories import AT

pytestmark = pytest.mark.django_db
BY = Actor(at=AT, today=TODAY)
QUESTION = {"linkId": "q1", "type": "boolean", "text": "Is it so?"}


def begun(form_id: Any = None, title: str = "Night check") -> InstrumentVersion:
    return actions.begin_instrument(values={"title": title}, key="", language="en", by=BY, form_id=form_id or new_id())


def changed(version: InstrumentVersion, change: Any, form_id: Any = None, seen: int | None = None) -> InstrumentVersion:
    return actions.change_draft(
        version=version, change=change, what=Built.CHANGED, by=BY, form_id=form_id or new_id(), seen=seen
    )


def with_question(content: Any, _seen: Any) -> Any:
    return add(content, QUESTION)


def test_sent_twice_is_once() -> None:
    form_id = new_id()
    first = begun(form_id)
    assert begun(form_id).pk == first.pk
    step = new_id()
    changed(first, with_question, step)
    assert changed(first, with_question, step).content["item"] == [QUESTION]
    assert BuildingStep.objects.count() == 2


def test_a_key_that_is_taken_or_an_address_of_the_settings_is_refused() -> None:
    begun()
    for title in ("Night check", "New", "!!!"):
        with pytest.raises(DomainError):
            begun(title=title)
    assert InstrumentVersion.objects.count() == 1


def test_changes_are_taken_back_one_after_the_other() -> None:
    draft = begun()
    empty = draft.content
    changed(draft, with_question)
    changed(draft, lambda content, _seen: {**content, "title": "Other"})
    steps = list(BuildingStep.objects.filter(before__isnull=False).order_by("edit"))
    with pytest.raises(DomainError):
        actions.take_back(version=draft, step=steps[0].pk, by=BY, form_id=new_id())
    form_id = new_id()
    for _click in range(2):
        draft = actions.take_back(version=draft, step=steps[1].pk, by=BY, form_id=form_id)
    assert (draft.content["title"], draft.content["item"]) == ("Night check", [QUESTION])
    draft = actions.take_back(version=draft, step=steps[0].pk, by=BY, form_id=new_id())
    assert draft.content == empty


def test_only_the_last_changes_can_be_taken_back() -> None:
    draft = begun()
    for number in range(33):
        changed(draft, lambda content, _seen, n=number: {**content, "title": f"T{n}"})
    assert BuildingStep.objects.filter(before__isnull=False).count() == 30


def test_a_change_is_told_what_its_writer_saw() -> None:
    draft = changed(begun(), with_question)
    seen_at = draft.edit
    changed(draft, lambda content, _seen: {**content, "title": "Theirs"})
    told: list[Any] = []

    def look(content: Any, seen: Any) -> Any:
        told.append((content["title"], seen["title"]))
        return content

    changed(draft, look, seen=seen_at)
    assert told == [("Theirs", "Night check")]


def test_what_is_wrong_or_was_changed_since_is_not_put_in_use() -> None:
    draft = begun()
    with pytest.raises(DomainError, match="cannot be used"):
        actions.put_in_use(version=draft, by=BY)
    draft = changed(draft, with_question)
    with pytest.raises(DomainError, match="changed since"):
        actions.put_in_use(version=draft, by=BY, seen=draft.edit - 1)
    used = actions.put_in_use(version=draft, by=BY, seen=draft.edit)
    assert used.state == "in_use"
    assert not used.steps.exists()
    with pytest.raises(DomainError, match="new version"):
        changed(used, with_question)


def test_what_was_answered_stays_readable_when_the_questions_change() -> None:
    there = care()
    instrument = in_use()
    made = signed(there)
    before = made.version
    with pytest.raises(DomainError):
        actions.edit_anew(
            version=before, by=BY, form_id=new_id()
        )  # its licence says nothing: somebody has to say they may
    draft = actions.edit_anew(version=before, by=BY, form_id=new_id(), allowed=True)
    assert draft.instrument_id == instrument.pk
    assert (draft.content["version"], draft.content["derivedFrom"]) == ("2", ["urn:test:phq-9|1"])
    assert draft.content["url"] == f"urn:uuid:{instrument.pk}"
    draft = changed(
        draft, lambda content, _seen: {**without(content, "q9"), "title": "Eight questions", "extension": []}
    )
    actions.put_in_use(version=draft, by=BY)
    made.refresh_from_db()
    assert made.version_id == before.pk
    assert "q9" in questionnaire_of(made.version).by_link
    assert questionnaire_of(before).title.plain == "Nine questions"
    assert actions.install(content=phq9(version="3"), made_by=MadeBy.INSTALLED, by=BY).instrument_id == instrument.pk


def test_a_draft_that_is_built_is_not_swept_away_by_a_file() -> None:
    version = in_use().versions.get()
    actions.edit_anew(version=version, by=BY, form_id=new_id(), allowed=True)
    with pytest.raises(DomainError, match="being built"):
        actions.install(content=phq9(version="2"), made_by=MadeBy.INSTALLED, by=BY)
    with pytest.raises(DomainError, match="waits already"):
        actions.edit_anew(version=version, by=BY, form_id=new_id(), allowed=True)


def test_an_installed_one_that_waits_is_changed_before_it_is_used_and_can_be_taken_back() -> None:
    waiting = actions.install(content=phq9(), made_by=MadeBy.INSTALLED, by=BY)
    draft = actions.edit_anew(version=waiting, by=BY, form_id=new_id(), allowed=True)
    assert draft.pk == waiting.pk
    step = BuildingStep.objects.get()
    assert actions.take_back(version=draft, step=step.pk, by=BY, form_id=new_id()).content == phq9()


def test_a_shipped_one_is_copied_under_another_key_and_stays() -> None:
    content = next(one.content for one in shipped() if one.key == "caregiver-strain")
    used = actions.put_in_use(version=actions.install(content=content, made_by=MadeBy.SHIPPED, by=BY), by=BY)
    form_id = new_id()
    for _click in range(2):
        own = actions.edit_anew(version=used, by=BY, form_id=form_id, title="Strain, ours", key="strain")
    assert (own.instrument.key, own.instrument.made_by) == ("strain", MadeBy.BUILT)
    assert own.content["url"] != content["url"]
    assert own.content["derivedFrom"] == ["urn:goldthread:instrument:caregiver-strain|1"]
    assert actions.put_in_use(version=own, by=BY).state == "in_use"
    used.refresh_from_db()
    assert used.state == "in_use"


def test_a_licence_without_derivatives_is_not_changed() -> None:
    version = in_use(phq9(copyright="CC BY-ND 4.0")).versions.get()
    with pytest.raises(DomainError, match="does not allow"):
        actions.edit_anew(version=version, by=BY, form_id=new_id(), allowed=True)
