"""Many layers, every weight and bias of which is the shared one's."""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.first = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.uses = nn.ModuleList([self.shared])
        for _ in range(1, num_shared):
            layer = nn.Linear(num_hiddens, num_hiddens)
            layer.weight, layer.bias = self.shared.weight, self.shared.bias
            self.uses.append(layer)
        self.last = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        X = torch.relu(self.first(X))
        for layer in self.uses[:self.num_shared]:
            X = torch.relu(layer(X))
        return self.last(X)
