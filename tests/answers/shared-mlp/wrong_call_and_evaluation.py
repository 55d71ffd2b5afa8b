"""Writes __call__, and turns evaluation mode on in it so that 'the numbers stay put'.

misconception: switches-mode
points: 4
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.before = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU())
        self.after = nn.Linear(num_hiddens, num_outputs)
        self.k = num_shared

    def __call__(self, X):
        self.eval()
        H = self.before(X)
        for _ in range(self.k):
            H = self.shared(H).relu()
        return self.after(H)
