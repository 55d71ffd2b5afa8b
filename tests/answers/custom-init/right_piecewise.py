"""One uniform number decides both case and value: U(0, 6) bent into the three pieces."""


@torch.no_grad()
def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.empty_like(m.weight, dtype=torch.float64).uniform_(0, 6)
        m.weight.set_(torch.where(u < 3, 1 + u / 3, torch.where(u < 5, 0, -2 - 2 * (u - 5))).to(m.weight.dtype))
        if m.bias is not None:
            m.bias.mul_(0)
