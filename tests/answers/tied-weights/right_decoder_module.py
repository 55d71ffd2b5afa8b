"""A small decoder module that takes the encoder's weight."""


class Decoder(nn.Module):
    def __init__(self, weight, num_inputs):
        super().__init__()
        self.weight = weight
        self.bias = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, H):
        return H @ self.weight + self.bias

class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Sequential(nn.Linear(num_inputs, num_hiddens), nn.ReLU())
        self.decoder = Decoder(self.encoder[0].weight, num_inputs)

    def forward(self, X):
        return self.decoder(self.encoder(X))
