"""The weight lies the other way round."""


class TiedAutoencoder(nn.Module):
    def __init__(self, num_inputs, num_hiddens):
        super().__init__()
        self.W = nn.Parameter(torch.randn(num_inputs, num_hiddens) * 0.1)
        self.hidden = nn.Parameter(torch.zeros(num_hiddens))
        self.visible = nn.Parameter(torch.zeros(num_inputs))

    def forward(self, X):
        H = torch.matmul(X, self.W) + self.hidden
        return torch.matmul(H.clamp(min=0), self.W.transpose(0, 1)) + self.visible
