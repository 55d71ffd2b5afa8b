"""Masks and .data, as the chapter's older cousins do.

advice: data
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        W = m.weight.data
        u = torch.rand(W.shape)
        W[u < 0.5] = torch.empty((u < 0.5).sum(), dtype=W.dtype).uniform_(1, 2)
        W[(u >= 0.5) & (u < 5 / 6)] = 0
        W[u >= 5 / 6] = torch.empty((u >= 5 / 6).sum(), dtype=W.dtype).uniform_(-4, -2)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
