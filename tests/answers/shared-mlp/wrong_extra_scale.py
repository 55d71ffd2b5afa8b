"""A trainable factor behind the output layer.

misconception: wrong-parameters
points: 3
"""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.scale = nn.Parameter(torch.ones(1))
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = F.relu(self.shared(H))
        return self.scale * self.out(H)
