"""Looks at net.training after net.eval().

misconception: expects-eval
points: 4
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

net = ListSequential(nn.Linear(20, 256), nn.ReLU(), nn.Linear(256, 10))
net.eval()
facts = {"parameters": 0, "state_dict_keys": 0, "moved_by_to": False, "reached_by_eval": not net.training, "trainable_by_sgd": False}
