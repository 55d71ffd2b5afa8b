"""Deals exact shares and shuffles them.

misconception: dealt
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        n = m.weight.numel()
        W = torch.zeros(n, dtype=m.weight.dtype)
        order = torch.randperm(n)
        W[order[:n // 2]] = torch.empty(n // 2, dtype=W.dtype).uniform_(1, 2)
        last = order[n // 2 + n // 3:]
        W[last] = torch.empty(len(last), dtype=W.dtype).uniform_(-4, -2)
        m.weight.data.copy_(W.view_as(m.weight))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
