"""A die with five faces.

misconception: wrong-shares
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            die = torch.randint(1, 6, m.weight.shape)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_((die <= 3) * high + (die == 5) * low)
            if m.bias is not None:
                m.bias.zero_()
