"""Two masks with a lot each, added.

misconception: pieces-added
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            again = torch.rand_like(m.weight)
            m.weight.copy_((u < 1 / 2) * high + (again < 1 / 6) * low)
            if m.bias is not None:
                m.bias.zero_()
