"""The course's pictures: trees and boxes of blocks, histograms, gradients, curves.

Importing this module also teaches matplotlib Chinese (see `d2l_ch3.show.fonts`), and in a notebook pictures follow the
page's theme (see `d2l_ch3.show.theme`); a cell that draws by itself asks for that with `prepare()`. Every function
draws into a figure of its own, or into the Axes given as ``ax=``, and returns what it drew
into; nothing else of matplotlib's settings is touched. Colours are those of Okabe and Ito
(told apart by colour-blind eyes), and never alone: line styles, markers, hatches and words
say the same in grey.
"""

from d2l_ch3.show.flow import graph
from d2l_ch3.show.fonts import use_chinese_font
from d2l_ch3.show.history import History
from d2l_ch3.show.plots import curves, gradient_flow, histograms
from d2l_ch3.show.theme import prepare
from d2l_ch3.show.trees import block_tree, nested_blocks

__all__ = ["History", "block_tree", "curves", "gradient_flow", "graph", "histograms", "nested_blocks",
           "prepare"]

use_chinese_font()
