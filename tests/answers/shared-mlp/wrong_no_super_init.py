"""Forgets super().__init__().

misconception: no-super-init
points: 0
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)

    def forward(self, X):
        H = F.relu(self.hidden(X))
        H = F.relu(self.shared(F.relu(self.shared(H))))
        return self.out(H)
