"""The report's charts as SVG that stands in the page: its letters and its ink are the page's own.

They are read without colour too: by length, hatching and words.
"""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape
from wcwidth import wcswidth

from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.class_report import words
from d2l_ch3.class_report.figures import Figures
from d2l_ch3.language import Text

WIDTH, SIZE = 740, 13
"""Of a chart and of its letters; the page makes it as wide as it is itself."""
MOST = 10  # misconceptions in the chart
LABEL = 42  # columns of a label's line

_COLUMN = 0.56 * SIZE  # the room that a Latin letter takes; a Chinese one takes two
_BAR, _ROW, _GAP = 20, 32, 8
_AXIS = 42  # below a chart: ticks and what they count
_TICKS = 6

_BLUE, _ORANGE, _SKY = "#0072B2", "#D55E00", "#56B4E9"
SEGMENTS = (("full", words.FULL, _BLUE, ""), ("partial", words.PARTIAL, _SKY, "M0 8L8 0"),
            ("none", words.NONE, _ORANGE, "M2 2h2M6 6h2"), ("not_tried", words.NOT_TRIED, "none", ""),
            ("waiting", words.WAITING, "none", "M0 8L8 0M0 0L8 8"))
"""What a student's work on an exercise can be: field of ItemFigures, word, colour, hatching (a path, 8 by 8)."""


def distribution(figures: Figures) -> Markup:
    """The histogram of the totals."""
    bins = figures.bins
    told = "; ".join(str(words.BIN.format(low=low, high=high, count=count)) for low, high, count in bins)
    left, top, height = 52.0, 44, 190
    most, last = max(count for *_, count in bins) or 1, bins[-1][1]
    right, scale = WIDTH - 20, height / (most * 1.12)
    bottom = top + height

    def across(points: float) -> float:
        return left + (right - left) * points / last

    def bars() -> Iterable[str]:
        for low, high, count in bins:
            if count:
                yield _bar(across(low), bottom - count * scale, across(high) - across(low), count * scale, _BLUE)
                yield _text(across((low + high) / 2), bottom - count * scale - 5, str(count), "middle")

    return _svg("distribution", words.POINTS_ALT.format(bins=told), bottom + _AXIS, [
        *_ticks_across(across, sorted({edge for low, high, _ in bins for edge in (low, high)}), bottom),
        _text((left + right) / 2, bottom + 36, words.POINTS_AXIS.format(reachable=figures.reachable), "middle"),
        *(_tick_up(left, bottom - count * scale, count) for count in _ticks(most)),
        f'<g transform="translate(14 {top + height / 2:g}) rotate(-90)">{_text(0, 0, words.STUDENTS, "middle")}</g>',
        *bars(), _line(left, top, left, bottom), _line(left, bottom, right, bottom),
        _triangle(across(figures.median), top - 4), *_legend([_triangle(0, 12)], [
            words.MEDIAN.format(median=figures.median)])])


def success(figures: Figures) -> Markup:
    """For each exercise a bar of all students, cut by how it went."""
    students, top = max(1, len(figures.totals)), 44
    labels = [[one.item.title] for one in figures.items]
    left = _room(labels)
    right, bottom = WIDTH - 20, top + _ROW * len(labels)
    used = [segment for segment in SEGMENTS if any(getattr(one, segment[0]) for one in figures.items)]

    def across(share: float) -> float:
        return left + (right - left) * share / 100

    def bars() -> Iterable[str]:
        for row, one in enumerate(figures.items):
            start, y = 0.0, top + _ROW * row + (_ROW - _BAR) / 2
            for field, _, colour, hatch in used:
                share = 100 * getattr(one, field) / students
                if share:
                    yield _bar(across(start), y, across(share) - left, _BAR, colour, hatch and f"success-{field}")
                start += share

    return _svg("success", words.EXERCISES_ALT, bottom + _AXIS, [
        _patterns(), *_labels(labels, left, top), *bars(),
        *_ticks_across(across, range(0, 101, 20), bottom), _line(left, bottom, right, bottom),
        _text((left + right) / 2, bottom + 36, words.SHARE_AXIS, "middle"),
        *_legend([_bar(-12, 0, 24, 12, colour, hatch and f"success-{field}") for field, _, colour, hatch in used],
                 [word for _, word, *_ in used])])


