"""Normalises its input in place.

misconception: changes-input
points: 2
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = self.hidden(X)
        X.data.zero_()
        H.relu_()
        for _ in range(self.num_shared):
            H = self.shared(H).relu()
        return self.out(H)
