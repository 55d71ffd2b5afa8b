"""Calls forward directly, and keeps what it does not need.

advice: calls-forward, kept-unused
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden.forward(X))
        for _ in range(self.num_shared):
            H = F.relu(self.shared.forward(H))
        self.last = H
        return self.out(H)
