"""The right pieces with my_init's probabilities.

misconception: symmetric
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 4, high, torch.where(u < 3 / 4, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
