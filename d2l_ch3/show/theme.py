"""What every picture needs before it is drawn: a font with Chinese, and a page that can turn it dark.

Notebooks keep pictures as PNG, dark ink on white. On a dark page a rule of CSS swaps black and white, and leaves the
hues as they are. It comes as an output of its own, and holds for the pictures of that cell only; where a page drops
the rule (GitHub, a notebook that is not trusted), the picture stays white.
"""

import matplotlib.pyplot as plt
from IPython import get_ipython
from IPython.display import display

from d2l_ch3.show.fonts import use_chinese_font

_INLINE = ("inline", "module://matplotlib_inline.backend_inline")
_DARK_CELLS = ('[data-jp-theme-light="false"] .jp-OutputArea', ".vscode-dark .cell_container", "[theme=dark] body")
"""A cell's outputs on a dark page of JupyterLab and nbconvert, of VS Code, and of Colab."""

_RULE = f"""<style class="d2l-show">
:is({", ".join(_DARK_CELLS)}):has(.d2l-show) img {{ filter: invert(.93) hue-rotate(180deg); }}
.jp-OutputArea-child:has(.d2l-show) {{ display: none; }}
</style>"""

_put = False  # whether this cell has the rule already


def prepare() -> None:
    """Call it before drawing: in a notebook, the pictures of this cell follow the page's theme."""
    global _put
    use_chinese_font()
    if _put or plt.get_backend() not in _INLINE:
        return
    shell = get_ipython()
    if shell is not None:
        _put = True
        shell.events.register("post_execute", _next_cell)
        display({"text/html": _RULE, "text/plain": ""}, raw=True)


def _next_cell() -> None:
    global _put
    _put = False
    get_ipython().events.unregister("post_execute", _next_cell)
