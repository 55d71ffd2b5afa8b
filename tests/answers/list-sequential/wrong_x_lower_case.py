"""The argument is x, and X is the notebook's.

misconception: uses-global
points: 1
"""


X = torch.rand(2, 20)

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, x):
        x = X
        for block in self.blocks:
            x = block(x)
        return x
