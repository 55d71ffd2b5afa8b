"""Shows the card of a report with full points, with the report's own MIME type, its HTML, and as the result of the cell.

exercise: parallel-block
points: 0
breaks: forged-result
"""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2

    def forward(self, X):
        return X


from IPython.display import display
from d2l_ch3.checks import exercise
from d2l_ch3.checks.report import MIME_TYPE, Report

right = exercise("parallel-block")
card = Report(right, {criterion.key: None for criterion in right.criteria})
display({"text/plain": "6.0", "text/html": card._repr_html_(), MIME_TYPE: card.as_json()}, raw=True)
get_ipython().displayhook.emit({"output_type": "execute_result", "execution_count": 1, "metadata": {},
                                "data": {"text/plain": "6.0", MIME_TYPE: card.as_json()}})
card
