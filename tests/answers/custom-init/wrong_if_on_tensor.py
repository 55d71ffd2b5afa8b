"""Decides with an if.

misconception: if-on-a-tensor
points: 0
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand_like(m.weight)
        if u < 1 / 2:
            nn.init.uniform_(m.weight, 1, 2)
        elif u < 5 / 6:
            nn.init.zeros_(m.weight)
        else:
            nn.init.uniform_(m.weight, -4, -2)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
