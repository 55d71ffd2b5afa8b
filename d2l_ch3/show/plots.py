"""Pictures of numbers: histograms, gradients by parameter, curves."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FormatStrFormatter, LogLocator, NullFormatter
from torch import Tensor, nn

from d2l_ch3.language import Text
from d2l_ch3.show.style import COLOURS, HATCHES, LINE_STYLES, LINK, MARKERS, words
from d2l_ch3.show.theme import prepare

_VALUE = Text("值", "value")
_COUNT = Text("个数", "count")
_STEP = Text("步数", "step")
_NORM = Text("梯度的范数（平方和的平方根）", "gradient norm (root of the sum of squares)")
_ZERO = Text("0：有梯度，但全是零", "0: there is a gradient, but it is all zeros")
_NONE = Text("None：没有梯度", "None: no gradient")
_FROZEN = Text("None：冻结了，不求梯度", "None: frozen, so no gradient is computed")
_NOT_FINITE = Text("{norm}：不是有限的数", "{norm}: not a finite number")
_MARK = 0.025  # width of the sign in place of a bar, as a part of the axis
_NO_PARAMETERS = Text("parameters() 是空的：没有参数可看", "parameters() is empty: nothing to look at")


def histograms(tensors: Mapping[str, Tensor], *, bins: int = 60, ax: Axes | None = None) -> Figure | Axes:
    """Draw the histogram of each tensor's elements, in panels side by side; in one Axes if `ax` is given.

    `tensors` is ``{label: tensor}``; shapes do not matter. All have the same axes and bins, so they can be compared.
    """
    prepare()
    values = {label: _flat(tensor) for label, tensor in tensors.items()}
    if ax is not None:
        return _overlaid(values, bins, ax)
    columns = min(4, len(values)) or 1
    rows = -(-len(values) // columns) or 1
    width = 4.2 if columns == 1 else 2.7 * columns
    figure, panels = plt.subplots(rows, columns, figsize=(width, 2.5 * rows), squeeze=False, layout="constrained",
                                  sharex=True, sharey=True)
    edges = _edges(values, bins)
    for panel in panels.flat[len(values):]:
        panel.set_visible(False)
    for index, (panel, (label, numbers)) in enumerate(zip(panels.flat, values.items(), strict=False)):
        panel.hist(numbers, bins=edges, color=COLOURS[0], edgecolor=COLOURS[0], linewidth=0.3)
        panel.set(title=label, xlabel=words(_VALUE), ylabel=words(_COUNT) if index % columns == 0 else "")
        panel.locator_params(axis="x", nbins=4)
        panel.tick_params(labelbottom=True)
        _plain(panel)
    return figure


def _overlaid(values: Mapping[str, Any], bins: int, ax: Axes) -> Axes:
    """Several histograms as outlines over the same bins."""
    edges = _edges(values, bins)
    for index, (label, numbers) in enumerate(values.items()):
        colour = COLOURS[index % len(COLOURS)]
        ax.hist(numbers, bins=edges, histtype="stepfilled", facecolor=(colour, 0.15), edgecolor=colour, linewidth=1.4,
                linestyle=LINE_STYLES[index % len(LINE_STYLES)], hatch=HATCHES[index % len(HATCHES)], label=label)
    ax.set(xlabel=words(_VALUE), ylabel=words(_COUNT))
    ax.legend()
    _plain(ax)
    return ax


def _edges(values: Mapping[str, Any], bins: int) -> list[float]:
    """The edges of bins that hold all the values."""
    low = min((float(numbers.min()) for numbers in values.values() if len(numbers)), default=0.0)
    high = max((float(numbers.max()) for numbers in values.values() if len(numbers)), default=1.0)
    low, high = (low, high) if low < high else (low - 0.5, high + 0.5)
    return torch.linspace(low, high, bins + 1, dtype=torch.float64).tolist()


def _flat(tensor: Tensor) -> Any:
    """A tensor's finite elements as a flat array."""
    numbers = torch.as_tensor(tensor).detach().cpu().double().flatten()
    return numbers[numbers.isfinite()].numpy()


