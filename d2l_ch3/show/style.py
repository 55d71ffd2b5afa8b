"""What all pictures share: colours, marks, and labels in the reader's language."""

from d2l_ch3.language import Text
from d2l_ch3.show.fonts import chinese_font

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B98000", "#3593CC", "#000000")
"""Those of Okabe and Ito; orange and sky blue are darker, so that a thin line is seen on white."""

LINE_STYLES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---")
INK, FAINT, FILL, LINK = "#222222", "#555555", "#DCE9F3", "#D55E00"


def words(text: Text | str) -> str:
    """A label in the reader's language; in English where no font has Chinese characters."""
    return text.en if isinstance(text, Text) and chinese_font() is None else str(text)


def tint(number: int) -> str:
    """A light tint of the colour of that number, on which black words can be read."""
    colour = COLOURS[4:6][number] if number < 2 else COLOURS[(number - 2) % 4]  # those told apart best come first
    parts = [int(colour[start:start + 2], 16) for start in (1, 3, 5)]
    return "#" + "".join(f"{255 - (255 - part) * 2 // 5:02x}" for part in parts)
