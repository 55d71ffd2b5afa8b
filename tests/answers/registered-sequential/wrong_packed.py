"""Gives nn.Sequential the tuple.

misconception: not-a-module
points: 0
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.net = nn.Sequential(blocks)

    def forward(self, X):
        return self.net(X)

    def __len__(self):
        return len(self.net)

    def __getitem__(self, i):
        return self.net[i]
