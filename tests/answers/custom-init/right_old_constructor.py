"""Makes its tensors with torch.Tensor, and fills them.

advice: old-constructor
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.Tensor(m.weight.shape).uniform_()
        W = torch.zeros(m.weight.shape)
        W += (u < 1 / 2) * torch.Tensor(m.weight.shape).uniform_(1, 2)
        W += (u >= 5 / 6) * torch.Tensor(m.weight.shape).uniform_(-4, -2)
        with torch.no_grad():
            m.weight.copy_(W)
            if m.bias is not None:
                m.bias.zero_()
