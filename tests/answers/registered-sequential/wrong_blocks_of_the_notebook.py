"""Computes with the notebook's net.

misconception: global-in-place-of-given
points: 3
"""


net = nn.Sequential(nn.Linear(4, 4), nn.ReLU())

class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        return net(X)

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
