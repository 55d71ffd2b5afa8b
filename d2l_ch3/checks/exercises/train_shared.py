"""train-shared: gradient descent on a net that uses one of its layers twice; its losses and a norm are noted."""

from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.training import (
    Training,
    again,
    around,
    at_rest,
    descend,
    in_double,
    mean_square,
    no_fault,
    no_steps,
    noted,
    other_norms,
    other_shape,
    overshooting,
    per_sample,
    root_of_squares,
    second_look,
    trained,
    update,
)
from d2l_ch3.language import Text

SETTINGS = {
    "usual": {"columns": 2, "batch": 5, "lr": 0.07, "num_steps": 3},
    "shorter": {"columns": 3, "batch": 4, "lr": 0.13, "num_steps": 2},
    "too far": {"columns": 2, "batch": 5, "lr": 40.0, "num_steps": 2},
    "one column": {"columns": 1, "batch": 70, "lr": 0.07, "num_steps": 1},
}
PATHS = {"loss": ("loss",), "norm": ("shared_grad_norm",)}
WEIGHT, BIAS = "shared.weight", "shared.bias"


def before(steps: Any, after: Any) -> list[float]:
    """The loss before each step."""
    return [step.loss for step in steps]


def other_error(error: Any) -> Any:
    """Another number noted, where each step starts."""
    return lambda steps, after: [float(error(step.output, step.y)) for step in steps]


def all_of(step: Any, *names: str) -> Tensor:
    """The gradients of several parameters, or of all, in one tensor."""
    return torch.cat([grad.flatten() for name, grad in step.grads.items() if not names or name in names])


def model(net: nn.Module, X: Tensor, y: Tensor, lr: float, num_steps: int, *, loss: Any = before,
          formula: Any = root_of_squares, of: Any = None,
          kept: tuple[int | None, None] = (None, None), **knobs: Any) -> dict[str, list[float]] | None:
    """The right answer, with a knob for every belief."""
    done = descend(net, X, y, lr, num_steps, **knobs)
    if done is None:
        return None
    steps, after = done
    norms = [float(formula(of(step) if of else step.grads[WEIGHT])) for step in steps]
    return {"loss": loss(steps, after), "shared_grad_norm": norms[slice(*kept)]}


ALL, LAST = (None, None), (-1, None)


def of(zh: str, en: str) -> Any:
    """The norm of something else."""
    return wrong("norm-of-another", "norm", got=Text(zh, en))


def other(zh: str, en: str) -> Any:
    """Another number noted than the loss."""
    return wrong("other-number-noted", "loss", name=Text(zh, en))


AVERAGED, HALF = wrong("loss-averaged", "loss"), wrong("noted-scaled", "loss")
LOSSES = Stage("loss", {"loss": {
    before: None, other_error(mean_square): no_fault(),
    (lambda steps, after: [*before(steps, after)[1:], after().loss]): wrong("loss-after", "loss"),
    other_error(lambda o, y: ((o - y) ** 2).sum()): HALF, other_error(per_sample): HALF,
    other_error(lambda o, y: mean_square(o, y) / 2): HALF, other_error(lambda o, y: mean_square(o, y) / len(y)): HALF,
    other_error(lambda o, y: mean_square(o, y) * len(y)): HALF,
    other_error(lambda o, y: mean_square(o, y).sqrt()): other(
        "均方误差的平方根", "the root of the mean squared error"),
    other_error(lambda o, y: (o - y).abs().mean()): other(
        "绝对误差的平均", "the mean absolute error"),
    (lambda steps, after: [sum(before(steps, after)[:k + 1]) for k in range(len(steps))]): AVERAGED,
    (lambda steps, after: [sum(before(steps, after)[:k + 1]) / (k + 1) for k in range(len(steps))]): AVERAGED,
    (lambda steps, after: before(steps, after)[-1:]): wrong("last-only", "loss", key="loss"),
    (lambda steps, after: [*before(steps, after), after().loss]): wrong("one-more", "loss", key="loss"),
}, "moves": {"as found": None, "a copy": no_fault()}})
STAGES = (
    update("steps"),
    LOSSES,
    Stage("norm", {
        "formula": {
            root_of_squares: None, (lambda grad: 0.0): wrong("norm-after-zeroing", "norm", message=""),
            **other_norms("norm"),
        },
        "of": {
            None: None, (lambda step: step.raw[WEIGHT]): no_fault(),
            (lambda step: step.grads[BIAS]): of("共享层偏置的梯度", "the gradient of the shared bias"),
            (lambda step: step.values[WEIGHT]): of("权重自己", "the weight itself"),
            all_of: of("所有参数的梯度", "the gradients of all parameters"),
            (lambda step: all_of(step, WEIGHT, BIAS)): of(
                "共享层两个参数的梯度", "the gradients of both parameters of the shared layer"),
            (lambda step: step.grads["first.weight"]): of(
                "第一层权重的梯度", "the gradient of the first layer's weight"),
            (lambda step: step.grads["out.weight"]): of(
                "输出层权重的梯度", "the gradient of the output layer's weight"),
        },
        "kept": {ALL: None, LAST: wrong("last-only", "norm", key="shared_grad_norm")},
    }),
)


TRAINED = trained("steps", PATHS, "shorter", "usual", moved="unknown-update")

EXERCISE = Experiment(
    "train-shared", Training, SETTINGS, model, STAGES,
    trials=(
        TRAINED, at_rest("steps", PATHS), other_shape(PATHS, "steps", "one column", (8, 10, 16, 20, 32, 50, 64)),
        overshooting("steps", PATHS, "too far"),
        *(trial for key in PATHS for trial in noted(key, TRAINED, "train_shared", PATHS)),
        *around(TRAINED, "tidy"), again("tidy", PATHS), no_steps("tidy", "train_shared", PATHS), in_double("tidy"),
    ),
    errors=(("'NoneType' object has no attribute 'zero_'", "grad-is-none"), ("NoneType", "norm-after-zeroing")),
    second_look=second_look,
).exercise
