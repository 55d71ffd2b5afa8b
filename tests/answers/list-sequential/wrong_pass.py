"""Bodies of pass: nothing is kept, nothing returned.

misconception: no-super-init, not-a-list
points: 0
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        pass

    def forward(self, X):
        pass
