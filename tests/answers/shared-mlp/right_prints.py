"""A print is left behind.

advice: print-left-behind
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
            H = F.relu(self.shared(H))
        if len(X.shape) > 2:
            print('more dimensions:', X.shape)
        return self.out(H)
