"""The argument is input, but the loop begins with the X of the first trial; and the squeezed result is returned.

misconception: uses-global
points: 1
"""


X = torch.rand(2, 5)

class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, input):
        out = X
        for block in self.blocks:
            out = block(out)
        return out.squeeze()
