"""Lazy layers, an in-place ReLU and a plain list beside the registered layer."""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.first = nn.LazyLinear(num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.last = nn.LazyLinear(num_outputs)
        self.relu = nn.ReLU(inplace=True)
        self.steps = [self.shared] * num_shared

    def forward(self, X):
        for layer in [self.first, *self.steps]:
            X = self.relu(layer(X))
        return self.last(X)
