"""The form of a score: what counts, how, what happens when answers are missing, and the bands."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.casework.assessments.rules.building.scores import ADDED, EXPRESSION, MEAN
from goldthread.casework.assessments.rules.model import Json, Missing
from goldthread.doors.web.assessments.outcome import NOTHING
from goldthread.doors.web.instruments.building.expressions import check_expression
from goldthread.doors.web.instruments.building.item_form import kept_words, name_of
from goldthread.doors.web.instruments.building.item_rows import NumberField, call_second, values_of, words
from goldthread.doors.web.instruments.building.rows import RowForm, Typed, after_button, said_of, typed_rows, with_blank
from goldthread.foundation.programs.enums import Domain
from goldthread.foundation.programs.rules.titles import DOMAINS

SEVERITIES = (
    ("", NOTHING),
    ("0", _("0 none")),
    ("1", _("1 mild")),
    ("2", _("2 moderate")),
    ("3", _("3 strong")),
    ("4", _("4 severe")),
)
STRENGTHS = (("", NOTHING), ("1", _("watch")), ("2", _("needed")), ("3", _("urgent")))


class BandForm(RowForm):
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    low = NumberField(label=_("From"), required=False)
    high = NumberField(label=_("To"), required=False)
    label = words(_("Is called"), 120)
    label2 = words("", 120)
    severity = forms.ChoiceField(label=_("Severity"), choices=SEVERITIES, required=False)
    domain = forms.ChoiceField(
        label=_("Suggests a need in"),
        required=False,
        choices=[("", _("nothing")), *((str(one), DOMAINS[one]) for one in Domain)],
    )
    strength = forms.ChoiceField(label=_("How strong"), choices=STRENGTHS, required=False)

    def clean(self) -> dict[str, Any]:
        """A band has words; a need has a strength."""
        said = super().clean() or {}
        if self.is_blank:
            return said
        if not (said.get("label") or "").strip():
            self.add_error("label", gettext("Say what the band is called."))
        if said.get("domain") and not said.get("strength"):
            self.add_error("strength", gettext("Say how strong the need is."))
        low, high = said.get("low"), said.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", gettext("It ends before it starts."))
        return said

    @property
    def values(self) -> dict[str, Any]:
        """The row as the builder writes it."""
        found = dict(self.cleaned_data)
        was = found.pop("was")
        for name in ("severity", "strength"):
            found[name] = int(found[name]) if found[name] else None
        if not found["domain"]:
            found["strength"] = None
        return {"was": int(was), **found} if was.isdecimal() and len(was) < 6 else found


class ScoreForm(forms.Form):
    """A score. *questions*: what can count, by linkId; *taken*: names of other scores and of items."""

    title = words(_("What it is called"), 200)
    title2 = words("", 200)
    name = words(_("Short name"), 60)
    method = forms.ChoiceField(
        required=False,
        label=_("It is"),
        choices=[
            (ADDED, _("the sum of what counts")),
            (MEAN, _("the mean of what counts")),
            (EXPRESSION, _("what an expression comes to")),
        ],
        widget=forms.RadioSelect,
    )
    expression = forms.CharField(
        label=_("Expression (FHIRPath)"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 3, "class": "code", "spellcheck": "false"}),
    )
    missing = forms.ChoiceField(
        required=False,
        label=_("When answers are missing"),
        choices=[
            (Missing.NONE, _("there is no score")),
            (Missing.PRORATED, _("it is worked out from the others, as long as few are missing")),
            (Missing.SUM, _("what was answered counts")),
        ],
        widget=forms.RadioSelect,
    )
    most_missing = forms.IntegerField(label=_("At most missing"), required=False, min_value=0, max_value=2000)
    higher = forms.BooleanField(label=_("Higher is better"), required=False)
    says = words(_("What is said when there is no score"))
    says2 = words("")

    def __init__(
        self,
        values: Mapping[str, Any],
        questions: list[tuple[str, Json]],
        taken: set[str],
        sent: QueryDict | None,
        *,
        other: str = "es",
        judged: bool = True,
    ) -> None:
        self.was, self.questions, self.taken, self.judged = values, questions, taken, judged
        initial = {**values, "missing": values.get("missing") or Missing.NONE}
        super().__init__(sent, initial=initial, prefix="s")
        if not judged:
            self._errors = forms.utils.ErrorDict()
        self.other = other
        call_second(self, other)
        self.bands = self._made(self._typed())

    def _typed(self) -> list[Typed]:
        if isinstance(self.data, QueryDict) and self.is_bound:
            return typed_rows(self.data, "bands")
        rows = said_of(self.was.get("bands") or [])
        return rows or with_blank([], 3)

    def _made(self, typed: list[Typed]) -> list[BandForm]:
        rows = [BandForm(row, n, "bands", judged=self.is_bound and self.judged) for n, row in enumerate(typed)]
        for row in rows:
            call_second(row, self.other)
        return rows

    def press(self, do: str) -> None:
        """Change the bands, or what counts (``item:all``, ``item:none``), as the button *do* says."""
        name, _colon, what = do.partition(":")
        if name == "bands":
            self.bands = self._made(after_button(self._typed(), what))
        if name == "item" and isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data.setlist("item", [link for link, _item in self.questions] if what == "all" else [])

    @property
    def counted(self) -> list[tuple[str, str, bool, bool]]:
        """Every question that can count: code, words, whether it does, whether in reverse."""
        counts, turned = self._chosen("item"), self._chosen("reverse")
        return [(link, name_of(item), link in counts, link in turned) for link, item in self.questions]

    @property
    def all_count(self) -> bool:
        """Does every question count?"""
        return all(counts for _link, _words, counts, _turned in self.counted)

    def _chosen(self, name: str) -> list[str]:
        if isinstance(self.data, QueryDict) and self.is_bound:
            sent = set(self.data.getlist(name))
            return [link for link, _item in self.questions if link in sent]
        return list(self.was.get(name) or [])

    def is_valid(self) -> bool:
        """The form and its bands."""
        rows = [row.is_valid() for row in self.bands if not row.is_blank]
        return super().is_valid() and all(rows)

    def clean(self) -> dict[str, Any]:
        """A score has words, and something to come from."""
        said = super().clean() or {}
        if not (said.get("title") or "").strip():
            self.add_error("title", gettext("Say what the score is called."))
        said["method"] = said.get("method") or self.was.get("method") or ADDED
        said["missing"] = said.get("missing") or self.was.get("missing") or str(Missing.NONE)
        if said["method"] == EXPRESSION:
            check_expression(self, "expression", said.get("expression") or "", needed=True)
        elif not self._chosen("item") and not self.was.get("on_item"):
            self.add_error("method", gettext("Choose at least one question that counts."))
        name = self._name(said)
        if name in self.taken:
            self.add_error("name", gettext("A question or another score has this short name."))
        if said.get("missing") == Missing.PRORATED and not said.get("most_missing"):
            self.add_error("most_missing", gettext("Say how many may be missing."))
        return said

    def _name(self, said: Mapping[str, Any]) -> str:
        typed = (said.get("name") or "").strip()
        if typed:
            return typed
        made = slugify(said.get("title") or "")[:50] or "score"
        return next(
            name for n in range(1, len(self.taken) + 2) if (name := made if n == 1 else f"{made}-{n}") not in self.taken
        )

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the builder writes it."""
        said = {name: kept_words(value, self.was.get(name)) for name, value in self.cleaned_data.items()}
        said["name"] = self._name(said)
        if said["method"] != EXPRESSION:
            said["expression"] = ""
        if said["missing"] != Missing.PRORATED and not self.was.get("most_missing"):
            said["most_missing"] = None
        counts = self._chosen("item")
        said["item"] = _in_order(counts, self.was.get("item") or [])
        turned = [link for link in self._chosen("reverse") if link in counts]
        said["reverse"] = _in_order(turned, self.was.get("reverse") or [])
        said["bands"] = self._bands()
        if said["missing"] == Missing.NONE and not self.was.get("missing"):
            said["missing"] = self.was.get("missing", str(Missing.NONE))
        return said

    def _bands(self) -> list[dict[str, Any]]:
        before = {row["was"]: row for row in self.was.get("bands") or []}
        found = []
        for row in values_of(self.bands):
            held = before.get(row.get("was"), {})
            found.append({name: kept_words(value, held.get(name)) for name, value in row.items()})
        return found


def _in_order(chosen: list[str], before: list[str]) -> list[str]:
    """*chosen* as it stood before, where it is the same; else in the order of the questions."""
    return before if set(chosen) == set(before) and len(chosen) == len(before) else chosen
