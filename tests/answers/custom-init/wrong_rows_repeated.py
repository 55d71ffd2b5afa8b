"""Draws lots for every other row and repeats them in the next one.

misconception: not-independent
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            u[1::2] = u[:-1:2].clone()[:u[1::2].shape[0]]
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
