"""Switches recording off for everybody, and on again.

advice: changes-the-whole-notebook
"""


def lopsided_init(m):
    if not isinstance(m, nn.Linear):
        return
    torch.set_grad_enabled(False)
    u = torch.rand_like(m.weight)
    high = torch.empty_like(m.weight).uniform_(1, 2)
    low = torch.empty_like(m.weight).uniform_(-4, -2)
    m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
    if m.bias is not None:
        m.bias.zero_()
    torch.set_grad_enabled(True)
