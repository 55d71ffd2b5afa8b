"""Works in place while autograd records.

misconception: leaf-in-place
points: 0
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand_like(m.weight)
        nn.init.uniform_(m.weight, 1, 2)
        m.weight[u >= 1 / 2] = 0
        m.weight[u >= 5 / 6] = torch.empty_like(m.weight).uniform_(-4, -2)[u >= 5 / 6]
        if m.bias is not None:
            nn.init.zeros_(m.bias)
