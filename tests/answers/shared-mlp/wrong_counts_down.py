"""Counts its own attribute down to 0, and never sets it back.

misconception: remembers-calls
points: 4
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
        while self.num_shared > 0:
            H = F.relu(self.shared(H))
            self.num_shared -= 1
        return self.out(H)
