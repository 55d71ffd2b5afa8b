"""Computes the value from the number that decided the case.

misconception: part-of-a-piece
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            m.weight.copy_(torch.where(u < 1 / 2, 1 + u, torch.where(u < 5 / 6, 0. * u, -4 + 2 * u)))
            if m.bias is not None:
                m.bias.zero_()
