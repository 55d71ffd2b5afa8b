"""custom-init: weights drawn element by element from a lopsided mixture.

The statistical tests have bounds so wide that a right answer fails one of them less than once in a million seeds.
"""

from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.comparison import close, misfit
from d2l_ch3.checks.definition import Exercise, Says, Verdict, first, one, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import KnownErrors, raised
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.functions import global_net
from d2l_ch3.checks.habits import habits_of
from d2l_ch3.language import Text

WEIGHT = Text("权重", "the weight")
POSITIVE, NEGATIVE = (1.0, 2.0), (-4.0, -2.0)
SAME_CASE = 14 / 36  # (1/2)² + (1/3)² + (1/6)²: how often two independent elements fall under the same case
SIGMAS = 6.5  # a right answer is further off once in 10¹⁰ times
ENOUGH = 100  # values to judge their distribution by

Shares = Sequence[float]
RIGHT: Shares = (1 / 2, 1 / 3, 1 / 6)
"""How often a weight is positive, zero and negative."""
WRONG: dict[str, Sequence[Shares]] = {
    "masked-uniform": [(1 / 6, 1 / 2, 1 / 3)], "symmetric": [(1 / 4, 1 / 2, 1 / 4)],
    "equal-shares": [(1 / 3, 1 / 3, 1 / 3)], "zero-and-negative-swapped": [(1 / 2, 1 / 6, 1 / 3)],
    "lots-interfere": [(1 / 2, 5 / 12, 1 / 12), (5 / 9, 5 / 18, 1 / 6), (5 / 12, 5 / 12, 1 / 6), (5 / 9, 1 / 3, 1 / 9),
                       (5 / 18, 5 / 9, 1 / 6)],
    "cuts-not-added": [(1 / 2, 0, 1 / 2), (1 / 2, 1 / 2, 0), (2 / 3, 1 / 6, 1 / 6), (2 / 3, 1 / 3, 0)],
    "shares-permuted": list(permutations(RIGHT))}
"""The shares that beliefs lead to."""

ERRORS: KnownErrors = (
    ("as parameter '", "not-a-parameter"),
    (r"uniform_ expects to return a \[from, to\) range", "ends-in-another-order"),
    ("Boolean value of Tensor", "if-on-a-tensor"),
)


class Doubled(nn.Linear):
    """A subclass of nn.Linear, as students write them."""

    def forward(self, X: Tensor) -> Tensor:
        """Twice what a linear layer gives: (..., in_features) -> (..., out_features)."""
        return 2 * super().forward(X)


LINEAR, SUBCLASS = "0", "3.2"


