"""One lot for each element, and torch.where."""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            lot = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(lot < 1 / 2, high, torch.where(lot < 5 / 6, torch.zeros_like(high), low)))
            if m.bias is not None:
                m.bias.zero_()
