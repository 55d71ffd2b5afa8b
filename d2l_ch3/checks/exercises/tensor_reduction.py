"""tensor-reduction: y_k = Σ_ij W_ijk x_i x_j, a weight for every product of two features.

An empty batch is not asked for: a loop over samples that stacks its results is right, and has nothing to stack.
"""

from collections.abc import Callable
from math import prod
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import LayerCase
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import (
    Difference,
    always,
    another_size,
    differentiable,
    follows_its_parameters,
    loaded,
    one_sample,
    output,
    parameters,
)


class Case(LayerCase):
    """Sizes, the weight, and X."""

    def __init__(self, dice: Dice, in_features: int, out_features: int, batch: int) -> None:
        self.sizes = in_features, out_features
        weight = dice.tensor(in_features, in_features, out_features)
        if out_features > 2:
            weight[..., 1] = -2 * weight[..., 0]  # so that outputs of both signs occur
        self.values = {"weight": weight}
        self.X = dice.tensor(batch, in_features)


SETTINGS = {
    "usual": {"in_features": 4, "out_features": 3, "batch": 5},
    "square": {"in_features": 3, "out_features": 2, "batch": 3},  # where more mistakes run
    "one sample": {"in_features": 3, "out_features": 2, "batch": 1},
    "one output": {"in_features": 3, "out_features": 1, "batch": 4},
    "one feature": {"in_features": 1, "out_features": 2, "batch": 3},
    "by hand": {"in_features": 2, "out_features": 1, "batch": 2},
}


def products(X: Tensor) -> Tensor:
    """The table of all x_i · x_j of each sample: (batch, in_features, in_features)."""
    return X[:, :, None] * X[:, None, :]


def masked(belief: Wrong, *masks: Callable[[Tensor], Tensor]) -> dict[Any, Wrong]:
    """Parts of the table of products, each for the same belief; a mask is made of a matrix of ones."""
    return {(lambda X, mask=mask: products(X) * mask(X.new_ones(X.shape[1], X.shape[1]))): belief for mask in masks}


def only(rows: Any, columns: Any) -> Callable[[Tensor], Tensor]:
    """The mask that keeps these places of the table."""
    def mask(ones: Tensor) -> Tensor:
        kept = torch.zeros_like(ones)
        kept[rows, columns] = 1
        return kept
    return mask


def factors(belief: Wrong, one_factor: Callable[[Tensor], Tensor]) -> dict[Any, Wrong]:
    """Tables in which a function of x_i, or of x_j alone, stands at (i, j)."""
    return {(lambda X: one_factor(X)[:, :, None].expand(-1, -1, X.shape[1])): belief,
            (lambda X: one_factor(X)[:, None, :].expand(-1, X.shape[1], -1)): belief}


def as_given(weight: Tensor) -> Tensor:
    """The weight itself."""
    return weight


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, X: Tensor, pairs: Any = products, weight: Any = as_given, after: Any = None) -> Tensor:
        """(batch, in_features) -> (batch, out_features), if all knobs stand right."""
        Y = torch.einsum("bij,ijk->bk", pairs(X), weight(self.weight))
        return after(Y) if after else Y


ALL, MIXED, ACTIVATION = slice(None), wrong("samples-mixed", "output batches"), wrong("activation-added", "output")
DOUBLED, RESHAPED = wrong("doubled", "output"), wrong("reshaped", "output")


def divided(by: str) -> Wrong:
    """Divided by a number that was not asked for."""
    return wrong("divided", "output", by=by)


def flattened(different: Difference) -> Says | None:
    """The shape of a weight with as many numbers in fewer dimensions."""
    got, expected = different.value, different.expected
    fewer = isinstance(got, list) and len(got) < len(expected) and prod(got) == prod(expected)
    return says("weight-flattened", got=tuple(got), expected=tuple(expected)) if fewer else None


EXERCISE = Experiment(
    "tensor-reduction", Case, SETTINGS, Model,
    stages=(Stage("output", {
        "pairs": {
            products: None,
            **masked(wrong("only-squares", "output"), lambda ones: ones.triu().tril()),
            **masked(wrong("no-squares", "output"), lambda ones: ones - ones.triu().tril()),
            **masked(wrong("half-the-table", "output"), torch.triu, torch.tril,
                     lambda ones: ones.triu(1), lambda ones: ones.tril(-1)),
            **masked(wrong("first-round-only", "output"), only(0, ALL), only(ALL, 0), only(0, 0)),
            **masked(wrong("last-round-only", "output"), only(-1, ALL), only(ALL, -1), only(-1, -1)),
            **factors(wrong("one-factor", "output"), lambda X: X),
            **factors(wrong("one-feature-squared", "output"), lambda X: X ** 2),
            (lambda X: X[:, :, None] + X[:, None, :]): wrong("added", "output"),
            (lambda X: X[:, :, None] * X.sum(0)): MIXED, (lambda X: X.sum(0)[:, None] * X[:, None, :]): MIXED,
            (lambda X: products(X).sum(0).expand(len(X), -1, -1)): MIXED,
            (lambda X: torch.eye(len(X)).to(X)[:, :, None] * (X @ X.mT)):
                wrong("samples-multiplied", "output batches trains tidy"),
        },
        "weight": {
            as_given: None,
            (lambda W: W + W.transpose(0, 1)): DOUBLED, (lambda W: 2 * W): DOUBLED,
            (lambda W: W / len(W) ** 2): divided("n²"), (lambda W: W / len(W)): divided("n"),
            (lambda W: W / len(W) ** 0.5): divided("√n"), (lambda W: W / 2): divided("2"),
            (lambda W: W.reshape(W.shape[2], len(W), len(W)).permute(1, 2, 0)): RESHAPED,
            (lambda W: W.reshape(len(W), W.shape[2], len(W)).permute(0, 2, 1)): RESHAPED,
        },
        "after": {None: None, torch.relu: wrong("relu-added", "output"), torch.tanh: ACTIVATION,
                  torch.sigmoid: ACTIVATION, (lambda Y: Y.sum(0)): MIXED},
    }),),
    trials=(
        output("output", "usual", "square"),
        one_sample("batches", "one sample", "one output", "one feature"),
        parameters("trains").telling(shape_of=flattened), differentiable("trains"), loaded("trains"),
        another_size("tidy", "fixed-batch"), *always("tidy"), follows_its_parameters("tidy"),
    ),
    properties={"doubled": ({"weight": 2}, 2), "input": ({"X": 2}, 4)},
).exercise