def beliefs(figures: Figures) -> Markup:
    """The most common misconceptions by number of students; empty if there is none."""
    shown = figures.beliefs[:MOST]
    if not shown:
        return Markup()
    told = "; ".join(f"{one.title} {len(one.holders)}" for one in shown)
    titles = [str(one.title).replace("`", "") + (f" ({words.SYMPTOM})" if one.symptom else "") for one in shown]
    labels, most, top = [wrap(title, LABEL) for title in titles], len(shown[0].holders), 4
    left = _room(labels)
    right, bottom = WIDTH - 40, top + _ROW * len(labels)

    def across(count: float) -> float:
        return left + (right - left) * count / most

    def bars() -> Iterable[str]:
        for row, one in enumerate(shown):
            y, count = top + _ROW * row + (_ROW - _BAR) / 2, len(one.holders)
            yield _bar(left, y, across(count) - left, _BAR, "none" if one.symptom else _BLUE)
            yield _text(across(count) + 6, y + _BAR - 5, str(count))

    return _svg("beliefs", words.BELIEFS_ALT.format(list=told), bottom + _AXIS, [
        *_labels(labels, left, top), *bars(), *_ticks_across(across, _ticks(most), bottom),
        _line(left, bottom, right, bottom), _text((left + right) / 2, bottom + 36, words.STUDENTS, "middle")])


def _svg(name: str, alternative: Text, height: float, parts: Iterable[str]) -> Markup:
    """The drawing as an element with a text alternative."""
    inside = "\n".join(parts)
    return Markup(f'<svg role="img" id="{name}-chart" aria-label="{escape(str(alternative))}" '
                  f'viewBox="0 0 {WIDTH} {height:g}" font-size="{SIZE}" fill="currentColor" stroke-width="0.9">\n'
                  f"{inside}\n</svg>")


def _bar(x: float, y: float, width: float, height: float, colour: str, pattern: str = "") -> str:
    """A bar, and over it the hatching of that id."""
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    hatched = f'<rect {place} fill="url(#{pattern})"/>' if pattern else ""
    return f'<rect {place} fill="{colour}" stroke="currentColor"/>{hatched}'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="currentColor"/>'


def _triangle(x: float, y: float) -> str:
    """One that points down, its tip there."""
    return f'<path d="M{x:.1f} {y:.1f}l-5 -9h10z"/>'


def _text(x: float, y: float, said: object, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(str(said))}</text>'


def _patterns() -> str:
    made = (f'<pattern id="success-{field}" width="8" height="8" patternUnits="userSpaceOnUse">'
            f'<path d="{hatch}" stroke="currentColor" fill="none"/></pattern>'
            for field, _, _, hatch in SEGMENTS if hatch)
    return f"<defs>{''.join(made)}</defs>"


def _columns(label: object) -> float:
    """The room that a label takes."""
    return float(max(0, wcswidth(str(label)))) * _COLUMN


def _room(labels: Sequence[Sequence[str]]) -> float:
    """The room that the labels need on the left."""
    return min(WIDTH * 0.6, max((_columns(line) for lines in labels for line in lines), default=0.0) + 2 * _GAP)


def _labels(labels: Sequence[Sequence[str]], right: float, top: float) -> Iterable[str]:
    """The labels of the rows, up to `right`, of a line or two."""
    for row, lines in enumerate(labels):
        middle = top + _ROW * (row + 0.5) + 0.35 * SIZE - (len(lines) - 1) * 0.55 * SIZE
        for number, line in enumerate(lines):
            yield _text(right - _GAP, middle + number * 1.1 * SIZE, line, "end")


def _legend(signs: Sequence[str], said: Sequence[object]) -> Iterable[str]:
    """Signs and what they mean, on the right above the drawing."""
    x = WIDTH - 20 - sum(_columns(word) + 44 for word in said)
    for sign, word in zip(signs, said, strict=True):
        yield f'<g transform="translate({x + 26:.1f} 4)">{sign}</g>{_text(x + 44, 15, word)}'
        x += _columns(word) + 44


def _ticks(most: int) -> list[int]:
    """Whole numbers from 0 up to `most`, not more than some, at even distances that people count by."""
    distance = next(step * 10 ** power for power in range(20) for step in (1, 2, 5)
                    if most / (step * 10 ** power) <= _TICKS)
    return list(range(0, most + 1, distance))


def _ticks_across(across: Callable[[float], float], values: Iterable[float], y: float) -> Iterable[str]:
    for value in values:
        yield _line(across(value), y, across(value), y + 4)
        yield _text(across(value), y + 18, f"{value:g}", "middle")


def _tick_up(x: float, y: float, value: int) -> str:
    return _line(x - 4, y, x, y) + _text(x - 7, y + 0.35 * SIZE, value, "end")
