"""tied-weights, a bonus: an autoencoder whose decoder uses the encoder's weight, transposed."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from d2l_ch3.checks import cases
from d2l_ch3.checks.cases import New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import CANNOT_TELL, Difference, Trial, always, differentiable, leading, one_sample, output


class Case(cases.Case):
    """Two sizes and X; the values of parameters go by shape, so that their names are free."""

    def __init__(self, dice: Dice, num_inputs: int, num_hiddens: int, batch: int) -> None:
        i, h = self.sizes = num_inputs, num_hiddens
        self.X, weight = dice.tensor(batch, i), dice.tensor(h, i)
        self.by_shape = {(h, i): weight, (i, h): weight.T, (h,): dice.tensor(h), (i,): dice.tensor(i)}

    def build(self, answer: Callable[..., nn.Module]) -> nn.Module:
        """The net with the case's values in it."""
        net = answer(*self.sizes).to(self.X.dtype)
        for parameter in net.parameters():
            if tuple(parameter.shape) in self.by_shape:
                parameter.data = self.by_shape[tuple(parameter.shape)].clone()
        return net

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The three parameters, as the model calls them; a tensor that nothing depends on for one that is missing."""
        i, h = self.sizes
        found = {}
        for name, shapes in {"weight": ((h, i), (i, h)), "hidden_bias": ((h,),), "output_bias": ((i,),)}.items():
            fitting = [parameter for parameter in net.parameters() if tuple(parameter.shape) in shapes]
            spare = self.by_shape[shapes[0]].clone().requires_grad_()
            first = fitting[0] if len(fitting) == 1 else spare
            found[name] = first
        return found

    def asked(self, name: str, tensor: Tensor) -> Tensor:
        """A weight that lies the other way round, turned: a view."""
        return tensor.T if name == "weight" and tuple(tensor.shape) == self.sizes else tensor


SETTINGS = {
    "usual": {"num_inputs": 7, "num_hiddens": 4, "batch": 5},
    "wide": {"num_inputs": 3, "num_hiddens": 6, "batch": 4},
    "one sample": {"num_inputs": 5, "num_hiddens": 2, "batch": 1},
    "one hidden": {"num_inputs": 4, "num_hiddens": 1, "batch": 3},
    "by hand": {"num_inputs": 3, "num_hiddens": 2, "batch": 1},
}


def as_it_is(Y: Tensor) -> Tensor:
    """No activation."""
    return Y


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, num_inputs: int, num_hiddens: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_hiddens, num_inputs))
        self.hidden_bias = nn.Parameter(torch.zeros(num_hiddens))
        self.output_bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X: Tensor, hidden: Any = torch.relu, output: Any = as_it_is, no_bias: tuple[str, ...] = (),
                detached: bool = False) -> Tensor:
        """(…, num_inputs) -> (…, num_inputs)."""
        biases = {name: None if name in no_bias else getattr(self, name) for name in ("hidden_bias", "output_bias")}
        H = hidden(F.linear(X, self.weight, biases["hidden_bias"]))
        return output(F.linear(H, (self.weight.detach() if detached else self.weight).T, biases["output_bias"]))


STAGE = Stage("output", {
    "hidden": {torch.relu: None, as_it_is: wrong("no-relu", "forward"),
               **{function: wrong("other-activation-inside", "forward", name=name) for function, name in (
                   (torch.tanh, "tanh"), (torch.sigmoid, "sigmoid"), (F.gelu, "GELU"))}},
    "output": {as_it_is: None, **{function: wrong("activation-at-the-end", "forward", name=name) for function, name in (
        (torch.relu, "ReLU"), (torch.sigmoid, "sigmoid"), (torch.tanh, "tanh"))}},
    "no_bias": {(): None, **{names: wrong("bias-missing", "tied") for names in (
        ("hidden_bias",), ("output_bias",), ("hidden_bias", "output_bias"))}},
})


def tied(criterion: str) -> Trial:
    """Look at the parameters of a new net; then at the gradient that comes from both uses of the weight."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        i, h = case.sizes
        shapes = sorted(sorted(parameter.shape) for parameter in net.parameters())
        seen["note shapes"] = ", ".join(str(tuple(parameter.shape)) for parameter in net.parameters())
        seen["note weights"] = shapes.count(sorted((h, i)))
        missing = {(h,), (i,)} - {tuple(shape) for shape in shapes}
        seen["shapes"] = CANNOT_TELL if missing and seen["note weights"] == 1 else shapes

    def shapes(different: Difference) -> Says:
        count = different.seen["note weights"]
        return says("two-weights" if count == 2 else "other-parameters", got=different.seen["note shapes"])
    return Trial(criterion, "tied", run, {"shapes": shapes}, fixed=("shapes",), unsure=("shapes",))


def cut(different: Difference) -> Says | None:
    """A gradient out of one use of the weight only."""
    return says("decoder-detached") if different.as_if(detached=True) else None


EXERCISE = Experiment(
    "tied-weights", Case, SETTINGS, Model, stages=(STAGE,),
    trials=(output("forward", "usual", "wide"), tied("tied"), differentiable("tied", grad_of=cut),
            one_sample("tidy", "one sample", "one hidden"), leading("tidy"), *always("tidy")),
).exercise
