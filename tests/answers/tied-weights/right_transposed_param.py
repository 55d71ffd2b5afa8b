"""Stored transposed (num_inputs, num_hiddens)?: text fixes the shape; still: wrong."""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.decoder = nn.Linear(num_hiddens, num_inputs)
        self.b = nn.Parameter(torch.zeros(num_hiddens))

    def forward(self, X):
        return self.decoder(F.relu(F.linear(X, self.decoder.weight.t(), self.b)))
