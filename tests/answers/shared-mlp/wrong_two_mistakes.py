"""No ReLU between the uses, and one use too many.

misconception: missing-relu, off-by-one
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared + 1):
            H = self.shared(H)
        return self.out(F.relu(H))
