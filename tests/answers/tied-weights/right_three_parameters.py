"""Three bare parameters."""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(num_hiddens, num_inputs) * 0.1)
        self.b = nn.Parameter(torch.zeros(num_hiddens))
        self.c = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        return torch.relu(X @ self.weight.T + self.b) @ self.weight + self.c
