"""Leaves a third of the elements as they are.

misconception: old-values-left
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight[u < 1 / 2] = high[u < 1 / 2]
            m.weight[u >= 5 / 6] = low[u >= 5 / 6]
            if m.bias is not None:
                m.bias.zero_()
