"""Initializes the notebook's net and not the argument.

misconception: uses-global-net
points: 0
"""

net = nn.Sequential(nn.Linear(9, 6), nn.ReLU())


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        m = net[0]
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
