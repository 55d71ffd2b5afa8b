"""What a check answers: points by criterion and diagnoses; a float, a text and a card."""

import json
import os
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from d2l_ch3.checks.catalogue import Criterion, Diagnosis, Met, Section
from d2l_ch3.checks.definition import Exercise
from d2l_ch3.checks.markup import template
from d2l_ch3.checks.wrapping import first_sentence, wrap
from d2l_ch3.language import Text, get_language

WIDTH = 78
BRIEF_WIDTH = 64  # of the boxes in which JupyterLab shows what Validate found
MIME_TYPE = "application/vnd.d2l-ch3.report+json"

_ALL_RIGHT = Text("全部正确。", "All of it is right.")
_HOLDS, _FAILS = Text("做到了", "holds"), Text("没做到", "does not hold")
_HINT = Text("卡住了？运行 `checks.{name}.hint()`", "Stuck? Run `checks.{name}.hint()`")
_POINTS = Text("分", "points")
_MET = Text("真实的代码：", "In real code: ")
_SOURCE = Text("去看看", "see it")
_ONWARD = Text("接着读：", "Read on: ")


@dataclass(frozen=True)
class Report:
    """The result of one check.

    ``float(report)`` are the points. In a notebook it shows as a card, and its
    ``text/plain`` is that float alone, which is how nbgrader reads partial credit;
    ``print(report)`` gives the text.
    """

    exercise: Exercise
    verdict: dict[str, tuple[Diagnosis, ...]]
    advice: tuple[Text, ...] = ()

    @property
    def points(self) -> float:
        """Points earned."""
        return float(sum(criterion.points for criterion, found in self.rows if not found))

    @property
    def max_points(self) -> float:
        """Points that can be earned."""
        return float(self.exercise.points)

    @property
    def rows(self) -> list[tuple[Criterion, tuple[Diagnosis, ...]]]:
        """Every criterion with what explains its failure; nothing where it holds."""
        return [(criterion, self.verdict[criterion.key]) for criterion in self.exercise.criteria]

    @cached_property
    def diagnoses(self) -> list[Diagnosis]:
        """The misconceptions found, each once, in the order of the criteria.

        Mere symptoms are left out where a cause is known.
        """
        found: dict[str, Diagnosis] = {}
        for _, diagnoses in self.rows:
            for diagnosis in diagnoses:
                found.setdefault(diagnosis.key, diagnosis)
        causes = [diagnosis for diagnosis in found.values() if not diagnosis.symptom]
        return causes or list(found.values())

    @property
    def misconceptions(self) -> list[str]:
        """The names of the misconceptions found."""
        return [diagnosis.key for diagnosis in self.diagnoses]

    @property
    def met(self) -> Met | None:
        """Where this is met in real code; only after full points, for it is an answer."""
        return None if self.diagnoses else self.exercise.words.met

    @property
    def onward(self) -> Section | None:
        """The section of the chapters to read next, after full points."""
        return None if self.diagnoses else self.exercise.words.onward

    @property
    def title(self) -> str:
        """The exercise, as a reader knows it: its title, and the name of its check."""
        return f"{self.exercise.words.title} `{self.exercise.function}`"

    @property
    def hint(self) -> str:
        """How to ask for help."""
        return str(_HINT.format(name=self.exercise.function))

    @property
    def summary(self) -> str:
        """One line: exercise and points."""
        return f"{self.title}  {self.points:g} / {self.max_points:g} {_POINTS}"

    @property
    def brief(self) -> str:
        """The summary, and the first sentence of each diagnosis: what nbgrader's Validate shows."""
        lines = [self.summary]
        for diagnosis in self.diagnoses:
            lines += wrap(f"[{diagnosis.title}] {first_sentence(str(diagnosis.text))}", BRIEF_WIDTH)
        return "\n".join(lines)

    def __float__(self) -> float:
        return self.points

    def __str__(self) -> str:
        lines = [self.summary]
        for criterion, found in self.rows:
            earned = f"{criterion.title} ({0 if found else criterion.points}/{criterion.points})"
            head, *tail = wrap(earned, WIDTH - 4)
            lines += [f"  {'✗' if found else '✓'} {head}", *(f"    {line}" for line in tail)]
        for diagnosis in self.diagnoses:
            lines += ["", *(f"  {line}" for line in wrap(f"[{diagnosis.title}]", WIDTH - 2))]
            lines += [f"    {line}" for line in wrap(str(diagnosis.text), WIDTH - 4)]
        lines += ["", f"  {self.hint}" if self.diagnoses else f"  {_ALL_RIGHT}"]
        lines += [f"  {line}" for advice in self.advice for line in wrap(str(advice), WIDTH - 2)]
        if self.met:
            lines += [f"  {line}" for line in wrap(f"{_MET}{self.met.text}", WIDTH - 2)] + [f"  {self.met.link}"]
        if self.onward:
            lines += [f"  {line}" for line in wrap(f"{_ONWARD}{self.onward.title} ({self.onward.chapter}.ipynb)",
                                                   WIDTH - 2)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_json(self) -> dict[str, Any]:
        """The report as data, for a class report: points, what failed each criterion, what the card names."""
        return {"exercise": self.exercise.name, "points": self.points, "max_points": self.max_points,
                "criteria": {criterion.key: found[0].key if found else None for criterion, found in self.rows},
                "misconceptions": self.misconceptions}

    def _repr_html_(self) -> str:
        return template("card.html").render(report=self, language=get_language(), points=_POINTS, all_right=_ALL_RIGHT,
                                            holds=_HOLDS, fails=_FAILS, in_real_code=_MET, source=_SOURCE,
                                            read_on=_ONWARD, beside_the_chapters=_in_kernel())

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if not _in_kernel():
            return {"text/plain": str(self)}
        if os.environ.get("NBGRADER_VALIDATING") and self.diagnoses:
            # nbgrader's Validate shows what a failing cell wrote to stderr; otherwise
            # it would only say "Partial credit; passed some but not all of the tests".
            print(self.brief, file=sys.stderr)
        return {"text/plain": repr(self.points), "text/html": self._repr_html_(), MIME_TYPE: self.as_json()}


def reports_in(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reports among a cell's outputs, as `Report.as_json` wrote them."""
    found = [output.get("data", {}).get(MIME_TYPE) for output in outputs]
    return [json.loads(report) if isinstance(report, str) else report for report in found if report]


def _in_kernel() -> bool:
    """Whether this runs in a notebook and not in a terminal."""
    if "IPython" not in sys.modules:
        return False
    shell = sys.modules["IPython"].get_ipython()
    return shell is not None and "IPKernelApp" in shell.config
