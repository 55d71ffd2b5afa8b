"""Transposes and keeps the shared weight at the first call.

misconception: computed-once
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
        if not hasattr(self, 'W'):
            self.W, self.b = self.shared.weight.T.clone(), self.shared.bias.clone()
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = F.relu(H @ self.W.to(H.dtype) + self.b.to(H.dtype))
        return self.out(H)
