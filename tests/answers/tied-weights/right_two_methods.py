"""encode and decode."""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU())
        self.decoder_bias = nn.Parameter(torch.zeros(num_inputs))

    def encode(self, X):
        return self.encoder(X)

    def decode(self, H):
        return F.linear(H, self.encoder[0].weight.t(), bias=self.decoder_bias)

    def forward(self, X):
        return self.decode(self.encode(X))
