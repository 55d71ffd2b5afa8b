"""The shared layer has no bias, and X is flattened to two dimensions first.

misconception: no-bias, leading-lost
points: 2
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.num_inputs, self.num_shared = num_inputs, num_shared
        self.first = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens, bias=False)
        self.last = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = F.relu(self.first(X.reshape(-1, self.num_inputs)))
        for _ in range(self.num_shared):
            H = F.relu(self.shared(H))
        return self.last(H)
