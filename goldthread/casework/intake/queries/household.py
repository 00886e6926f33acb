"""Whether the others of a household fit a program: each by their own age, diagnosis and enrollments, and by what the household shares."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

from goldthread.casework.eligibility.rules.judging import Judged, Verdict, judge
from goldthread.casework.intake.models import Inquiry
from goldthread.casework.intake.queries.fitting import Fit, OnRecord, known_of
from goldthread.casework.intake.rules.members import NEW, Member, as_said
from goldthread.casework.intake.rules.said import ANSWER
from goldthread.foundation.programs.rules.eligibility import Asked


def fit_of(inquiry: Inquiry, member: Member, fit: Fit, record: OnRecord, today: date, *, agency_state: str) -> Judged:
    """How the criteria of the program of *fit* come out for *member*, of whose record the asker may see *record*. No query.

    A yes or no to a question (*homeless*) holds for the household; one to a diagnosis or an enrollment for whom it was said of alone.
    """
    asked = [one.key for one in fit.template.eligibility.rule.criteria() if isinstance(one, Asked)]
    answers = {
        name: inquiry.said[name] for key in asked if (name := f"{ANSWER}{fit.program.key}:{key}") in inquiry.said
    }
    one = SimpleNamespace(
        said=as_said(inquiry.said, member) | answers,
        client_id=member.who if member.who not in ("", NEW) else None,
        new_person=member.who == NEW,
    )
    known = known_of(one, fit.program, record, today, unseen=fit.known.unseen, agency_state=agency_state)
    return judge(fit.template.eligibility.rule, known, today)


def worst(verdicts: Sequence[Verdict]) -> Verdict:
    """What all of *verdicts* come to: one who is not eligible is enough."""
    return next((one for one in (Verdict.NOT, Verdict.NEED_TO_KNOW) if one in verdicts), Verdict.ELIGIBLE)
