"""Functional linear with the shared layer's parameters, and einsum for the first."""


class SharedMLP(nn.Module):
    def __init__(self, num_inputs, num_hiddens, num_outputs, num_shared=2):
        super(SharedMLP, self).__init__()
        self.W = nn.Parameter(torch.randn(num_hiddens, num_inputs) * 0.1)
        self.b = nn.Parameter(torch.zeros(num_hiddens))
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.times = range(num_shared)

    def forward(self, X):
        H = (torch.einsum('...i,hi->...h', X, self.W) + self.b).clamp(min=0)
        for _ in self.times:
            H = F.linear(H, self.shared.weight, self.shared.bias).clamp(min=0)
        return self.out(H)
