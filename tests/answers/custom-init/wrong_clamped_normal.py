"""Reads U as a normal distribution with the middle as mean, clamped to the interval.

misconception: not-uniform
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand(m.weight.shape)
        high = (1.5 + 0.25 * torch.randn(m.weight.shape)).clamp(1, 2)
        low = (-3 + 0.5 * torch.randn(m.weight.shape)).clamp(-4, -2)
        with torch.no_grad():
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0.0, low)))
            if m.bias is not None:
                m.bias.zero_()
