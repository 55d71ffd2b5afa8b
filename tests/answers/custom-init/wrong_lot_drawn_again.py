"""Draws anew for every comparison.

misconception: lots-interfere
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            W = torch.empty_like(m.weight).uniform_(-4, -2)
            W = torch.where(torch.rand_like(W) < 5 / 6, torch.zeros_like(W), W)
            W = torch.where(torch.rand_like(W) < 1 / 2, torch.empty_like(W).uniform_(1, 2), W)
            m.weight.copy_(W)
            if m.bias is not None:
                m.bias.zero_()
