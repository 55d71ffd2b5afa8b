"""Throws a die for each element: 0, 1, 2 are high, 3, 4 are zero, 5 is low."""


@torch.no_grad()
def lopsided_init(m):
    if not isinstance(m, nn.Linear):
        return
    die = torch.randint(0, 6, m.weight.shape)
    nn.init.uniform_(m.weight, 1, 2)
    m.weight[(die == 3) | (die == 4)] = 0
    low = die == 5
    m.weight[low] = -2 * m.weight[low]
    if m.bias is not None:
        m.bias.fill_(0)
