"""Transposed in __init__.

misconception: computed-once
points: 0
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.back = self.encoder.weight.T
        self.bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        H = F.relu(self.encoder(X))
        return F.linear(H, self.back, self.bias)
