"""Shares rightly, under another name.

misconception: not-called-shared
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden1 = nn.Linear(num_inputs, num_hiddens)
        self.hidden2 = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden1(X))
        for _ in range(self.num_shared):
            H = F.relu(self.hidden2(H))
        return self.out(H)
