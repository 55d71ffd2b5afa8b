"""One lot for each input, the same in every row.

misconception: one-case-a-row
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand(m.in_features)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(high * (u < 1 / 2) + low * (u >= 5 / 6))
            if m.bias is not None:
                m.bias.zero_()
