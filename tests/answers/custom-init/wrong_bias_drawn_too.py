"""Treats all parameters of the layer alike.

misconception: bias-drawn
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            for p in m.parameters():
                die = torch.randint(6, p.shape)
                v = torch.rand(p.shape)
                p.copy_(torch.where(die < 3, 1 + v, torch.where(die < 5, 0.0, -4 + 2 * v)))
