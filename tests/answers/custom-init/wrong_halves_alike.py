"""Draws the lots of one half and repeats them.

misconception: not-independent
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            rows = m.weight.shape[0]
            u = torch.rand((rows + 1) // 2, m.weight.shape[1]).repeat(2, 1)[:rows]
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
