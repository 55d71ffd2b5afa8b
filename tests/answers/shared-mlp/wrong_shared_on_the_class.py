"""Shares the layer among all instances.

misconception: shared-between-instances
points: 4
"""


class SharedMLP(nn.Module):
    layers = {}

    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = self.layers.setdefault(num_hiddens, nn.Linear(num_hiddens, num_hiddens))
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = F.relu(self.shared(H.to(self.shared.weight.dtype)))
        return self.out(H)
