"""fourier-matrix, a bonus: the matrix that takes a real signal to the leading half of its Fourier coefficients."""

from typing import Any

import torch
from torch import Tensor

from d2l_ch3.checks.cases import FunctionCase, New
from d2l_ch3.checks.comparison import misfit
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import Difference, Trial
from d2l_ch3.language import Text


class Case(FunctionCase):
    """A length of signals, and one of them."""

    def __init__(self, dice: Dice, n: int) -> None:
        self.n, self.X = n, dice.tensor(3, n)


SETTINGS = {"usual": {"n": 8}, "longer": {"n": 12}, "odd": {"n": 7}, "two": {"n": 2}, "one": {"n": 1}}


def as_it_is(matrix: Tensor) -> Tensor:
    """The matrix and no change to it."""
    return matrix


def half(n: int) -> int:
    """How many coefficients a real signal needs."""
    return n // 2 + 1


def model(n: int, *, count: Any = half, sign: int = -1, scale: float = 0.0, change: Any = as_it_is) -> Tensor:
    """The right answer, with a knob for every belief: (n, n // 2 + 1), complex128."""
    j, k = torch.arange(n, dtype=torch.float64), torch.arange(count(n), dtype=torch.float64)
    angle = sign * 2 * torch.pi * torch.outer(j, k) / n
    return change(torch.complex(angle.cos(), angle.sin()) / n ** scale)


STAGE = Stage("matrix", {
    "count": {half: None, (lambda n: n): wrong("all-coefficients", "values"),
              **{count: wrong("one-column-short", "values") for count in (lambda n: n // 2, lambda n: (n + 1) // 2)}},
    "sign": {-1: None, 1: wrong("conjugated", "values")},
    "scale": {0.0: None, 1.0: wrong("scaled-matrix", "values"), 0.5: wrong("scaled-matrix", "values")},
    "change": {as_it_is: None, (lambda matrix: matrix.T): wrong("transposed", "values"),
               (lambda matrix: matrix.real.to(matrix.dtype)): wrong("no-imaginary-part", "values"),
               torch.real: wrong("no-imaginary-part", "values"), torch.imag: wrong("no-real-part", "values")},
})


def matrix(criterion: str, *settings: str, name: str = "matrix", belief: str = "wrong-matrix") -> Trial:
    """Make the matrix, and another one of the same size after that one was changed."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        made = answer(new().n)
        seen["matrix"] = made
        seen["dtype"] = str(getattr(made, "dtype", ""))
        seen["rounded"] = isinstance(made, Tensor) and bool((made.to(torch.complex64) == made).all())
        if isinstance(made, Tensor):
            made.zero_()
        again = answer(new().n)
        seen["kept"] = isinstance(again, Tensor) and not again.any()

    def values(different: Difference) -> Says:
        return no_tensor(different.value) or says(belief)

    def dtype(different: Difference) -> Says:
        return no_tensor(different.seen["matrix"]) or says("not-double", got=different.value.removeprefix("torch."))
    return Trial(criterion, name, run, {"matrix": values, "dtype": dtype, "rounded": "float32-inside",
                                        "kept": "kept-matrix"},
                 settings=settings, only="matrix", fixed=("dtype", "rounded", "kept"))


def no_tensor(made: Any) -> Says | None:
    """What is returned in place of a tensor."""
    return None if isinstance(made, Tensor) else misfit(made, None, Text("`fourier_matrix(n)` ", "`fourier_matrix(n)`"))


MATRIX = matrix("values", "usual", "longer")

EXERCISE = Experiment(
    "fourier-matrix", Case, SETTINGS, model, (STAGE,),
    trials=(MATRIX, matrix("lengths", "odd", "two", "one", name="lengths", belief="length-wrong"),
            *(MATRIX.part("double", only) for only in ("dtype", "rounded", "kept"))),
).exercise
