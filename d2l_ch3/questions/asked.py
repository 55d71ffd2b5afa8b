"""The questions, one function each: what is tried with a layer, and what is said of the outcome."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from d2l_ch3.language import Text

SEED = 0


class Answer(NamedTuple):
    """Whether something holds (None: the question does not apply), and what was tried, in words."""

    holds: bool | None
    words: Text


class Layers:
    """Makes the layers that are asked, and calls them; every layer starts from the same random numbers."""

    def __init__(self, make: Callable[[], nn.Module], X: Tensor) -> None:
        self.make = make
        self.X = X.detach().clone()

    def new(self, seed: int = SEED) -> nn.Module:
        """A new layer."""
        with _seeded(seed):
            return self.make()

    def call(self, layer: nn.Module, X: Tensor) -> Any:
        """The layer's output for a copy of X, which it may spoil; a random layer draws the same each time."""
        with _seeded(SEED):
            return layer(X.clone())

    def double(self) -> tuple[nn.Module, Tensor]:
        """A new layer and the input, both in double precision (integers stay integers)."""
        X = self.X.to(_double(self.X.dtype)) if self.X.is_floating_point() or self.X.is_complex() else self.X
        return self.new().double(), X

    def ask(self, question: Callable[["Layers"], Answer]) -> Answer:
        """The answer to a question; an exception is an answer, too."""
        try:
            return question(self)
        except Exception as error:
            said = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"
            return Answer(False, _RAISED.format(tried=_TRIED[question.__name__], error=said))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Random numbers that start from a seed, and leave those of others alone."""
    before = torch.get_rng_state()
    torch.default_generator.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(before)


_TRIED = {
    "shape": Text("调用一次", "Called once"),
    "other_shapes": Text("换几种形状", "Called with other shapes"),
    "dtype": Text("搬到双精度", "Moved to double precision"),
    "gradients_reach": Text("反向传播一次", "One backward pass"),
    "gradients_right": Text("用 gradcheck 查梯度", "Gradients checked with gradcheck"),
    "input_kept": Text("比较调用前后的输入", "Input compared before and after"),
    "rows_alone": Text("把第一个样本单独送进去", "First sample sent in alone"),
    "no_memory": Text("中间插进另一批，再送一次", "Same batch again, with another in between"),
    "saved": Text("存下来，装进新造的层", "Saved, and loaded into a new layer"),
}
_RAISED = Text("{tried}：报错了，`{error}`", "{tried}: it raised `{error}`")
_NO_TENSOR = Text("输出不是张量，是 {got}", "The output is {got}, not a tensor")
_SHAPE = Text("输入 {X}，输出 {Y}", "Input {X}, output {Y}")
_SHAPES = Text("也收这些形状：{taken}", "Takes these shapes, too: {taken}")
_NOT_SHAPES = Text("；不收 {refused}", "; not {refused}")
_NO_SHAPES = Text("别的形状都不收（试过 {refused}）", "Takes no other shape (tried {refused})")
_DTYPE = Text("搬到 `float64`，输出是 `{dtype}`", "Moved to `float64`, it gives `{dtype}`")
_REACH = Text("梯度到得了每个参数和输入", "Gradients reach every parameter and the input")
_UNREACHED = Text("梯度到不了：{names}", "No gradient reaches: {names}")
_NO_GRADIENT = Text("没有参数，输入也不是浮点数：没有梯度可查",
                    "No parameters, and the input is not floating-point: no gradients to check")
_RIGHT = Text("梯度是对的（`gradcheck`，双精度，参数也查）",
              "Gradients are right (`gradcheck`, double precision, parameters included)")
_NOT_RIGHT = Text("梯度不对：和按定义算的差分对不上（`gradcheck`，双精度）",
                  "Gradients are wrong: they disagree with finite differences (`gradcheck`, double precision)")
_KEPT = Text("输入保持原样", "The input stays as it was")
_CHANGED = Text("输入被改了", "The input was changed")
_ALONE = Text("样本互不影响：第一个样本单独送进去，输出不变",
              "Samples are independent: the first, sent in alone, gives the same")
_MIXED = Text("样本互相影响：第一个样本单独送进去，输出变了",
              "Samples affect each other: the first, sent in alone, gives something else")
_ONE_SAMPLE = Text("只有一个样本，看不出样本之间有没有影响",
                   "There is only one sample, so nothing shows whether samples affect each other")
_NO_MEMORY = Text("不记以前的输入：中间插进另一批，再送一次，输出不变",
                  "Remembers no input: the same batch gives the same again, with another in between")
_MEMORY = Text("记着以前的输入：中间插进另一批，再送一次，输出变了",
               "Remembers inputs: the same batch gives something else, with another in between")
_SAVED = Text("存下来，装进新造的层，输出不变", "Saved, and loaded into a new layer, it gives the same")
_NOT_SAVED = Text("存下来，装进新造的层，输出变了：有东西没有登记",
                  "Saved, and loaded into a new layer, it gives something else: not all of it is registered")


def shape(layers: Layers) -> Answer:
    """What shape does it make of this input?"""
    Y = layers.call(layers.new(), layers.X)
    if not isinstance(Y, Tensor):
        return Answer(False, _NO_TENSOR.format(got=type(Y).__name__))
    return Answer(True, _SHAPE.format(X=tuple(layers.X.shape), Y=tuple(Y.shape)))


def other_shapes(layers: Layers) -> Answer:
    """Does it take one sample alone, one more leading dimension, an empty batch? Not every layer must."""
    layer, X = layers.new(), layers.X
    tried = {tuple(other.shape): other for other in (X[0], X.expand(2, *X.shape), X[:0])} if X.dim() else {}
    taken = [str(shape) for shape, other in tried.items() if _takes(layers, layer, other)]
    refused = [str(shape) for shape in tried if str(shape) not in taken]
    if not taken:
        return Answer(None, _NO_SHAPES.format(refused=", ".join(refused)))
    text = _SHAPES.format(taken=", ".join(taken))
    if refused:
        more = _NOT_SHAPES.format(refused=", ".join(refused))
        text = Text(text.zh + more.zh, text.en + more.en)
    return Answer(True if not refused else None, text)


def dtype(layers: Layers) -> Answer:
    """Moved to double precision, does it compute in it? A complex output counts, an integer one is left alone."""
    layer, X = layers.double()
    Y = layers.call(layer, X)
    follows = Y.dtype == _double(Y.dtype) if Y.is_floating_point() or Y.is_complex() else None
    return Answer(follows, _DTYPE.format(dtype=str(Y.dtype).removeprefix("torch.")))


def gradients_reach(layers: Layers) -> Answer:
    """Does a backward pass reach every parameter, and the input?"""
    layer, X = layers.double()
    wanted = _differentiable(layer, X)
    if not wanted:
        return Answer(None, _NO_GRADIENT)
    Y = layers.call(layer, wanted.get("X", X))
    size = Y.abs() if Y.is_complex() else Y
    weights = torch.linspace(1, 2, size.numel(), dtype=torch.float64).reshape(size.shape)  # a plain sum may be constant
    gradients = torch.autograd.grad((size * weights).sum(), list(wanted.values()), allow_unused=True)
    missing = [name for name, gradient in zip(wanted, gradients, strict=True) if gradient is None]
    return Answer(not missing, _UNREACHED.format(names=", ".join(missing)) if missing else _REACH)


def gradients_right(layers: Layers) -> Answer:
    """Do its gradients agree with finite differences, in double precision?"""
    layer, X = layers.double()
    wanted = _differentiable(layer, X)
    if not wanted:
        return Answer(None, _NO_GRADIENT)

    def f(*values: Tensor) -> Any:
        given = dict(zip(wanted, values, strict=True))
        inputs = given.pop("X", X).clone()
        fresh = layers.new().double()  # what a layer remembers is another question
        with _seeded(SEED):
            return torch.func.functional_call(fresh, given, (inputs,))

    right = torch.autograd.gradcheck(f, tuple(wanted.values()), raise_exception=False)
    return Answer(right, _RIGHT if right else _NOT_RIGHT)


def input_kept(layers: Layers) -> Answer:
    """Is the input the same after the call?"""
    X = layers.X.clone()
    with _seeded(SEED):
        layers.new()(X)
    kept = torch.equal(X, layers.X)
    return Answer(kept, _KEPT if kept else _CHANGED)


def rows_alone(layers: Layers) -> Answer:
    """Does the first sample give the same without the others?"""
    if not layers.X.dim() or len(layers.X) < 2:
        return Answer(None, _ONE_SAMPLE)
    batch, alone = layers.call(layers.new(), layers.X), layers.call(layers.new(), layers.X[:1])
    same = batch.dim() > 0 and _close(batch[:1], alone)
    return Answer(same, _ALONE if same else _MIXED)


def no_memory(layers: Layers) -> Answer:
    """Does the same input give the same again, when another was seen in between?"""
    layer = layers.new()
    before = layers.call(layer, layers.X)
    layers.call(layer, layers.X.flip(0) * 3 if layers.X.is_floating_point() else layers.X.flip(0))
    same = _close(before, layers.call(layer, layers.X))
    return Answer(same, _NO_MEMORY if same else _MEMORY)


def saved(layers: Layers) -> Answer:
    """Does another layer with the saved state give the same?"""
    old, new, file = layers.new(), layers.new(seed=SEED + 1), io.BytesIO()
    torch.save(old.state_dict(), file)
    file.seek(0)
    new.load_state_dict(torch.load(file, weights_only=True))
    same = _close(layers.call(old, layers.X), layers.call(new, layers.X))
    return Answer(same, _SAVED if same else _NOT_SAVED)


QUESTIONS: dict[str, Callable[[Layers], Answer]] = {question.__name__: question for question in (
    shape, other_shapes, dtype, gradients_reach, gradients_right, input_kept, rows_alone, no_memory, saved)}


def _takes(layers: Layers, layer: nn.Module, X: Tensor) -> bool:
    try:
        layers.call(layer, X)
    except Exception:
        return False
    return True


def _differentiable(layer: nn.Module, X: Tensor) -> dict[str, Tensor]:
    """What gradients should reach: parameters that ask for one, and X if it has floating numbers."""
    wanted: dict[str, Tensor] = {name: parameter for name, parameter in layer.named_parameters()
                                 if parameter.requires_grad}
    if X.is_floating_point() or X.is_complex():
        wanted["X"] = X.detach().clone().requires_grad_()
    return wanted


def _double(dtype: torch.dtype) -> torch.dtype:
    return torch.complex128 if dtype.is_complex else torch.float64


def _close(one: Tensor, other: Tensor) -> bool:
    return one.shape == other.shape and torch.allclose(one, other, rtol=1e-4, atol=1e-6, equal_nan=True)
