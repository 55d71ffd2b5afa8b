"""The sizes of the example are written into the code.

misconception: size-ignored
points: 0
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(4, 8)
        self.shared = nn.Linear(8, 8)
        self.out = nn.Linear(8, 1)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = F.relu(self.shared(H))
        return self.out(H)
