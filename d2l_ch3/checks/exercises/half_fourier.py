"""half-fourier: the first n // 2 + 1 Fourier coefficients of real signals, along the last dimension."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.fft import fft, fft2, fftshift, hfft, ifft, irfft, rfft, rfft2

from d2l_ch3.checks import cases
from d2l_ch3.checks.cases import New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import (
    Difference,
    Trial,
    always,
    another_size,
    attempted,
    differentiable,
    leading,
    output,
    parameters,
)


class Case(cases.Case):
    """Signals of length n."""

    def __init__(self, dice: Dice, n: int, batch: int = 5) -> None:
        self.X, self.shorter = dice.tensor(batch, n), dice.tensor(batch, 8)

    def build(self, answer: Any) -> nn.Module:
        """The layer, in the floating type of the case."""
        return answer().to(self.X.dtype)

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """Nothing learns."""
        return {}

    def another(self) -> Tensor:
        """Signals of another length."""
        return self.shorter


LENGTHS = {f"n = {n}": {"n": n} for n in (9, 7, 5, 1, 2, 10, 8)}
SETTINGS = {"usual": {"n": 16}, **LENGTHS, "by hand": {"n": 4, "batch": 1}}
# n = 16: a power of two, for a fast transform by hand; its 9 coefficients are not the 3 or 5 of an example


def half(Y: Tensor) -> Tensor:
    """The first n // 2 + 1 of n coefficients."""
    return Y[..., :Y.shape[-1] // 2 + 1]


def last(Y: Tensor) -> Tensor:
    """The last n // 2 + 1 of n coefficients."""
    return Y[..., -(Y.shape[-1] // 2 + 1):]


def first(count: Callable[[int], int]) -> Callable[[Tensor], Tensor]:
    """The first ``count(n)`` of n coefficients."""
    return lambda Y: Y[..., :count(Y.shape[-1])]


def instead(transform: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Another transform of the signal."""
    return lambda Y: transform(ifft(Y).real)


def shifted(kept: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Coefficients out of those that have number 0 in the middle."""
    return lambda Y: kept(fftshift(Y, dim=-1))


def unchanged(Y: Tensor) -> Tensor:
    """What came in."""
    return Y


rounded_up, rounded_to_even = first(lambda n: -(-n // 2) + 1), first(lambda n: round(n / 2) + 1)


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def forward(self, X: Tensor, signal: Any = unchanged, factor: Any = unchanged, kept: Any = half,
                part: Any = unchanged) -> Any:
        """The coefficients: (..., n) -> (..., n // 2 + 1), if all knobs stand right."""
        return part(kept(factor(fft(signal(X)))))


def lengths(criterion: str) -> Trial:
    """Call a new layer with signals of another length."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        seen[f"n = {case.X.shape[-1]}"] = attempted(case.build(answer), case.X.clone())

    def told(different: Difference) -> Says:
        if any(different.as_if(kept=kept) for kept in (rounded_up, rounded_to_even)):
            return says("odd-length")
        n, value, expected = different.key.removeprefix("n = "), different.value, different.expected
        if isinstance(value, dict) and "message" in value:
            return says("length-raises", n=n, message=value["message"])
        if isinstance(value, Tensor) and value.ndim < expected.ndim:
            return says("squeezed", expected=tuple(expected.shape), got=tuple(value.shape))
        return says("length-wrong", n=n)
    return Trial(criterion, "lengths", run, {"": told}, settings=tuple(LENGTHS))


def all_of(belief: Wrong, *options: Any) -> dict[Any, Wrong]:
    """Options of a knob that come of the same belief."""
    return dict.fromkeys(options, belief)


def written_in(count: int) -> dict[Any, Wrong]:
    """As many coefficients for every n, be it that they are cut or that the signal is."""
    return all_of(wrong("length-written-in", "coefficients lengths", count=count), first(lambda n: count),
                  instead(lambda X: fft(X, count)), instead(lambda X: rfft(X, 2 * count - 2)))


ALONG = "coefficients lengths leading"

EXERCISE = Experiment(
    "half-fourier", Case, SETTINGS, Model,
    stages=(Stage("output", {
        "kept": {
            half: None,
            unchanged: wrong("all-coefficients", "coefficients"),
            **all_of(wrong("one-short", "coefficients"), first(lambda n: n // 2), first(lambda n: (n + 1) // 2)),
            **all_of(wrong("starts-at-one", "coefficients"), lambda Y: half(Y)[..., 1:],
                     lambda Y: half(Y.roll(-1, -1))),
            **all_of(wrong("trailing-half", "coefficients"), last, lambda Y: Y[..., Y.shape[-1] // 2:]),
            **all_of(wrong("shifted", "coefficients"), shifted(half), shifted(last), shifted(unchanged),
                     shifted(lambda Y: Y[..., Y.shape[-1] // 2:])),
            **all_of(wrong("every-other", "coefficients"), lambda Y: Y[..., ::2]),
            **all_of(wrong("signal-cut", "coefficients lengths"), instead(lambda X: fft(half(X))),
                     instead(lambda X: rfft(half(X)))),
            **written_in(2), **written_in(3), **written_in(4), **written_in(5), **written_in(6),
            **all_of(wrong("inverse", "coefficients lengths"), instead(irfft)),
            **all_of(wrong("hermitian", "coefficients lengths"), instead(hfft)),
            **all_of(wrong("first-dimension", ALONG), instead(lambda X: rfft(X, dim=0)),
                     instead(lambda X: fft(X, dim=0)), instead(lambda X: half(fft(X, dim=0)))),
            **all_of(wrong("several-dimensions", ALONG), instead(rfft2), instead(fft2)),
        },
        "signal": {unchanged: None, (lambda X: X - X.mean(-1, keepdim=True)): wrong("mean-removed", "coefficients")},
        "factor": {
            unchanged: None,
            torch.conj: wrong("conjugated", "coefficients"),
            (lambda Y: Y.conj() / Y.shape[-1]): wrong("inverse", "coefficients"),
            (lambda Y: Y / Y.shape[-1]): wrong("scaled", "coefficients", by="1/n"),
            (lambda Y: Y / Y.shape[-1] ** 0.5): wrong("scaled", "coefficients", by="1/√n"),
            (lambda Y: 2 * Y): wrong("scaled", "coefficients", by="2"),
            (lambda Y: 2 * Y / Y.shape[-1]): wrong("scaled", "coefficients", by="2/n"),
        },
        "part": {
            unchanged: None,
            torch.real: wrong("no-imaginary-part", "coefficients"), torch.imag: wrong("no-real-part", "coefficients"),
            torch.abs: wrong("magnitude", "coefficients"), (lambda Y: Y.abs() ** 2): wrong("power", "coefficients"),
            **all_of(wrong("pairs-of-reals", "coefficients"), torch.view_as_real, lambda Y: (Y.real, Y.imag),
                     lambda Y: torch.stack((Y.real, Y.imag)), lambda Y: torch.stack((Y.real, Y.imag), -2),
                     lambda Y: torch.cat((Y.real, Y.imag), -1)),
        },
    }),),
    trials=(
        output("coefficients"), lengths("lengths"),
        leading("leading").telling(errors=(("out of range|too many indices|be a matrix", "only-2-d"),)),
        parameters("tidy", extra="has-parameters"),
        differentiable("tidy").telling(errors=((r"numpy\(\)", "through-numpy"),)),
        another_size("tidy", "fixed-length"), *always("tidy"),
    ),
    properties={"input": ({"X": 2}, 2)},
).exercise
