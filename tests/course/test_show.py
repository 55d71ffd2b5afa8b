"""The course's pictures: readable in both languages, in colour and in grey, and no box where a character should be."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest
import torch
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from torch import Tensor, nn

from d2l_ch3 import set_language, show
from d2l_ch3.show import fonts, paper, style

CHINESE = re.compile("[\u4e00-\u9fff]")
pytestmark = pytest.mark.filterwarnings("error::UserWarning")  # "Glyph 22359 missing" above all


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("zh")


@pytest.fixture(autouse=True)
def no_figure_stays() -> Iterator[None]:
    torch.manual_seed(0)
    yield
    plt.close("all")


def mlp() -> nn.Module:
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))


def nested(levels: int) -> nn.Module:
    return nn.Sequential(nested(levels - 1), nn.ReLU()) if levels else nn.Linear(3, 3)


def tied() -> nn.Module:
    shared = nn.Linear(8, 8)
    return nn.Sequential(nn.Linear(4, 8), shared, nn.ReLU(), shared, nn.ReLU(), shared)


def tied_weights() -> nn.Module:
    net = nn.Sequential(nn.Linear(8, 8), nn.Linear(8, 8))
    net[1].weight = net[0].weight
    return net


def chinese() -> nn.Module:
    net = nn.Sequential()
    net.add_module("层 $x$", nn.Linear(2, 2))
    net.add_module("a_rather_long_name_of_a_block", nn.TransformerEncoderLayer(8, 2, 16))
    return net


class InList(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.blocks = [mlp(), nn.ReLU()]


NETS: dict[str, Callable[[], nn.Module]] = {
    "mlp": mlp, "deep": lambda: nested(5), "wide": lambda: nn.Sequential(*(nn.Linear(3, 3) for _ in range(12))),
    "grid": lambda: nn.Sequential(*(mlp() for _ in range(12))), "tied": tied, "tied weights": tied_weights,
    "chinese": chinese, "leaf": nn.ReLU, "empty": nn.Sequential, "lazy": lambda: nn.LazyLinear(2), "list": InList,
    "large": lambda: nn.Sequential(*(nn.Sequential(mlp(), mlp()) for _ in range(14))),
}
BLOCK_PICTURES = [show.block_tree, show.nested_blocks]


def trained() -> nn.Module:
    """A net with a large, a small, a zero, a frozen and an unused gradient."""
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    net[2].bias.requires_grad_(False)
    net(torch.ones(2, 4)).sum().backward()
    net[0].bias.grad = torch.zeros(8)
    net[0].weight.grad = torch.full((8, 4), 1e-4)
    net.add_module("unused", nn.Linear(2, 2, bias=False))
    return net


PICTURES: dict[str, Callable[..., Axes | Figure]] = {
    "block_tree": lambda **to: show.block_tree(tied(), **to),
    "nested_blocks": lambda **to: show.nested_blocks(tied(), **to),
    "graph": lambda **to: show.graph(tied(), torch.rand(2, 4), **to),
    "histograms": lambda **to: show.histograms({"a": torch.randn(99), "my_init": torch.tensor([0.0, 5, 9])}, **to),
    "gradient_flow": lambda **to: show.gradient_flow(trained(), **to),
    "curves": lambda **to: show.curves({"a": [3, 2, 1], "b": [1.0, 2.0, 4.0]}, log="y", **to),
}


def figure_of(drawn: Axes | Figure) -> Figure:
    figure = drawn if isinstance(drawn, Figure) else drawn.figure
    assert isinstance(figure, Figure)
    return figure


def words_in(figure: Figure) -> list[str]:
    """Everything that is written in a figure."""
    figure.canvas.draw()
    texts = [text.get_text() for text in figure.findobj(plt.Text) if text.get_visible()]
    return [word for word in [*texts, *(outline.get_gid() for outline in outlines(figure))] if word]


def outlines(figure: Figure) -> list[PathPatch]:
    return [patch for patch in figure.findobj(PathPatch) if patch.get_gid()]


def boxes(ax: Axes) -> list[FancyBboxPatch]:
    return [patch for patch in ax.patches if isinstance(patch, FancyBboxPatch)]


def area(box: FancyBboxPatch) -> Bbox:
    return Bbox.from_bounds(box.get_x(), box.get_y(), box.get_width(), box.get_height())


def inside(inner: Bbox, outer: Bbox) -> bool:
    return (outer.x0 - 0.5 <= inner.x0 and inner.x1 <= outer.x1 + 0.5
            and outer.y0 - 0.5 <= inner.y0 and inner.y1 <= outer.y1 + 0.5)


def apart(one: Bbox, other: Bbox) -> bool:
    return one.x1 <= other.x0 or other.x1 <= one.x0 or one.y1 <= other.y0 or other.y1 <= one.y0


# ---------------------------------------------------------------------------- all pictures

@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_draws_in_the_readers_language(draw: Callable[..., Any], language: str, caplog: Any) -> None:
    words = words_in(figure_of(draw()))
    assert any(CHINESE.search(word) for word in words) == (language == "zh")
    assert not caplog.records  # text with a formula in it reports a missing character here


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_draws_into_the_axes_given(draw: Callable[..., Any]) -> None:
    figure, (left, right) = plt.subplots(1, 2)
    assert draw(ax=right) is right
    assert plt.get_fignums() == [figure.number]
    assert right.has_data() or right.patches
    assert not left.has_data()
    figure.canvas.draw()


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_leaves_matplotlibs_settings_alone(draw: Callable[..., Any]) -> None:
    before = dict(matplotlib.rcParams)
    draw()
    assert dict(matplotlib.rcParams) == before
    assert len(plt.get_fignums()) == 1


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("dpi", [72, 100, 200])
def test_clips_no_words(draw: Callable[..., Any], dpi: int, language: str) -> None:
    figure = figure_of(draw())
    figure.set_dpi(dpi)
    figure.canvas.draw()
    for ax in figure.axes:
        assert inside(ax.get_tightbbox(), Bbox.from_bounds(-2, -2, *(figure.bbox.size + 4)))
    width, height = figure.get_size_inches()
    assert width <= 11 and height <= 8


@pytest.mark.parametrize("name", ["histograms", "gradient_flow", "curves"])
def test_labels_its_axes(name: str) -> None:
    ax = figure_of(PICTURES[name]()).axes[0]
    assert ax.get_xlabel()
    assert ax.get_ylabel() or ax.get_yticklabels()


# ---------------------------------------------------------------------------- fonts

def test_chinese_in_a_students_own_plot(caplog: Any) -> None:
    figure, ax = plt.subplots()
    ax.set(title="损失 $L = x^2$ 与步数", xlabel="−1 层", ylabel="‖w‖₂ → 0")
    ax.plot([-1, 1], [1e-3, 10])
    ax.set_yscale("log")
    figure.canvas.draw()
    assert not caplog.records


@pytest.fixture
def no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without zhplot and without a Chinese font."""
    monkeypatch.setattr(fonts, "packaged_font", lambda: None)
    monkeypatch.setattr(font_manager.fontManager, "get_font_names", lambda: ["DejaVu Sans"])
    fonts.chinese_font.cache_clear()
    with matplotlib.rc_context({"font.family": ["DejaVu Sans"]}):
        yield
    fonts.chinese_font.cache_clear()


