"""Paper for pictures of blocks: axes measured in points, on which boxes with words are drawn."""

from collections.abc import Sequence

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, PathPatch
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from wcwidth import wcswidth

from d2l_ch3.show.fonts import chinese_font
from d2l_ch3.show.style import FAINT, INK, LINK
from d2l_ch3.show.theme import prepare

FONT_SIZE = 9.0
CHARACTER = 0.602 * FONT_SIZE  # width of a character of matplotlib's monospaced font, in points
LINE, PAD = 17.0, 5.0  # height of a one-line box, space between text and border, in points
CAPTION_SIZE, CAPTION_LINE = 8.0, 13.0
MAX_WIDTH = 620.0  # points; a wider picture is drawn smaller


def text_width(words: str) -> float:
    """Width of a box around words on one line, in points."""
    return CHARACTER * wcswidth(words) + 2 * PAD


def caption_width(lines: Sequence[str]) -> float:
    """Width that the lines of a caption need, in points."""
    return max(map(wcswidth, lines), default=0) * 0.56 * CAPTION_SIZE + 2 * PAD


class Paper:
    """Axes measured in points, with the origin at the top left, on which boxes are drawn.

    Text is drawn as outlines, which keep their exact size against the boxes around them:
    matplotlib's screen fonts differ in width by a fifth from one resolution to the next.
    So the whole drawing can shrink, where it is too wide or in Axes that were given.
    """

    def __init__(self, ax: Axes | None, width: float, height: float) -> None:
        prepare()
        if ax is None:
            scale = min(1.0, MAX_WIDTH / width)
            ax = plt.figure(figsize=(width * scale / 72, height * scale / 72)).add_axes((0, 0, 1, 1))
        room = ax.get_window_extent()
        wide, high = room.width * 72 / ax.figure.dpi, room.height * 72 / ax.figure.dpi
        self.ax = ax
        self.scale = min(1.0, wide / width, high / height)
        beside, above = (wide / self.scale - width) / 2, (high / self.scale - height) / 2  # what is free stays free
        ax.set(xlim=(-beside, width + beside), ylim=(height + above, -above), aspect="equal")
        ax.axis("off")

    def text(self, x: float, y: float, words: str, colour: str = INK, *, size: float = FONT_SIZE,
             families: Sequence[str] = ("monospace",), right: bool = False) -> None:
        """Words that begin at x (end there if `right`), with y at half their height."""
        outline = outline_of(words, families, size)
        start = x - outline.get_extents().x1 if right else x
        place = Affine2D().scale(1, -1).translate(start, y + 0.36 * size) + self.ax.transData
        self.ax.add_artist(PathPatch(outline, facecolor=colour, linewidth=0, transform=place, zorder=3, gid=words))

    def box(self, x: float, y: float, width: float, height: float, label: str, number: str = "", *,
            fill: str = "white", again: bool = False) -> None:
        """A box with its top left corner at (x, y), dashed if `again`; label and number are on its first line."""
        self.ax.add_patch(FancyBboxPatch(
            (x, y), width, height, boxstyle="round,pad=0,rounding_size=3", linewidth=1.2 * self.scale,
            edgecolor=LINK if again else INK, linestyle="--" if again else "-", facecolor=fill, zorder=2))
        self.text(x + PAD, y + LINE / 2, label)
        if number:
            self.text(x + width - PAD, y + LINE / 2, number, FAINT, right=True)

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = INK, linestyle: str = "-",
             zorder: float = 1) -> None:
        """A thin line through the points, behind the boxes unless told otherwise."""
        self.ax.plot(xs, ys, color=colour, linestyle=linestyle, linewidth=self.scale, zorder=zorder)

    def arrow(self, *points: tuple[float, float]) -> None:
        """A thin line through the points, with a head at the last."""
        if len(points) > 2:
            self.line([x for x, _ in points[:-1]], [y for _, y in points[:-1]], zorder=2.5)
        self.ax.add_patch(FancyArrowPatch(
            *points[-2:], arrowstyle="-|>", mutation_scale=8 * self.scale, shrinkA=0, shrinkB=0, linewidth=self.scale,
            color=INK, zorder=2.5))

    def caption(self, y: float, lines: Sequence[str]) -> None:
        """What the signs mean, under the drawing."""
        for line in lines:
            self.text(PAD, y + CAPTION_LINE / 2, line, FAINT, size=CAPTION_SIZE, families=["sans-serif"])
            y += CAPTION_LINE


def outline_of(words: str, families: Sequence[str], size: float) -> TextPath:
    """The outline of words, in the first of the families that has each character."""
    font = FontProperties(family=[*families, *filter(None, [chinese_font()])])
    return TextPath((0, 0), words.replace("$", r"\$"), size=size, prop=font)
