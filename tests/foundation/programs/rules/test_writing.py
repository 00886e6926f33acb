"""Whatever template there is: written and read again, it is the same."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.foundation.programs.enums import (
    NEVER_EXCUSES,
    Activity,
    Acuity,
    AftercareBy,
    Checklist,
    Clock,
    Domain,
    EventKind,
    Mode,
    Period,
    Place,
    Priority,
    Reason,
    Seen,
    Unit,
    Weight,
)
from goldthread.foundation.programs.rules.aftercare import AftercareContact, AftercareRules
from goldthread.foundation.programs.rules.checking import NO_EVIDENCE, NO_TRIGGER
from goldthread.foundation.programs.rules.reading import from_content, read_template
from goldthread.foundation.programs.rules.template import (
    JUDGEMENT,
    Accepts,
    ContactKind,
    DischargeReason,
    Interval,
    Requirement,
    Share,
    Source,
    Span,
    Template,
    Trigger,
)
from goldthread.foundation.programs.rules.words import say, say_leads
from goldthread.foundation.programs.rules.writing import to_content, to_yaml

keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
counts = st.integers(1, 99)


def spans(before=False):
    backwards = st.booleans() if before else st.just(False)
    return st.builds(Span, counts, st.sampled_from(Unit), backwards)


def some(words):
    return st.frozensets(st.sampled_from(list(words)), max_size=3)


dates = st.dates(date(1900, 1, 1), date(2100, 1, 1))
sources = st.one_of(
    st.just(JUDGEMENT),
    st.builds(Source, texts, st.none() | dates, st.booleans(), st.just(False)),
    st.builds(Source, texts, st.none() | dates, st.just(False), st.just(True)),
)
names = st.just("") | keys
contacts = st.builds(
    Accepts,
    st.just(EventKind.CONTACT),
    some(Mode),
    some(Place),
    some(Activity),
    some(Seen),
    st.integers(0, 600),
    names,
    st.booleans(),
)
others = st.builds(
    lambda kind, name, seen: Accepts(kind, name=name, seen=seen),
    st.sampled_from([kind for kind in EventKind if kind not in NO_EVIDENCE]),
    names,
    some(Seen),
)
accepted = contacts | others


@st.composite
def triggers(draw):
    way = draw(st.sampled_from(["kind", "match", "age", "year"]))
    kind = draw(st.sampled_from([kind for kind in EventKind if kind not in NO_TRIGGER]))
    if way == "age":
        return Trigger(None, age=draw(spans()))
    if way == "year":
        return Trigger(None, month=draw(st.integers(1, 12)), day=draw(st.integers(1, 28)))
    return Trigger(kind, Accepts(kind, name="special") if way == "match" else None)


@st.composite
def requirements(draw, key):
    clock = draw(st.sampled_from(Clock))
    by_acuity = draw(st.dictionaries(st.sampled_from(Acuity), spans(), max_size=3))
    interval = Interval(draw(spans()), by_acuity, draw(st.booleans()))
    first = draw(st.none() | spans())
    reasons = [reason for reason in Reason if reason not in NEVER_EXCUSES]
    return Requirement(
        key=key,
        title=draw(texts),
        weight=draw(st.sampled_from(Weight)),
        clock=clock,
        trigger=draw(triggers()),
        accepts=tuple(draw(st.lists(accepted, min_size=1, max_size=3))),
        source=draw(sources),
        at_least=draw(st.integers(1, 5)),
        offset={Clock.TRIGGER: draw(spans(before=True)), Clock.LAST: first}.get(clock),
        interval=interval if clock is Clock.LAST else None,
        period=draw(st.sampled_from(Period)) if clock is Clock.PERIOD else None,
        partial_periods=clock is Clock.PERIOD and draw(st.booleans()),
        due_day=draw(st.none() | st.integers(1, 7)) if clock is Clock.PERIOD else None,
        earliest=draw(st.none() | spans()),
        grace=draw(st.none() | spans()),
        remind=draw(spans()),
        escalate=draw(spans()),
        exceptions=draw(st.frozensets(st.sampled_from(reasons), max_size=3)),
        each_member=draw(st.booleans()),
        only_pauses=draw(st.booleans()),
        minutes=draw(st.integers(1, 240)),
        action=draw(st.sampled_from(["note", "visit", "elsewhere", "appointment"])),
    )


aftercare = st.builds(
    AftercareContact,
    title=texts,
    after=spans(),
    mode=st.sampled_from(Mode),
    by=st.sampled_from(AftercareBy),
    after_death=st.booleans(),
)


@st.composite
def templates(draw):
    rules = [draw(requirements(key)) for key in draw(st.lists(keys, min_size=1, max_size=4, unique=True))]
    share = Share(
        rules[0].key,
        draw(st.integers(1, 100)),
        draw(accepted),
        draw(st.integers(1, 36)),
        "client",
        draw(st.none() | spans()),
    )
    half = Requirement("share-of", draw(texts), Weight.LEGAL, Clock.PERIOD, Trigger(), (), draw(sources), share=share)
    flag = draw(st.integers(0, 99))
    kinds = [
        ContactKind(
            key,
            draw(texts),
            draw(st.sampled_from(Mode)),
            draw(st.none() | st.sampled_from(Place)),
            (),
            draw(st.none() | st.sampled_from(Checklist)),
            draw(st.integers(1, 99)),
        )
        for key in draw(st.lists(keys, max_size=2, unique=True))
    ]
    return Template(
        key=draw(keys),
        title=draw(texts),
        version=draw(counts),
        unit=draw(st.sampled_from(["person", "household"])),
        client_word=draw(texts),
        plan_word=draw(texts),
        caseload_flag=flag,
        caseload_source=draw(sources) if flag else JUDGEMENT,
        labels=tuple(draw(st.lists(st.sampled_from(["hiv", "sealed", "substance_use"]), unique=True))),
        domains=tuple(draw(st.lists(st.sampled_from(Domain), min_size=1, unique=True))),
        activities=tuple(draw(st.lists(st.sampled_from(Activity), min_size=1, unique=True))),
        contact_kinds=tuple(kinds),
        priority_rules=tuple(draw(st.lists(st.sampled_from(Priority), unique=True, max_size=3))),
        requirements=(*rules, half) if draw(st.booleans()) else tuple(rules),
        discharge_reasons=tuple(
            DischargeReason(key, draw(texts), draw(st.booleans()))
            for key in draw(st.lists(keys, max_size=2, unique=True))
        ),
        cosign_default=draw(st.booleans()),
        re_entry_days=draw(st.integers(0, 365)),
        re_entry_source=draw(sources),
        aftercare=AftercareRules(tuple(draw(st.lists(aftercare, max_size=2))), draw(sources)),
    )


@settings(max_examples=min(60, settings().max_examples), deadline=None)
@given(templates())
def test_read_of_written_is_the_same(template):
    assert from_content(to_content(template)) == template
    assert read_template(to_yaml(template)) == template
    assert all(say(one, template) and say_leads(one) for one in template.requirements)


def test_what_is_by_default_is_not_written():
    template = from_content(
        {
            "template": "a",
            "title": "A",
            "requirements": [{"key": "r", "title": "R", "due": "3 days", "accepts": "contact", "source": "judgement"}],
        }
    )
    assert to_content(template) == {
        "template": "a",
        "title": "A",
        "version": 1,
        "serves": "person",
        "client_word": "client",
        "plan_word": "plan",
        "requirements": [
            {
                "key": "r",
                "title": "R",
                "weight": "other",
                "due": "3 days",
                "accepts": ["contact"],
                "source": "judgement",
            }
        ],
    }


def test_a_name_of_digits_with_a_zero_in_front_stays_what_it_is() -> None:
    """08 is no number in YAML either; written without quotes it came back as 8."""
    content = {
        "template": "08",
        "title": "A",
        "requirements": [{"key": "r", "title": "R", "due": "3 days", "accepts": "contact", "source": "judgement"}],
    }
    template = from_content(content)
    assert read_template(to_yaml(template)).key == "08"
