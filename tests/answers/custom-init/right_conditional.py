"""Two lots, the second with its conditional probability.

advice: data
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            high = torch.bernoulli(torch.full_like(m.weight, 1 / 2))
            zero = torch.bernoulli(torch.full_like(m.weight, 2 / 3))
            m.weight.copy_(high * (1 + torch.rand_like(m.weight))
                           - (1 - high) * (1 - zero) * (2 + 2 * torch.rand_like(m.weight)))
        if m.bias is not None:
            m.bias.data = torch.zeros_like(m.bias.data)
