"""Three cases, each as likely as the others.

misconception: equal-shares
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            case = torch.randint(0, 3, m.weight.shape)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(high * (case == 0) + low * (case == 2))
            if m.bias is not None:
                m.bias.zero_()
