"""Joins with numpy, and so leaves the graph.

misconception: cut-graph
points: 4
"""


import numpy as np


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.net1 = net1
        self.net2 = net2

    def forward(self, X):
        with torch.no_grad():
            both = np.concatenate([self.net1(X).numpy(), self.net2(X).numpy()], axis=-1)
        return torch.from_numpy(both)
