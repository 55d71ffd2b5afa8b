"""From the second use on, a layer hidden in a list takes the place of the shared one.

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
        self.again = [nn.Linear(num_hiddens, num_hiddens)]

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for i in range(self.num_shared):
            again = self.again[0].to(X.dtype)
            H = F.relu(self.shared(H) if i == 0 else again(H))
        return self.out(H)
