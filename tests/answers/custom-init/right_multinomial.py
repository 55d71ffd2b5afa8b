"""multinomial draws the cases, an out-of-place sum puts the pieces together."""


def lopsided_init(m):
    if issubclass(type(m), torch.nn.Linear):
        chosen = torch.multinomial(torch.tensor([3., 2., 1.]), m.weight.numel(), replacement=True)
        chosen = chosen.reshape(m.weight.shape)
        with torch.no_grad():
            m.weight[...] = (chosen == 0) * torch.empty_like(m.weight).uniform_(1, 2)
            m.weight += (chosen == 2) * torch.empty_like(m.weight).uniform_(-4, -2)
            if m.bias is not None:
                m.bias[:] = 0.
