"""Reuses the values of the weights from the second time on.

misconception: cut-between-uses
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
        for i in range(self.num_shared):
            if i == 0:
                H = F.relu(self.shared(H))
            else:
                H = F.relu(H @ self.shared.weight.data.T + self.shared.bias.data)
        return self.out(H)
