"""Breaking lines of mixed Chinese and English at a terminal's width."""

import re

from wcwidth import wcswidth

_CJK = "\u2e80-\u9fff\uff00-\uffef"
_CLOSING = "，。；：！？、）」》”’…,.;:!?)"
# A piece that stays whole: `code`, one Chinese character, or a run of anything else; with the
# punctuation that closes it, because a line must not begin with that.
_PIECE = re.compile(rf"(?:`[^`\n]+`|[（「《“‘][{_CJK}]?|[{_CJK}]|[^\s{_CJK}`]+|`)[{_CLOSING}]*\s*")

_SENTENCE = re.compile(r"(?:`[^`]*`|.)+?(?:[。！？]|[.!?](?=\s|$))", re.DOTALL)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns; a Chinese character takes two."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        while wcswidth(piece.rstrip()) > width:  # longer than a line: a path, a message without spaces
            room = max(width - wcswidth(line), 1)
            lines.append(line + piece[:room])
            line, piece = "", piece[room:]
        if line and wcswidth((line + piece).rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def first_sentence(text: str) -> str:
    """The first sentence of a text; a full stop within `code` or a name such as nn.Module ends none."""
    found = _SENTENCE.match(text)
    return found[0] if found else text
