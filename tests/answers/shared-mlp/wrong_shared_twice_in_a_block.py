"""A block holds the shared layer twice, and runs num_shared times.

misconception: off-by-one
points: 4
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared
        self.block = nn.Sequential(self.shared, nn.ReLU(), self.shared, nn.ReLU())

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = self.block(H)
        return self.out(H)
