"""Whole numbers only.

misconception: few-values
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.randint(1, 3, m.weight.shape)
            low = torch.randint(-4, -1, m.weight.shape)
            m.weight.copy_(high * (u < 1 / 2) + low * (u >= 5 / 6))
            if m.bias is not None:
                m.bias.zero_()