@pytest.mark.usefixtures("no_chinese_font")
@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_english_where_there_is_no_chinese_font(draw: Callable[..., Any]) -> None:
    set_language("zh")
    assert not any(CHINESE.search(word) for word in words_in(figure_of(draw())))


@pytest.mark.usefixtures("no_chinese_font")
def test_a_missing_character_does_not_pass_unseen() -> None:
    """The tests above would notice: without a font, Chinese raises the warning that they turn into an error."""
    with pytest.raises(UserWarning, match="Glyph"):
        words_in(figure_of(show.curves({"层": [1, 2]})))
    assert not has_glyph("层")


def has_glyph(character: str) -> bool:
    """Whether text in a block picture has this character.

    Such text is drawn as outlines, of which matplotlib does not warn: the outline must be
    the one of a font that has the character, drawn with that font alone.
    """
    def drawn_by(family: str) -> bool:
        font = font_manager.get_font(font_manager.findfont(FontProperties(family=family)))
        alone = TextPath((0, 0), character, size=9, prop=FontProperties(family=family))
        outline = paper.outline_of(character, ["monospace"], 9)
        return ord(character) in font.get_charmap() and outline.vertices.tolist() == alone.vertices.tolist()

    return any(drawn_by(family) for family in ["monospace", *filter(None, [fonts.chinese_font()])])


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_outlines_have_every_character(draw: Callable[..., Axes], language: str) -> None:
    written = "".join(words for make in NETS.values() for words in words_in(figure_of(draw(make()))))
    assert "层" in written
    assert not [character for character in set(written) - {" ", "$"} if not has_glyph(character)]


