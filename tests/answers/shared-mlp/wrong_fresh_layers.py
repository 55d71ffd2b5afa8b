"""A new layer for every use.

misconception: fresh-layers
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.ModuleList(nn.Linear(num_hiddens, num_hiddens) for _ in range(num_shared))
        self.out = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for layer in self.shared:
            H = F.relu(layer(H))
        return self.out(H)
