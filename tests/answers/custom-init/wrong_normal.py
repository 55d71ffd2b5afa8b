"""Normal instead of uniform values.

misconception: outside
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.randn_like(m.weight) / 4 + 1.5
            low = torch.randn_like(m.weight) / 2 - 3
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
