"""One uniform draw, sorted into three pieces with bucketize; gather picks the piece, stretched onto its interval."""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        w = torch.empty(m.weight.shape).uniform_(0, 1)
        part = torch.bucketize(w, torch.tensor([1 / 6, 1 / 2]))  # 0: a sixth, 1: a third, 2: a half
        value = torch.stack([-4 + 12 * w, torch.zeros_like(w), 2 * w])
        chosen = value.gather(0, part[None]).squeeze(0)
        m.weight.detach().copy_(chosen)
        if m.bias is not None:
            m.bias.detach().fill_(0)
