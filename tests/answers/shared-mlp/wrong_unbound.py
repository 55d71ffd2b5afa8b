"""The result of the loop has a name of its own.

misconception: unbound-local
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
        for use in range(self.num_shared):
            result = F.relu(self.shared(H if use == 0 else result))
        return self.out(result)
