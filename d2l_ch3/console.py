"""Consoles that cannot show everything: ASCII, GBK, cp1252, and output that is redirected in such an encoding.

What cannot be written there becomes something alike, so that no output ends in a UnicodeEncodeError.
"""

import codecs
import io
import sys

_ALIKE = {**dict.fromkeys("“”„", '"'), **dict.fromkeys("‘’", "'"), **dict.fromkeys("—–─━·•−", "-"),
          **dict.fromkeys("│┃", "|"), **dict.fromkeys("├└┌┐┘┤┬┴┼", "+"),
          "✓": "+", "✗": "x", "→": "->", "←": "<-", "↳": "->", "…": "...", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=",
          "\u00a0": " "}
_HANDLER = "d2l_ch3.alike"


def _alike(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ALIKE.get(sign, "?") for sign in error.object[error.start:error.end]), error.end


def settle() -> None:
    """Let stdout and stderr write something alike where they would raise an error; others are left alone."""
    codecs.register_error(_HANDLER, _alike)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not can_write("中✓—", stream):
            stream.reconfigure(errors=_HANDLER)


def can_write(text: str, stream: io.TextIOWrapper) -> bool:
    """Whether a stream's encoding has all of a text."""
    try:
        text.encode(stream.encoding)
    except UnicodeEncodeError:
        return False
    return True


def spoken(language: str) -> str:
    """The language to speak on stdout: English where Chinese, which was wanted, would be question marks."""
    readable = not isinstance(sys.stdout, io.TextIOWrapper) or can_write("中文", sys.stdout)
    return language if readable else "en"