def test_takes_a_font_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "packaged_font", lambda: None)
    monkeypatch.setattr(font_manager.fontManager, "get_font_names", lambda: ["SimHei", "DejaVu Sans", "PingFang SC"])
    fonts.chinese_font.cache_clear()
    with matplotlib.rc_context({"font.family": ["serif"]}):
        fonts.use_chinese_font()
        fonts.use_chinese_font()
        assert matplotlib.rcParams["font.family"] == ["PingFang SC", "serif"]
    fonts.chinese_font.cache_clear()


def test_the_packaged_font_has_chinese() -> None:
    file = fonts.packaged_font()
    assert file is not None
    assert {ord(character) for character in "层块参数梯度初始化，。"} <= set(font_manager.get_font(file).get_charmap())


# ---------------------------------------------------------------------------- trees and boxes

@pytest.mark.parametrize("draw", BLOCK_PICTURES)
@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_text_lies_in_its_box_and_in_the_picture(draw: Callable[..., Axes], make: Callable[[], nn.Module]) -> None:
    ax = draw(make())
    figure = figure_of(ax)
    figure.canvas.draw()
    to_points = ax.transData.inverted()
    page = Bbox([[0, 0], [ax.get_xlim()[1], ax.get_ylim()[0]]])
    texts = {outline: outline.get_window_extent().transformed(to_points) for outline in outlines(figure)}
    texts = {outline: Bbox.from_extents(box.x0, min(box.y0, box.y1), box.x1, max(box.y0, box.y1))
             for outline, box in texts.items()}
    areas = [area(box) for box in boxes(ax)]
    for box in [*texts.values(), *areas]:
        assert inside(box, page)
    words = list(texts.values())
    for index, box in enumerate(words):
        assert all(apart(box, other) for other in words[:index])
        assert all(inside(box, other) or apart(box, other) for other in areas)
    assert figure.get_size_inches()[0] <= 9 and figure.get_size_inches()[1] <= 9.5


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_boxes_of_a_tree_are_apart(make: Callable[[], nn.Module]) -> None:
    areas = [area(box) for box in boxes(show.block_tree(make()))]
    assert all(apart(one, other) for index, one in enumerate(areas) for other in areas[:index])


@pytest.mark.parametrize("make", NETS.values(), ids=NETS)
def test_nested_boxes_are_inside_or_apart(make: Callable[[], nn.Module]) -> None:
    areas = [area(box) for box in boxes(show.nested_blocks(make()))]
    for index, one in enumerate(areas):
        for other in areas[:index]:
            assert apart(one, other) or inside(one, other) or inside(other, one)
    assert all(inside(one, areas[0]) for one in areas)


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_every_block_has_name_class_and_number(draw: Callable[..., Axes]) -> None:
    words = words_in(figure_of(draw(nn.Sequential(mlp(), nn.Linear(4, 1)), name="rgnet")))
    assert words[:-1] == ["rgnet: Sequential", "54", "0: Sequential", "49", "0: Linear", "40", "1: ReLU", "0",
                          "2: Linear", "9", "1: Linear", "5"]


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_a_block_that_occurs_again_is_dashed_and_names_the_first(draw: Callable[..., Axes]) -> None:
    ax = draw(tied())
    assert [box.get_linestyle() for box in boxes(ax)].count("--") == 2
    assert {"3: Linear = net[1]", "5: Linear = net[1]"} <= set(words_in(figure_of(ax)))
    assert "--" not in [box.get_linestyle() for box in boxes(draw(mlp()))]
    assert "1: Linear (weight = net[0].weight)" in words_in(figure_of(draw(tied_weights())))


