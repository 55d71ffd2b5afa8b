"""A font with Chinese characters for matplotlib, found when a picture is first wanted.

matplotlib's own font has none: it draws a box for each. Given a list of families it
looks for every character in the first family, then in the next (per-glyph fallback).
The Chinese font goes first, because text beside a formula, as in "损失 $L$", is drawn
with the first family alone; formulas have fonts of their own, and signs that the
Chinese font lacks come from matplotlib's.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import matplotlib
from matplotlib import font_manager

SYSTEM_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN",
    "PingFang SC", "Hiragino Sans GB", "Heiti SC", "STHeiti", "Microsoft YaHei", "SimHei",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""Families with Chinese that systems come with, the better ones first."""


def packaged_font() -> Path | None:
    """The font file in the package zhplot (Noto Sans SC, Open Font License), if that is installed.

    Importing zhplot would change matplotlib's settings in its own way, so only its files are looked at.
    """
    spec = find_spec("zhplot")
    folders = spec.submodule_search_locations if spec else None
    files = [file for folder in folders or () for file in sorted(Path(folder).glob("fonts/*.[ot]tf"))]
    return files[0] if files else None


@cache
def chinese_font() -> str | None:
    """The family name of a font with Chinese characters that matplotlib can use, or None."""
    file = packaged_font()
    if file is not None:
        font_manager.fontManager.addfont(file)
        return font_manager.FontProperties(fname=file).get_name()
    installed = set(font_manager.fontManager.get_font_names())
    return next((family for family in SYSTEM_FONTS if family in installed), None)


def use_chinese_font() -> None:
    """Put the Chinese font first in matplotlib's families; the others stay behind it for what it lacks."""
    family = chinese_font()
    families = matplotlib.rcParams["font.family"]
    if family is not None and family not in families:
        matplotlib.rcParams["font.family"] = [family, *families]
