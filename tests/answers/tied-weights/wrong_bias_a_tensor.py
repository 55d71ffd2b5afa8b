"""The decoder's bias is a plain tensor.

misconception: bias-missing
points: 2
"""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.encoder = nn.Linear(num_inputs, num_hiddens)
        self.bias = torch.zeros(num_inputs)

    def forward(self, X):
        H = F.relu(self.encoder(X))
        return F.linear(H, self.encoder.weight.T, self.bias)
