"""fourier-matrix, a bonus: the matrix that takes a real signal to the leading half of its Fourier coefficients."""

from typing import Any

import torch
from torch import Tensor

from d2l_ch3.checks.cases import FunctionCase, New
from d2l_ch3.checks.comparison import alike, misfit
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import LAST_DIGITS, Difference, Trial
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


def turns(jk: Tensor, n: int) -> Tensor:
    """The angle, without its sign."""
    return 2 * torch.pi * jk / n


def model(n: int, *, count: Any = half, sign: int = -1, angle: Any = turns, start: tuple[int, int] = (0, 0),
          scale: float = 0.0, change: Any = as_it_is) -> Tensor:
    """The right answer, with a knob for every belief: (n, n // 2 + 1), complex128."""
    j, k = (torch.arange(one, one + many, dtype=torch.float64)
            for one, many in zip(start, (n, count(n)), strict=True))
    angle = sign * angle(torch.outer(j, k), n)
    return change(torch.complex(angle.cos(), angle.sin()) / n ** scale)


STAGE = Stage("matrix", {
    "count": {half: None, (lambda n: n): wrong("all-coefficients", "values"),
              **{count: wrong("one-column-short", "values") for count in (lambda n: n // 2, lambda n: (n + 1) // 2)}},
    "angle": {turns: None, **{angle: wrong("other-angle", "values") for angle in (
        lambda jk, n: torch.pi * jk / n, lambda jk, n: jk / n, lambda jk, n: 2 * torch.pi * jk,
        lambda jk, n: 360 * jk / n, lambda jk, n: 2 * torch.pi * jk / half(n), lambda jk, n: 4 * torch.pi * jk / n,
        lambda jk, n: 2 * torch.pi * jk / (n - 1))}},
    "start": {(0, 0): None, **{ones: wrong("counted-from-one", "values") for ones in ((1, 1), (1, 0), (0, 1))}},
    "sign": {-1: None, 1: wrong("conjugated", "values")},
    "scale": {0.0: None, 1.0: wrong("scaled-matrix", "values"), 0.5: wrong("scaled-matrix", "values")},
    "change": {as_it_is: None, (lambda matrix: matrix.T): wrong("transposed", "values"),
               (lambda matrix: matrix.real.to(matrix.dtype)): wrong("no-imaginary-part", "values"),
               (lambda matrix: torch.complex(matrix.imag, matrix.real)): wrong("parts-swapped", "values"),
               (lambda matrix: torch.complex(-matrix.imag, matrix.real)): wrong("parts-swapped", "values"),
               torch.real: wrong("no-imaginary-part", "values"), torch.imag: wrong("no-real-part", "values")},
})


def matrix(criterion: str, *settings: str, name: str = "matrix", belief: str = "wrong-matrix") -> Trial:
    """Make the matrix, and another one of the same size after that one was changed."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        made = answer(new().n)
        seen["matrix"] = made
        seen["dtype"] = str(getattr(made, "dtype", ""))
        if isinstance(made, Tensor) and made.is_complex():
            seen["digits"] = (made - made.to(torch.complex64)) / LAST_DIGITS
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
                                        "digits": "few-digits", "kept": "kept-matrix"},
                 settings=settings, only="matrix", fixed=("dtype", "rounded", "kept"))


def no_tensor(made: Any) -> Says | None:
    """What is returned in place of a tensor."""
    return None if isinstance(made, Tensor) else misfit(made, None, Text("`fourier_matrix(n)` ", "`fourier_matrix(n)`"))


def only_where_a_rule_is_known(said: Says, evidence: Evidence) -> Says:
    """What is said of the last digits holds where the first ones are those of some rule."""
    made = evidence["matrix, usual"].get("matrix")
    fits = said.key != "few-digits" or any(
        alike(made, model(SETTINGS["usual"]["n"], **choices)) for choices, _ in STAGE.settings())
    return said if fits else says("wrong-matrix")


MATRIX = matrix("values", "usual", "longer")

EXERCISE = Experiment(
    "fourier-matrix", Case, SETTINGS, model, (STAGE,),
    trials=(MATRIX, matrix("lengths", "odd", "two", "one", name="lengths", belief="length-wrong"),
            *(MATRIX.part("double", only) for only in ("dtype", "rounded", "digits", "kept"))),
    second_look=only_where_a_rule_is_known,
).exercise