def test_tied_blocks_are_linked_in_the_tree() -> None:
    def dashed(ax: Axes) -> list[Line2D]:
        return [line for line in ax.lines if line.get_linestyle() == "--"]

    ax = show.block_tree(tied())
    middles = [area(box).y0 + area(box).height / 2 for box in boxes(ax)]
    ends = {round(float(y), 3) for line in dashed(ax) for y in line.get_ydata()}
    assert ends == {round(middles[index], 3) for index in (2, 4, 6)}
    assert len(dashed(show.block_tree(tied_weights()))) == 1
    assert not dashed(show.block_tree(mlp()))


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_a_large_net_is_folded_and_says_so(draw: Callable[..., Axes], language: str) -> None:
    words = words_in(figure_of(draw(NETS["large"]())))
    assert len(words) < 100
    assert sum(word.endswith("Sequential …") for word in words) == 28
    assert words[-1].startswith("…")


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_says_that_blocks_are_hidden(draw: Callable[..., Axes], language: str) -> None:
    words = words_in(figure_of(draw(InList())))
    assert words[:2] == ["net: InList", "0"]
    assert "d2l_ch3.inspect" in words[-1] and not any("Linear" in word for word in words)


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_a_lazy_layer_has_no_number_yet(draw: Callable[..., Axes]) -> None:
    assert "?" in words_in(figure_of(draw(nn.Sequential(nn.LazyLinear(2)))))


@pytest.mark.parametrize("draw", BLOCK_PICTURES)
def test_boxes_of_a_series_are_joined_by_arrows_and_others_are_not(draw: Callable[..., Axes]) -> None:
    def arrows(net: nn.Module) -> int:
        return sum(isinstance(patch, FancyArrowPatch) for patch in draw(net).patches)

    in_series = 2 + 2 if draw is show.nested_blocks else 0  # a tree shows what is registered, not in what order
    assert arrows(nn.Sequential(mlp(), nn.ReLU(), nn.Linear(1, 1))) == in_series
    assert arrows(nn.ModuleList([nn.Linear(2, 2), nn.ReLU()])) == 0


def test_highlighted_blocks_of_a_tree_have_colours_of_their_own() -> None:
    fills = [box.get_facecolor() for box in boxes(show.block_tree(nn.Sequential(mlp(), mlp()), highlight=["0.2", "1"]))]
    assert len({fills[3], fills[4], fills[1]}) == 3  # 0.2, 1, and 0, which is not highlighted


# ---------------------------------------------------------------------------- computations

