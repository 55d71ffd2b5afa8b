"""The report's charts as SVG that stands in the page: letters are paths, ink has the colour of the page's text.

They are read without colour too: by length, hatching and words.
"""

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

from markupsafe import Markup, escape
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from d2l_ch3.class_report import words
from d2l_ch3.class_report.figures import Figures
from d2l_ch3.language import Text
from d2l_ch3.show import style
from d2l_ch3.show.fonts import use_chinese_font
from d2l_ch3.show.style import COLOURS, INK

WIDTH = 7.4  # inches
MOST = 10  # misconceptions in the chart

_STYLE: dict[Any, Any] = {"svg.fonttype": "path", "font.size": 10, "hatch.linewidth": 0.7, "axes.spines.top": False,
          "axes.spines.right": False, "legend.frameon": False,
          **dict.fromkeys(("text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color",
                           "hatch.color", "patch.edgecolor"), INK)}

SEGMENTS = (("full", words.FULL, COLOURS[0], ""), ("partial", words.PARTIAL, COLOURS[5], "///"),
            ("none", words.NONE, COLOURS[1], "..."), ("not_tried", words.NOT_TRIED, "none", ""),
            ("waiting", words.WAITING, "none", "xxx"))
"""What a student's work on an exercise can be: field of ItemFigures, word, colour, hatching."""


def distribution(figures: Figures) -> Markup:
    """The histogram of the totals."""
    bins = figures.bins
    told = "; ".join(str(words.BIN.format(low=low, high=high, count=count)) for low, high, count in bins)

    def draw(axes: Axes) -> None:
        lows, highs, counts = zip(*bins, strict=True)
        bars = axes.bar(lows, counts, width=highs[0], align="edge", color=COLOURS[0], edgecolor=INK, linewidth=0.8,
                        clip_on=False)
        axes.bar_label(bars, [str(count or "") for count in counts], padding=2)
        axes.plot([figures.median], [1.0], "v", color=INK, markersize=8, clip_on=False, linestyle="none",
                  transform=axes.get_xaxis_transform(), label=style.words(words.MEDIAN.format(median=figures.median)))
        axes.set(xlabel=style.words(words.POINTS_AXIS.format(reachable=figures.reachable)),
                 ylabel=style.words(words.STUDENTS), xlim=(0, highs[-1]), ylim=(0, max(counts) * 1.25 or 1))
        axes.set_xticks([*lows, highs[-1]])
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.figure.legend(loc="outside upper right")

    return _svg("distribution", words.POINTS_ALT.format(bins=told), 2.7, draw)


def success(figures: Figures) -> Markup:
    """For each exercise a bar of all students, cut by how it went."""
    students = max(1, len(figures.totals))

    def draw(axes: Axes) -> None:
        rows = range(len(figures.items))
        lefts = [0.0 for _ in rows]
        for field, word, colour, hatch in SEGMENTS:
            lengths = [100 * getattr(one, field) / students for one in figures.items]
            if any(lengths):
                axes.barh(rows, lengths, left=lefts, height=0.66, color=colour, hatch=hatch, edgecolor=INK,
                          linewidth=0.8, label=style.words(word), clip_on=False)
            lefts = [left + length for left, length in zip(lefts, lengths, strict=True)]
        axes.set_yticks(rows, [_plain(one.item.name) for one in figures.items])
        axes.set(xlim=(0, 100), ylim=(len(figures.items) - 0.4, -0.6), xlabel=style.words(words.SHARE_AXIS))
        if figures.totals:
            axes.figure.legend(loc="outside upper right", ncols=len(SEGMENTS), handlelength=2.4)

    return _svg("success", words.EXERCISES_ALT, 1.1 + 0.32 * len(figures.items), draw)


def beliefs(figures: Figures) -> Markup:
    """The most common misconceptions by number of students; empty if there is none."""
    shown = figures.beliefs[:MOST]
    told = "; ".join(f"{one.title} {len(one.holders)}" for one in shown)

    def draw(axes: Axes) -> None:
        counts = [len(one.holders) for one in shown]
        bars = axes.barh(range(len(shown)), counts, height=0.66, edgecolor=INK, linewidth=0.8,
                         color=["none" if one.symptom else COLOURS[0] for one in shown])
        axes.bar_label(bars, padding=3)
        titles = [_plain(style.words(one.title).replace("`", "")) for one in shown]
        axes.set_yticks(range(len(shown)), [f"{title} ({style.words(words.SYMPTOM)})" if one.symptom else title
                                            for one, title in zip(shown, titles, strict=True)])
        axes.set(ylim=(len(shown) - 0.4, -0.6), xlim=(0, max(counts) * 1.08), xlabel=style.words(words.STUDENTS))
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))

    return _svg("beliefs", words.BELIEFS_ALT.format(list=told), 0.7 + 0.3 * len(shown), draw) if shown else Markup()


def _plain(label: str) -> str:
    return label.replace("$", r"\$")


def _svg(name: str, alternative: Text, height: float, draw: Callable[[Axes], None]) -> Markup:
    """The drawing as an element with a text alternative; the same bytes every time, with ids of its own."""
    with rc_context({**_STYLE, "svg.hashsalt": name}):
        use_chinese_font()
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        draw(figure.subplots())
        file = StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawing = file.getvalue()
    drawing = drawing[drawing.index("<svg"):].replace(INK, "currentColor")
    drawing = re.sub(r'(\bid="|href="#|url\(#)', rf"\1{name}-", drawing)
    return Markup(drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(str(alternative))}" ', 1))