class Case:
    """Two layers large enough to count in, a net of many kinds of layers, and layers to train."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        self.pair = [dice.linear(102, 96) for _ in range(2)]
        with torch.random.fork_rng(devices=[]):  # first values are drawn from the global generator
            self.net = nn.Sequential(
                dice.linear(4, 6), nn.ReLU(), nn.BatchNorm1d(6),
                nn.Sequential(nn.LayerNorm(6), nn.Tanh(), Doubled(6, 9)),
                nn.Conv1d(4, 6, 3), nn.Embedding(6, 9), nn.Bilinear(4, 6, 9))
            self.bare = nn.Linear(4, 9, bias=False)
        self.layer = dice.linear(9, 6)
        with torch.no_grad():
            for parameter in [*self.net.parameters(), self.bare.weight]:
                parameter.copy_(dice.tensor(*parameter.shape) / 10)
        self.X, self.factor, self.lr = dice.tensor(3, 9), dice.tensor(3, 6), 0.5


def probe(seed: int, lopsided_init: Callable[[nn.Module], Any]) -> Evidence:
    """The weights that were drawn; what became of a net; a step of an optimizer that was made before."""
    evidence, case = Evidence(), Case(seed)
    with evidence.trial("pair") as seen:
        for layer in case.pair:
            lopsided_init(layer)
        seen["weights"] = [layer.weight for layer in case.pair]
    with evidence.trial("net") as seen:
        case.net.apply(lopsided_init)
        seen["state"] = dict(case.net.state_dict())
        seen["kept"] = _kept(case.net)
    with evidence.trial("bare") as seen:
        lopsided_init(case.bare)
        seen["weight"] = case.bare.weight
    with evidence.trial("step") as seen:
        optimizer = torch.optim.SGD(case.layer.parameters(), lr=case.lr)
        lopsided_init(case.layer)
        seen["weight"] = case.layer.weight
        (case.layer(case.X) * case.factor).sum().backward()
        seen["grad"] = case.layer.weight.grad
        optimizer.step()
        seen["stepped"] = case.layer.weight
    with evidence.trial("double") as seen:
        layer = Case(seed).layer.double()
        lopsided_init(layer)
        seen["weight"] = layer.weight
        seen["output"] = layer(case.X.double())
    with evidence.trial("habits") as seen:
        seen["found"] = habits_of(lopsided_init)
        other = Case(seed + 1).layer

        def touched() -> bool:
            before = other.weight.detach().clone()
            lopsided_init(Case(seed).layer)
            return not torch.equal(before, other.weight)
        seen["global"] = global_net(lopsided_init, nn.Sequential(other), touched)
    return evidence


def _kept(net: nn.Module) -> list[bool]:
    """Whether each module trains, and each parameter of the layers that are to stay requires a gradient."""
    return [*(module.training for module in net.modules()), *(parameter.requires_grad for name, parameter in
            net.named_parameters() if not name.startswith((LINEAR, SUBCLASS)))]


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, seen, name = Case(seed), evidence["pair"], evidence["habits"].get("global")
    pair = raised(seen, ERRORS) or _untouched(case, seen)
    if pair and pair.key == "untouched" and name:
        pair = says("uses-global-net", name=name)
        return dict.fromkeys(("mixture", "pieces", "layers", "parameter"), one(pair))
    mixture, pieces = one(pair or _mixture(seen["weights"])), one(pair)
    if not pair:
        pieces = one(_pieces(seen["weights"], case, first(*mixture)))
        key = pieces[0].key if pieces else ""
        if key == "pieces-added":  # a lot too many, which shows in the values
            mixture, pieces = pieces, ()
        if key == "old-values-left" and mixture and mixture[0].key == "wrong-shares":
            mixture = ()  # what keeps its old values is in none of the cases
    return {
        "mixture": mixture,
        "pieces": pieces,
        "layers": one(first(_net(case, evidence["net"]), _bare(case, evidence["bare"]))),
        "parameter": one(first(_step(case, evidence["step"]), _double(case, evidence["double"]))),
    }


def _untouched(case: Case, seen: Trial) -> Says | None:
    pairs = list(zip(seen["weights"], case.pair, strict=True))
    return first(*(misfit(weight, layer.weight, WEIGHT) for weight, layer in pairs),
                 says("untouched") if any(close(weight, layer.weight) for weight, layer in pairs) else None)


def _mixture(weights: list[Tensor]) -> Says | None:
    """Every element's case (the sign of the weight) is drawn on its own with the right probabilities."""
    cases = [weight.sign() for weight in weights]
    if any(bool((case == case[0, 0]).all()) for case in cases):
        return says("one-case-a-layer")
    if torch.equal(*cases) or weights[0][weights[0] == weights[1]].unique().numel() > ENOUGH:
        return says("same-every-time")
    if any(bool((case == case[:, :1]).all() or (case == case[:1]).all()) for case in cases):
        return says("one-case-a-row")
    return first(_shares(torch.stack(cases)), _independent(cases))


def _shares(cases: Tensor) -> Says | None:
    shares = [float((cases == sign).double().mean()) for sign in (1, 0, -1)]
    if _are(shares, RIGHT, cases.numel()):
        exact = all(int((case == sign).sum()) * 6 == round(6 * share) * case.numel()
                    for case in cases for sign, share in zip((1, 0, -1), RIGHT, strict=True))
        return says("dealt") if exact else None
    known = (key for key, found in WRONG.items() if any(_are(shares, one, cases.numel()) for one in found))
    return says(next(known, "wrong-shares"), shares=", ".join(f"{share:.2f}" for share in shares))


def _are(shares: Sequence[float], expected: Shares, count: int) -> bool:
    """Whether shares of `count` independent elements cannot be told from the expected ones."""
    return all(abs(share - p) <= SIGMAS * (p * (1 - p) / count) ** 0.5
               for share, p in zip(shares, expected, strict=True))


def _independent(cases: list[Tensor]) -> Says | None:
    """Neighbours, halves, and elements at the same place, fall under the same case as often as independent ones."""
    pairs = [tuple(cases)]
    for case in cases:
        pairs += [(case[1:], case[:-1]), (case[:, 1:], case[:, :-1]), case.chunk(2), case.chunk(2, dim=1)]
    for left, right in pairs:
        # 0.27 is the variance for pairs that overlap, p(1 - p) + 2 (P(three alike) - p²)
        if abs(float((left == right).double().mean()) - SAME_CASE) > SIGMAS * (0.27 / left.numel()) ** 0.5:
            return says("not-independent")
    return None


def _pieces(weights: list[Tensor], case: Case, mixture: Says | None) -> Says | None:
    """Values lie within the pieces, uniformly; where a piece has hardly any, nothing can be said about it."""
    found = 0
    for weight, layer in zip(weights, case.pair, strict=True):
        pieces = [(weight[_within(weight, piece)], piece) for piece in (POSITIVE, NEGATIVE)]
        odd = (weight != 0) & ~_within(weight, POSITIVE) & ~_within(weight, NEGATIVE)
        if odd.any():
            return _outside(weight, layer.weight.detach(), odd)
        for values, piece in pieces:
            found += values.numel()
            said = _uniform(values, piece) if values.numel() >= ENOUGH else None
            if said:
                return said
    return None if found >= ENOUGH or mixture == says("one-case-a-layer") else mixture


