"""Compares the type with that of nn.Linear, subclasses found by hand.

advice: type-compared
"""


def lopsided_init(m):
    if type(m) == nn.Linear or nn.Linear in type(m).__mro__:
        with torch.no_grad():
            cases = torch.distributions.Categorical(torch.tensor([3., 2., 1.])).sample(m.weight.shape)
            nn.init.uniform_(m.weight, 1, 2)
            m.weight[cases == 1] = 0.
            m.weight[cases == 2] *= -2
            if m.bias is not None:
                m.bias *= 0
