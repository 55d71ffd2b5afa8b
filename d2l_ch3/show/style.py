"""What all pictures share: colours, marks, and labels in the reader's language."""

from d2l_ch3.language import Text
from d2l_ch3.show.fonts import chinese_font

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LINE_STYLES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---")
INK, FAINT, FILL, LINK = "#222222", "#777777", "#DCE9F3", "#D55E00"


def words(text: Text | str) -> str:
    """A label in the reader's language; in English where no font has Chinese characters."""
    return text.en if isinstance(text, Text) and chinese_font() is None else str(text)