def gradient_flow(net: nn.Module, *, ax: Axes | None = None) -> Axes:
    """Draw for every named parameter the norm of its gradient, in the order of ``named_parameters()``.

    Call it after ``backward()``. The axis is logarithmic where the norms differ much. A
    gradient of zeros and one that is None have no length: words stand there instead of a bar.
    """
    parameters = list(net.named_parameters())
    norms = {name: _norm(parameter) for name, parameter in parameters}
    prepare()
    if ax is None:
        _, ax = plt.subplots(figsize=(6, 0.9 + 0.26 * max(len(norms), 2)), layout="constrained")
    _scale(ax, [norm for norm in norms.values() if norm and isfinite(norm)])
    for row, (name, parameter) in enumerate(parameters):
        norm = norms[name]
        if norm and isfinite(norm):
            ax.barh(row, norm, height=0.7, color=COLOURS[0])
            ax.annotate(f"{norm:.2g}", (norm, row), xytext=(3, 0), textcoords="offset points", va="center", fontsize=9)
        else:
            _mark(ax, row, *_no_bar(norm, parameter))
    if not parameters:
        ax.text(0.5, 0.5, words(_NO_PARAMETERS), transform=ax.transAxes, ha="center", va="center")
    ax.set_yticks(range(len(norms)), [name.replace("$", r"\$") for name in norms])
    ax.set(ylim=(max(len(norms), 1) - 0.4, -0.6), xlabel=words(_NORM))
    _plain(ax)
    return ax


def _scale(ax: Axes, norms: list[float]) -> None:
    """A logarithmic axis where the norms differ much, a linear one otherwise, with room for the numbers."""
    low, high = min(norms, default=1.0), max(norms, default=1.0)
    if high > 30 * low:
        ax.set(xscale="log", xlim=(low / 4, high * (high / low) ** 0.2))
    else:
        ax.margins(x=0.2)
    if not norms:
        ax.set_xticks([])


def _norm(parameter: Tensor) -> float | None:
    """The L2 norm of the gradient, or None without one."""
    return None if parameter.grad is None else float(parameter.grad.detach().to_dense().double().norm())


def _no_bar(norm: float | None, parameter: Tensor) -> tuple[str, str]:
    """What to write in the place of a bar, and the hatch around it."""
    if norm is None:
        return words(_NONE if parameter.requires_grad else _FROZEN), "////"
    if norm == 0:
        return words(_ZERO), "...."
    return words(_NOT_FINITE.format(norm=norm)), "xxxx"


def _mark(ax: Axes, row: int, words: str, hatch: str) -> None:
    """A hatched sign at the axis, always of the same size, with words beside it: nothing that looks like a length."""
    ax.axhspan(row - 0.3, row + 0.3, xmax=_MARK, facecolor="none", edgecolor=LINK, hatch=hatch, linewidth=0.8)
    ax.text(1.5 * _MARK, row, words, transform=ax.get_yaxis_transform(), va="center", fontsize=9)


def curves(curves: Mapping[str, Sequence[float] | Tensor], *, x: Sequence[float] | Tensor | None = None,
           xlabel: str | Text | None = None, ylabel: str | Text | None = None, log: bool | str = False,
           ax: Axes | None = None) -> Axes:
    """Draw curves ``{label: sequence}`` over `x`, or over 0, 1, 2, … if `x` is None.

    `log` says which axes are logarithmic: False, ``"x"``, ``"y"`` or ``"xy"``.
    """
    if log not in (False, "x", "y", "xy"):
        raise ValueError(f'log must be False, "x", "y" or "xy", not {log!r}')
    prepare()
    if ax is None:
        _, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    for index, (label, sequence) in enumerate(curves.items()):
        ys = _numbers(sequence)
        xs = list(range(len(ys))) if x is None else _numbers(x)
        apart = max(1, len(ys) // 10)
        ax.plot(xs, ys, label=label, color=COLOURS[index % len(COLOURS)], linewidth=1.6,
                linestyle=LINE_STYLES[index % len(LINE_STYLES)], marker=MARKERS[index % len(MARKERS)],
                markersize=4, markevery=(index * apart // len(curves), apart))  # beside those of an equal curve
    ax.set(xscale="log" if log and "x" in str(log) else "linear", yscale="log" if log and "y" in str(log) else "linear",
           xlabel=words(xlabel or (_STEP if x is None else "x")), ylabel=words(ylabel or _VALUE))
    if len(curves) > 1 or any(curves):
        ax.legend()
    for axis in (ax.xaxis, ax.yaxis):
        if axis.get_scale() == "log":
            _readable(axis)
    _plain(ax)
    return ax


def _numbers(sequence: Sequence[float] | Tensor) -> list[float]:
    """Plain numbers; a loss may still hang on its graph."""
    return [float(number.detach() if isinstance(number, Tensor) else number) for number in sequence]


def _readable(axis: Axis) -> None:
    """On a logarithmic axis that spans little, 0.2 instead of 2 × 10⁻¹."""
    low, high = axis.get_view_interval()
    if high < 1000 * low:
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(FormatStrFormatter("%g"))
        axis.set_minor_formatter(NullFormatter())


def _plain(ax: Axes) -> None:
    """Take away the two borders that say nothing."""
    ax.spines[["top", "right"]].set_visible(False)
