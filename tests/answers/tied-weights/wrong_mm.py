"""Only for matrices.

misconception: only-2-d
points: 4
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        H = F.relu(self.encoder(X))
        return torch.mm(H, self.encoder.weight) + self.bias
