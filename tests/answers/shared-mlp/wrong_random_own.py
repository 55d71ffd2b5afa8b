"""A mask behind every use of the shared layer, from a generator of its own that nobody seeds.

misconception: random-output
points: 0
"""


import numpy as np


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            mask = np.random.default_rng().random(H.shape) < 0.5
            H = F.relu(self.shared(H)) * torch.from_numpy(mask)
        return self.out(H)
