"""Gives every layer the same memory, but parameters of its own.

misconception: tied-by-copy
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.first = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.uses = nn.ModuleList(nn.Linear(num_hiddens, num_hiddens) for _ in range(num_shared))
        for layer in self.uses:
            layer.weight.data = self.shared.weight.data
            layer.bias.data = self.shared.bias.data
        self.out = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        X = F.relu(self.first(X))
        for layer in self.uses:
            X = F.relu(layer(X))
        return self.out(X)
