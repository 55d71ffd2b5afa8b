"""Transposed stored in init (non-leaf, stale after move).

misconception: wrong-values
points: 0
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.decoder_weight = self.encoder.weight.T
        self.bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        return F.linear(F.relu(self.encoder(X)), self.decoder_weight, self.bias)
