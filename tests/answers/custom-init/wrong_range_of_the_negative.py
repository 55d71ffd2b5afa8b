"""-4 + rand: the width of the interval was forgotten.

misconception: part-of-a-piece
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u, v = torch.rand(2, *m.weight.shape)
        W = (u < 1 / 2) * (1 + v) + (u >= 5 / 6) * (-4 + v)
        with torch.no_grad():
            m.weight.copy_(W)
            if m.bias is not None:
                m.bias.zero_()
