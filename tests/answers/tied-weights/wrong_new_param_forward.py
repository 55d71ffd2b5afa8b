"""Parameter made in forward.

misconception: decoder-detached
points: 3
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        return F.linear(F.relu(self.encoder(X)), nn.Parameter(self.encoder.weight.T), self.bias)