class Residual(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.net, self.last = mlp(), nn.Linear(4, 1)

    def forward(self, X: Tensor) -> Tensor:
        return self.last(X + self.net(X)).relu()


class Halved(nn.Module):
    """A loop, a buffer, a layer used twice, a function whose value goes nowhere."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(4, 4)
        self.register_buffer("scale", torch.full((4,), 10.0))

    def forward(self, X: Tensor) -> Tensor:
        X = self.linear(self.linear(X) * self.scale)
        X.exp()
        self.num_halvings = 0
        while X.abs().sum() > 1:
            X = X / 2
            self.num_halvings += 1
        return X


class Unregistered(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.rand(4, 3)

    def forward(self, X: Tensor) -> Tensor:
        return torch.mm(X, self.weight).T


class TwoInputs(nn.Module):
    def forward(self, X: Tensor, Y: Tensor) -> Tensor:
        return torch.cat([X, Y], dim=-1).sum()


GRAPHS: dict[str, tuple[Callable[[], nn.Module], int, list[str]]] = {
    "series": (mlp, 1, ["input", "0: Linear", "1: ReLU", "2: Linear", "output"]),
    "residual": (Residual, 1, ["input", "net.0: Linear", "net.1: ReLU", "net.2: Linear", "add", "last: Linear", "relu",
                               "output"]),
    "halved": (Halved, 1, ["input", "scale", "linear: Linear", "mul", "linear: Linear", "div × 5", "output"]),
    "unregistered": (Unregistered, 1, ["input", "unregistered tensor", "mm", "T", "output"]),
    "two": (TwoInputs, 2, ["input 0", "input 1", "cat", "sum", "output"]),
}


def drawn(name: str, **to: Any) -> Axes:
    make, num_inputs, _ = GRAPHS[name]
    torch.manual_seed(0)
    return show.graph(make(), *(torch.rand(2, 4) for _ in range(num_inputs)), **to)


@pytest.mark.parametrize("name", GRAPHS)
def test_a_graph_shows_the_calls_that_lead_to_the_output(name: str) -> None:
    set_language("en")
    labels = [words for words in words_in(figure_of(drawn(name))) if not words.startswith(("(", "same"))]
    set_language("zh")
    assert sorted(labels) == sorted(GRAPHS[name][2])


def test_a_loop_is_counted_as_often_as_it_ran() -> None:
    for scale in (1, 1000):
        net = Halved()
        words = words_in(figure_of(show.graph(net, scale * torch.rand(2, 4))))
        assert net.num_halvings > 1
        assert f"div × {net.num_halvings}" in words


@pytest.mark.parametrize("name", GRAPHS)
def test_an_arrow_for_every_value_that_goes_from_one_call_to_another(name: str) -> None:
    arrows = sum(isinstance(patch, FancyArrowPatch) for patch in drawn(name).patches)
    assert arrows == {"series": 4, "residual": 8, "halved": 6, "unregistered": 4, "two": 4}[name]


def test_a_layer_called_twice_has_one_colour_and_no_other_has_it() -> None:
    ax = drawn("halved")
    fills = dict(zip([words for words in words_in(figure_of(ax)) if not words.startswith(("(", "同"))],
                     [box.get_facecolor() for box in boxes(ax)], strict=True))
    twice = [box.get_facecolor() for box in boxes(ax)].count(fills["linear: Linear"])
    assert twice == 2
    tree = boxes(show.block_tree(Halved(), highlight=["linear"]))
    assert tree[1].get_facecolor() == fills["linear: Linear"]


def test_drawing_a_graph_changes_nothing() -> None:
    net, X = mlp(), torch.rand(2, 4, requires_grad=True)
    hooks = [len(module._forward_hooks) + len(module._forward_pre_hooks) for module in net.modules()]
    show.graph(net, X)
    assert [len(module._forward_hooks) + len(module._forward_pre_hooks) for module in net.modules()] == hooks
    assert X.grad is None and all(parameter.grad is None for parameter in net.parameters())


def test_a_graph_that_is_too_large_says_so() -> None:
    with pytest.raises(ValueError, match=r"at most 60|最多 60"):
        show.graph(nn.Sequential(*(nn.Linear(4, 4) for _ in range(80))), torch.rand(2, 4))
    with pytest.raises(RuntimeError):  # what the net raises comes through, and no hook stays behind
        show.graph(broken := mlp(), torch.rand(2, 3))
    assert not broken[0]._forward_hooks


# ---------------------------------------------------------------------------- numbers

def test_histograms_count_every_element() -> None:
    figure = show.histograms({"a": torch.randn(7, 9), "b": torch.zeros(4), "c": torch.tensor([1, 2, 2])}, bins=10)
    assert isinstance(figure, Figure)
    assert [ax.get_title() for ax in figure.axes] == ["a", "b", "c"]
    assert [sum(bar.get_height() for bar in ax.patches) for ax in figure.axes] == [63, 4, 3]
    assert all(len(ax.patches) == 10 for ax in figure.axes)
    assert len({ax.get_xlim() for ax in figure.axes}) == 1  # to be compared
    assert len({tuple(bar.get_x() for bar in ax.patches) for ax in figure.axes}) == 1


def test_histograms_wrap_into_rows() -> None:
    figure = show.histograms({str(number): torch.randn(9) for number in range(6)})
    assert isinstance(figure, Figure)
    assert sum(ax.get_visible() for ax in figure.axes) == 6
    assert figure.get_size_inches()[0] <= 11


@pytest.mark.parametrize("tensor", [torch.tensor([]), torch.tensor([float("nan"), 1.0, float("inf")]), torch.tensor(3),
                                    nn.Parameter(torch.ones(2)), torch.ones(2, dtype=torch.bool)])
def test_histograms_of_odd_tensors(tensor: Tensor) -> None:
    figure_of(show.histograms({"odd": tensor})).canvas.draw()
    show.histograms({"odd": tensor, "b": torch.randn(5)}, ax=plt.subplots()[1])


def test_histograms_in_one_axes_are_told_apart_in_grey() -> None:
    ax = plt.subplots()[1]
    show.histograms({"a": torch.randn(50), "b": torch.randn(50), "c": torch.randn(50)}, ax=ax)
    legend = ax.get_legend()
    assert legend is not None and [text.get_text() for text in legend.get_texts()] == ["a", "b", "c"]
    assert len({(patch.get_hatch(), str(patch.get_linestyle())) for patch in ax.patches}) == 3


def test_gradient_flow_marks_zero_and_none_in_words(language: str) -> None:
    net = trained()
    ax = show.gradient_flow(net)
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows == [name for name, _ in net.named_parameters()]
    marks = {round(text.get_position()[1]): text.get_text() for text in ax.texts if not text.get_text()[0].isdigit()
             or text.get_text().startswith(("0：", "0:"))}
    assert marks.keys() == {1, 3, 4}
    assert marks[1].startswith("0") and marks[3].startswith("None") and marks[4].startswith("None")
    assert marks[3] != marks[4]
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    assert len(hatched) == 3 and len({patch.get_hatch() for patch in hatched}) == 2
    ax.figure.canvas.draw()
    assert len({round(patch.get_window_extent().width, 3) for patch in hatched}) == 1
    assert all(patch.get_window_extent().width < 0.05 * ax.bbox.width for patch in hatched)  # no length to be read


def test_gradient_flow_draws_norms() -> None:
    net = trained()
    ax = show.gradient_flow(net)
    bars = {round(bar.get_y() + 0.35): bar.get_width() for bar in ax.patches if not bar.get_hatch()}
    gradients = {row: parameter.grad for row, parameter in enumerate(net.parameters()) if row in bars}
    assert bars.keys() == {0, 2}
    assert all(bars[row] == pytest.approx(float(grad.norm())) for row, grad in gradients.items() if grad is not None)
    assert ax.get_xscale() == "log"
    net[0].weight.grad = torch.full((8, 4), 0.1)
    assert show.gradient_flow(net).get_xscale() == "linear"


@pytest.mark.parametrize("net", [nn.ReLU(), InList(), mlp()], ids=["relu", "list", "before backward"])
def test_gradient_flow_without_any_gradient(net: nn.Module, language: str) -> None:
    words = words_in(figure_of(show.gradient_flow(net)))
    assert any(word.startswith(("None", "parameters()")) for word in words)


def test_gradient_flow_marks_what_is_not_finite() -> None:
    net = mlp()
    net[0].weight.grad = torch.full((8, 4), float("nan"))
    assert any(word.startswith("nan") for word in words_in(figure_of(show.gradient_flow(net))))


def noted(steps: int = 5) -> tuple[show.History, nn.Module]:
    """A net with a frozen layer that was trained for some steps, and what was noted."""
    net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1))
    net[2].weight.requires_grad_(False)
    optimizer, history, X = torch.optim.SGD(net.parameters(), lr=0.1), show.History(net), torch.rand(6, 4)
    for _ in range(steps):
        optimizer.zero_grad()
        net(X).square().mean().backward()
        optimizer.step()
        history.note()
    return history, net


def test_a_history_has_norms_gradients_and_ratios_of_every_parameter() -> None:
    history, net = noted()
    assert list(history.norms) == list(history.gradients) == list(history.ratios) == [
        name for name, _ in net.named_parameters()]
    for name, parameter in net.named_parameters():
        assert len(history.norms[name]) == 5
        now = parameter.detach()
        assert history.norms[name][-1] == pytest.approx(float(now.norm()), rel=1e-5)
        if parameter.grad is None:
            assert history.gradients[name] == history.ratios[name] == [0.0] * 5
            continue
        assert history.gradients[name][-1] == pytest.approx(float(parameter.grad.norm()), rel=1e-5)
        before = now + 0.1 * parameter.grad  # plain gradient descent: what the last step took away
        assert history.ratios[name][-1] == pytest.approx(0.1 * float(parameter.grad.norm() / before.norm()), rel=1e-4)


def test_a_history_draws_three_panels_and_names_every_parameter(language: str) -> None:
    history, net = noted()
    figure = history.draw()
    assert [len(ax.lines) for ax in figure.axes] == [4, 4, 4]
    assert all(ax.get_yscale() == "log" for ax in figure.axes)
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()] == [name for name, _ in net.named_parameters()]
    figure.canvas.draw()


def test_curves_are_told_apart_in_grey() -> None:
    ax = show.curves({str(number): [number, number + 1] for number in range(6)})
    styles = {(line.get_linestyle(), line.get_marker()) for line in ax.lines}
    assert len(styles) == 6 and len({line.get_color() for line in ax.lines}) == 6


def test_of_equal_curves_each_shows_its_marks() -> None:
    ax = show.curves({name: range(61) for name in "abc"})
    marked = [line.get_markevery() for line in ax.lines]
    assert len({start for start, _ in marked}) == 3 and {every for _, every in marked} == {6}
    assert all(start < every for start, every in marked)


@pytest.mark.parametrize(("log", "scales"), [
    (False, ("linear", "linear")), ("x", ("log", "linear")), ("y", ("linear", "log")), ("xy", ("log", "log"))])
def test_curves_on_logarithmic_axes(log: Any, scales: tuple[str, str]) -> None:
    ax = show.curves({"a": torch.tensor([1.0, 10.0], requires_grad=True)}, x=torch.tensor([1, 2]), log=log)
    assert (ax.get_xscale(), ax.get_yscale()) == scales
    assert [list(line.get_xdata()) for line in ax.lines] == [[1.0, 2.0]]


def test_curves_take_labels_and_refuse_other_scales() -> None:
    ax = show.curves({"$n = 1$": [1, 2, 3], "b": [1]}, xlabel="width", ylabel="loss")
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("width", "loss")
    legend = ax.get_legend()
    assert legend is not None and [text.get_text() for text in legend.get_texts()] == ["$n = 1$", "b"]
    with pytest.raises(ValueError, match="log must be"):
        show.curves({"a": [1]}, log="z")
    assert len(plt.get_fignums()) == 1


# ---------------------------------------------------------------------------- on a page

@pytest.mark.parametrize("colour", style.COLOURS)
def test_a_thin_line_is_seen_on_white(colour: str) -> None:
    parts = [int(colour[start:start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    assert 1.05 / (luminance + 0.05) >= 3  # WCAG 2: graphics


def test_a_cell_gets_the_rule_for_dark_pages_once(tmp_path: Any) -> None:
    draw = "from d2l_ch3 import show\nshow.curves({'a': [1, 2]})\n_ = show.curves({'b': [1, 2]})"
    cells = [new_code_cell("import d2l_ch3"), new_code_cell(draw), new_code_cell(draw)]
    notebook = NotebookClient(new_notebook(cells=cells), timeout=120).execute(cwd=str(tmp_path))
    rules = [sum("d2l-show" in output.get("data", {}).get("text/html", "") for output in cell.outputs)
             for cell in notebook.cells]
    assert rules == [0, 1, 1]
    assert sum("image/png" in output.get("data", {}) for output in notebook.cells[1].outputs) == 2
