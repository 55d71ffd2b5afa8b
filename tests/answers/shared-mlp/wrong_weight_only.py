"""Ties the weights and forgets the biases.

misconception: half-tied
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.first = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.others = nn.ModuleList(nn.Linear(num_hiddens, num_hiddens) for _ in range(num_shared - 1))
        for layer in self.others:
            layer.weight = self.shared.weight
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        X = F.relu(self.first(X))
        for layer in [self.shared, *self.others][:self.num_shared]:
            X = F.relu(layer(X))
        return self.out(X)
