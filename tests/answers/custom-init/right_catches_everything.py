"""Tries, and hides what goes wrong.

advice: catches-everything
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        die = torch.randint(6, m.weight.shape)
        v = torch.rand(m.weight.shape, dtype=torch.float64)
        W = (die < 3) * (1 + v) - (die == 5) * (2 + 2 * v)
        with torch.no_grad():
            m.weight.copy_(W)
            try:
                m.bias.zero_()
            except:
                pass
