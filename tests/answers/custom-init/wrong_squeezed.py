"""Squares uniform numbers, so that small ones are more frequent.

misconception: not-uniform
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = 1 + torch.rand_like(m.weight) ** 2
            low = -2 - 2 * torch.rand_like(m.weight) ** 2
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
