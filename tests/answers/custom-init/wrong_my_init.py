"""my_init with other numbers.

misconception: symmetric, outside
points: 2
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        nn.init.uniform_(m.weight, -4, 4)
        m.weight.data *= m.weight.data.abs() >= 2
        if m.bias is not None:
            nn.init.zeros_(m.bias)
