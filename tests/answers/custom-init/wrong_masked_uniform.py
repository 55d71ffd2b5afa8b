"""Carries my_init's trick over: draws from the whole range and masks the middle.

misconception: masked-uniform
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        nn.init.uniform_(m.weight, -4, 2)
        m.weight.data *= (m.weight.data >= 1) | (m.weight.data <= -2)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
