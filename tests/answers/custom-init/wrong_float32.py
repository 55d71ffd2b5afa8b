"""Always float32, whatever the layer is.

misconception: wrong-dtype
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand(m.weight.shape)
        high = torch.empty(m.weight.shape).uniform_(1, 2)
        low = torch.empty(m.weight.shape).uniform_(-4, -2)
        m.weight.data = torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
