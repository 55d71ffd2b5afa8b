"""The output layer runs as a copy, made anew in each call: it never trains.

misconception: made-in-forward
points: 3
"""

import copy


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super().__init__()
        self.hidden = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X):
        H = F.relu(self.hidden(X))
        for _ in range(self.num_shared):
            H = F.relu(self.shared(H))
        return copy.deepcopy(self.out)(H)
