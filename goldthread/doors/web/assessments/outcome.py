"""What an assessment came to, as a page shows it: scores, change since last time, bands, drawings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from goldthread.casework.assessments.models import Score
from goldthread.casework.assessments.queries.assessments import Series
from goldthread.casework.assessments.rules.definition import Questionnaire, ScoreRule
from goldthread.doors.web.assessments.charts import Chart, chart_of, plain

NOTHING = "\N{EN DASH}"
"""What stands where there is no value."""
TONES = {0: "pine", 1: "", 2: "amber", 3: "amber", 4: "red"}


@dataclass(frozen=True, slots=True)
class Line:
    """One score in words."""

    title: str
    value: str
    highest: str
    band: str
    tone: str
    why: str
    before: str
    before_on: date | None
    change: str
    better: bool | None
    """Is the change for the better? None: the same, or nobody can say."""
    chart: Chart | None
    table: list[tuple[date, str, str]]


def lines_of(
    scores: Sequence[Score], questionnaire: Questionnaire | None, all_series: Iterable[Series], language: str
) -> list[Line]:
    """*scores* of one assessment, each with its history up to its day."""
    rules = {rule.name: rule for rule in questionnaire.scores} if questionnaire else {}
    histories = {(one.instrument, one.name): one.scores for one in all_series}
    return [
        line_of(score, rules.get(score.name), histories.get((score.instrument, score.name), []), language)
        for score in scores
    ]


def line_of(score: Score, rule: ScoreRule | None, history: Sequence[Score], language: str) -> Line:
    """*score* beside the one before it among *history* (of the same score, the oldest first)."""
    upto = [one for one in history if (one.on, one.pk) <= (score.on, score.pk) and one.pk != score.pk]
    earlier = [one for one in upto if one.value is not None]
    last = earlier[-1] if earlier else None
    change, better = _change(score, last, rule)
    shown = [*upto, score]
    return Line(
        title=rule.title.within(language) if rule else score.title,
        value=words_of(score),
        highest=plain(float(score.highest)) if score.highest is not None else "",
        band=band_of(score, rule, language),
        tone=TONES.get(score.severity or 0, "") if score.severity is not None else "",
        why=score.why,
        before=words_of(last) if last else "",
        before_on=last.on if last else None,
        change=change,
        better=better,
        chart=chart_of(shown),
        table=[(one.on, words_of(one), band_of(one, rule, language)) for one in reversed(shown)],
    )


def words_of(score: Score) -> str:
    """The value, or a dash."""
    return NOTHING if score.value is None else plain(float(score.value))


def band_of(score: Score, rule: ScoreRule | None, language: str) -> str:
    """The band in the reader's language, where the instrument says it; else as it was signed."""
    bands = rule.bands if rule else ()
    found = next((band.label for band in bands if band.label.plain[:120] == score.band), None)
    return found.within(language) if found else score.band


def _change(score: Score, last: Score | None, rule: ScoreRule | None) -> tuple[str, bool | None]:
    if last is None or score.value is None or last.value is None:
        return "", None
    by = float(score.value - last.value)
    if by == 0:
        return _("the same as last time"), None
    words = _("%(n)s more than last time") if by > 0 else _("%(n)s less than last time")
    return words % {"n": plain(abs(by))}, None if rule is None else (by > 0) == rule.higher_is_better
