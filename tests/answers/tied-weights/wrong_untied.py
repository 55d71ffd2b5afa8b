"""Two layers.

misconception: two-weights
points: 3
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.decoder = nn.Linear(num_hiddens, num_inputs)

    def forward(self, X):
        H = F.relu(self.encoder(X))
        return self.decoder(H)
