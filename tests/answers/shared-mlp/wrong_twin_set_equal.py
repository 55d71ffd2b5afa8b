"""A second layer, hidden in a list, that starts with the values of the first.

misconception: not-in-use
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared
        self.twins = [nn.Linear(num_hiddens, num_hiddens)]
        self.twins[0].load_state_dict(self.shared.state_dict())

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for use in range(self.num_shared):
            H = F.relu((self.shared, *self.twins)[use % 2](H))
        return self.out(H)