def _outside(weight: Tensor, before: Tensor, odd: Tensor) -> Says:
    """What explains that there are values outside of the pieces."""
    values, got = weight[odd], f"{float(weight[odd][0]):.4g}"
    if torch.equal(values, before[odd]):
        return says("old-values-left", got=got)
    between = (values > -2) & (values < 0)  # U(1, 2) + U(-4, -2), and no piece of its own: 1/16 of all weights
    if between.all() and float(values.max()) > -1 and odd.double().mean() < 0.1:
        return says("pieces-added", got=got)
    return says("outside", got=got)


def _within(values: Tensor, piece: tuple[float, float]) -> Tensor:
    return (values >= piece[0]) & (values <= piece[1])


def _uniform(values: Tensor, piece: tuple[float, float]) -> Says | None:
    """Kolmogorov's test: the largest distance from the line is over λ/√n with probability 2 exp(-2 λ²) at most."""
    count, distinct = values.numel(), values.unique().numel()
    if distinct < 0.9 * count:
        return says("few-values", piece=list(piece), count=count, distinct=distinct)
    low, high = float(values.min()), float(values.max())
    if high - low < 0.9 * (piece[1] - piece[0]):
        return says("part-of-a-piece", piece=list(piece), got=f"[{low:.2f}, {high:.2f}]")
    line = (torch.arange(count, dtype=torch.float64) + 0.5) / count
    heights = (values.double().sort().values - piece[0]) / (piece[1] - piece[0])
    return says("not-uniform", piece=list(piece)) if (heights - line).abs().max() > 3.5 / count ** 0.5 else None


def _net(case: Case, seen: Trial) -> Says | None:
    """After `apply`, all linear layers are new, with bias 0, and the rest is as it was."""
    message = seen.get("error", {"message": ""})["message"]
    if "object has no attribute '" in message and "NoneType" not in message:
        return says("touches-others", problem=message)
    if "error" in seen:
        return raised(seen, ERRORS)
    state, before = seen["state"], case.net.state_dict()
    linear = [f"{name}.{key}" for name in (LINEAR, SUBCLASS) for key in ("weight", "bias")]
    touched = [name for name in before if name not in linear and not close(state.get(name), before[name])]
    if touched or seen["kept"] != _kept(case.net):
        module = type(case.net.get_submodule(touched[0].rpartition(".")[0])).__name__ if touched else "training"
        return says("touches-others", problem=f"nn.{module}" if touched else "training, requires_grad")
    if close(state.get(f"{LINEAR}.weight"), before[f"{LINEAR}.weight"]):
        return says("untouched")
    if close(state.get(f"{SUBCLASS}.weight"), before[f"{SUBCLASS}.weight"]):
        return says("misses-subclasses")
    biases = [f"{name}.bias" for name in (LINEAR, SUBCLASS)]
    if any(name not in state for name in biases):
        return says("bias-removed")
    odd = [name for name in biases if not close(state[name], torch.zeros_like(before[name]))]
    return says("bias-left" if close(state[odd[0]], before[odd[0]]) else "bias-drawn") if odd else None


def _bare(case: Case, seen: Trial) -> Says | None:
    """A layer without a bias is initialized too."""
    if "error" in seen:
        message = seen["error"]["message"]
        return says("bias-may-be-missing", problem=message) if "None" in message else raised(seen, ERRORS)
    return says("bare-layer-skipped") if close(seen["weight"], case.bare.weight) else None


def _step(case: Case, seen: Trial) -> Says | None:
    """An optimizer that was made before still trains the layer: the parameter is the same and requires grad."""
    if "does not require grad" in seen.get("error", {"message": ""})["message"]:
        return says("lost-grad")
    if "error" in seen:
        return raised(seen, ERRORS)
    odd = misfit(seen["weight"], case.layer.weight, WEIGHT)
    if odd or close(seen["weight"], case.layer.weight):
        return odd or says("untouched")
    if seen["grad"] is None:
        return says("lost-grad")
    return None if close(seen["stepped"], seen["weight"] - case.lr * case.factor.T @ case.X) else says("replaced")


def _double(case: Case, seen: Trial) -> Says | None:
    """A layer in float64 stays in it."""
    if "weight" in seen and isinstance(seen["weight"], Tensor) and seen["weight"].dtype != torch.float64:
        return says("wrong-dtype", what=WEIGHT, expected=torch.float64, got=seen["weight"].dtype)
    return None if "output" in seen else raised(seen, ERRORS)


EXERCISE = Exercise("custom-init", probe, judge)
