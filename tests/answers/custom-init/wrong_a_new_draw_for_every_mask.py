"""Draws rand again for each condition.

misconception: lots-interfere
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            nn.init.uniform_(m.weight, 1, 2)
            zero = torch.rand_like(m.weight) < 1 / 3
            low = torch.rand_like(m.weight) < 1 / 6
            m.weight[zero] = 0
            m.weight[low] = torch.empty_like(m.weight).uniform_(-4, -2)[low]
        if m.bias is not None:
            nn.init.zeros_(m.bias)
