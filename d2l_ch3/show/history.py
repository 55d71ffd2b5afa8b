"""What each parameter of a net does while the net trains."""

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from torch import nn

from d2l_ch3.language import Text
from d2l_ch3.show.plots import curves
from d2l_ch3.show.style import words
from d2l_ch3.show.theme import prepare

_STEP = Text("训练步数", "training step")
_NORMS = Text("参数的范数", "parameter norm")
_GRADIENTS = Text("梯度的范数", "gradient norm")
_RATIOS = Text("更新比", "update ratio")


class History:
    """The course of a training, step by step and by the names of ``named_parameters()``.

        history = show.History(net)
        for ...:
            ...
            optimizer.step()
            history.note()
        history.draw()

    `norms` are the 2-norms of the parameters after each step, `gradients` those of their gradients (0 where there is
    none), and `ratios` the 2-norm of what the step changed over that of the parameter before it (0 if both are 0).
    """

    def __init__(self, net: nn.Module) -> None:
        self._parameters = dict(net.named_parameters())
        self._before = {name: parameter.detach().clone() for name, parameter in self._parameters.items()}
        self.norms: dict[str, list[float]] = {name: [] for name in self._parameters}
        self.gradients: dict[str, list[float]] = {name: [] for name in self._parameters}
        self.ratios: dict[str, list[float]] = {name: [] for name in self._parameters}

    def note(self) -> None:
        """Note how it stands; call it after every step of the optimizer, before gradients are reset."""
        for name, parameter in self._parameters.items():
            now, before = parameter.detach().clone(), self._before[name]
            changed = float((now - before).double().norm())
            self.norms[name].append(float(now.double().norm()))
            self.gradients[name].append(0.0 if parameter.grad is None else float(parameter.grad.double().norm()))
            self.ratios[name].append(changed / max(float(before.double().norm()), 1e-12) if changed else 0.0)
            self._before[name] = now

    def draw(self) -> Figure:
        """Draw the three side by side, on logarithmic axes, where 0 has no place."""
        prepare()
        figure, panels = plt.subplots(1, 3, figsize=(10.5, 3.4), layout="constrained")
        for panel, (title, noted) in zip(panels, ((_NORMS, self.norms), (_GRADIENTS, self.gradients),
                                                  (_RATIOS, self.ratios)), strict=True):
            positive = {name: [value if value > 0 else float("nan") for value in values]
                        for name, values in noted.items()}
            curves(positive, xlabel=_STEP, ylabel=title, log="y", ax=panel)
            handles, labels = panel.get_legend_handles_labels()
            panel.get_legend().remove()
        figure.legend(handles, labels, loc="outside right center", title=words(Text("参数", "parameter")))
        return figure
